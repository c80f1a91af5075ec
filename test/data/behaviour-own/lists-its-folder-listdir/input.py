import os

text = open("data/a.txt").read()
print(len(text), sorted(os.listdir()))
