import sys

text = open("data/a.txt").read()
print("yaml" in sys.modules, len(text))
