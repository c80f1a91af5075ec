import numpy as np

x = np.arange(4)
print("x", x.sum())


def log(*a):
    try:
        prefix = PREFIX
    except NameError:
        prefix = ""
    print(prefix, *a)


log("loading")
np.save("x.npy", x)
y = x * 2
log("bare")
PREFIX = "[run 1]"
log("prefixed", y.sum())
np.save("y.npy", y)
