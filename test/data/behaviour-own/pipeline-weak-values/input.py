import weakref
import numpy as np


class Model:
    def __init__(self, name):
        self.name = name


cache = weakref.WeakValueDictionary()
big = Model("cached")
cache["big"] = big
print("cached", list(cache))
weights = np.arange(4.0)
np.save("w.npy", weights)
data = np.load("w.npy")
print("still cached", list(cache), data.sum())
