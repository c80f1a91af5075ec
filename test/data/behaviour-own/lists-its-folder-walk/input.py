import os

text = open("data/a.txt").read()
print(len(text), [(d, sorted(s), sorted(f)) for d, s, f in sorted(os.walk("."))])
