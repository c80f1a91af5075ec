import glob

text = open("data/a.txt").read()
print(len(text), sorted(glob.glob("*")))
