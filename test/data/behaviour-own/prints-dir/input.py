import os

text = open("data/a.txt").read()
print(sorted(name for name in dir() if not name.startswith("_")))
