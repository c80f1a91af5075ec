import numpy as np

x = np.arange(3)
print("pow", pow(2, 3))
print(sum(x))
np.save("x.npy", x)
from math import pow
print("pow", pow(2, 3))
try:
    Path
except NameError:
    print("no Path")
from pathlib import Path
print(Path("a").name)
np.save("y.npy", x)
