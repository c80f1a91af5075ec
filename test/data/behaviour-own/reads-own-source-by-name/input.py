text = open("input.py").read()
print(text.count("data/a.txt"), len(text.splitlines()))
print(open("data/a.txt").read().split())
