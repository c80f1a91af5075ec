import glob

text = open("data/a.txt").read()
print(len(text), glob.glob("*.y*ml"), glob.glob("**/*.yaml", recursive=True))
