import numpy as np
from mysettings import *
from math import *

print("alpha", alpha, round(sqrt(beta), 3))
x = np.arange(5) * alpha
alpha = 2
y = x * alpha + scale_it(1)
print("y", y.sum(), pow(2, 3))
np.save("y.npy", y)
from mysettings import *
print("alpha again", alpha, scale_it(2))
z = y + alpha
print("z", z.sum(), floor(e))
np.save("z.npy", z)
