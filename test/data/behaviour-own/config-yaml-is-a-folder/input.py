print(open("config.yaml/notes.txt").read().strip())
print(open("data/a.txt").read().split())
