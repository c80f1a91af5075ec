import os

text = open("data/a.txt").read()
print(len(text), len(getattr(os, "list" + "dir")(".")))
