from evil import *
import numpy as np
from evil import *

print(np.pi)
for i in range(2):
    print(i)
