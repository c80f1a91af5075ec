import pathlib

print(pathlib.NAME, open("data/a.txt").read().split())
