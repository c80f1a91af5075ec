import numpy as np

x = np.arange(4)
print("x", x.sum())
try:
    limit
except NameError:
    print("limit not set, using the default")
    x = x * 2
limit = 3
print("limit", limit, x.sum())
y = x[x < limit]
np.save("y.npy", y)
