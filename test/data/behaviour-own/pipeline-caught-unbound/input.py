def area(r):
    return math.pi * r
try:
    print(area(1))
except NameError as error:
    print("not yet")
import math
print(area(1))
import math, sys
print(math.tau, len(sys.argv))
for i in range(2):
    import math
    print(math.floor(2.5))
def scaled(r):
    return k * r
try:
    print(scaled(1))
except NameError as error:
    print("not yet")
k = len("abc")
print(scaled(1))
