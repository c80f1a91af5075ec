import os
import sys; import os
def name():
    return os.sep, len(sys.argv)
print(name())
x = len("abc")
print(x)
