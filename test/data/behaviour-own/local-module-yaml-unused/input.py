print(open("data/a.txt").read().split())
