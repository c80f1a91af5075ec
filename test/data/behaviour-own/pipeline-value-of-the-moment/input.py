import numpy as np
import counters

print("before", counters.total)
x = np.arange(5)
counters.total = 100
y = x * 2
print("y", y.sum())
from counters import total
print("total", total)
np.save("y.npy", y)
