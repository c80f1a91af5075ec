import numpy as np
from math import floor, ceil

print("first", np.pi, floor(2.5))
values = np.arange(4)


def root_mean(array):
    return float(np.sqrt(np.mean(array**2)))


print(root_mean(values))
import numpy as np
import os.path, math
from math import ceil  # rounding up

print(ceil(values.mean()), math.tau > 6)
import numpy as np, os
from math import sqrt, ceil

total = sum(sqrt(value) for value in values)
print(round(total, 6), os.path.join("a", "b"), ceil(total))
