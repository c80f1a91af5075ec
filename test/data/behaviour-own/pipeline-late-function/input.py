import numpy as np

x = np.array([0.5, 1.5, 2.5])
print("rounded", [round(v) for v in x])
np.save("x.npy", x)


def round(v):
    return int(v + 0.5)


print("half up", [round(v) for v in x])
try:
    normalise
except NameError:
    print("no normalise yet")


def normalise(v):
    return v / v.sum()


print(normalise(x))
np.save("y.npy", x * 2)
