from input import *

print(sorted(n for n in dir() if not n.startswith("_")), FIRST)
