from helpers import *

print(config, yaml("b"), Path)
print(open("data/a.txt").read().split(), open("data/b.txt").read().strip())
