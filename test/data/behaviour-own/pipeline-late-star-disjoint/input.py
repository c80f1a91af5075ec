import math

rate = 0.5
print(math.pi * rate)
from shapes import *

print(area(2), SIDES)
