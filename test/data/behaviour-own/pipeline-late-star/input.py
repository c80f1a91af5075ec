import math
from math import floor

print(math.pi, floor(2.5))
from shapes import *

print(math.pi, floor(2.5))
import math

print(round(math.pi, 3))
