import numpy as np

x = np.arange(4)
print("max", max(x), sum(x), type(x).__name__)
np.save("x.npy", x)
y = x * 2
max = 10
type = "linear"
print("limit", max, type)
z = np.minimum(y, max)
np.save("z.npy", z)


def describe():
    return f"{type} {mode}"


try:
    print(describe())
except NameError as e:
    print("not yet:", e)
mode = "late"
print(describe())
np.save("w.npy", z + 1)
