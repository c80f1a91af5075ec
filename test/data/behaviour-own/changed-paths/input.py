import os

PATH = "data/a.txt"


def switch():
    global PATH
    PATH = "data/b.txt"


print(open(PATH).read().split())
switch()
print(open(PATH).read().strip())
PATH = "data/a"
PATH += ".txt"
print(os.path.getsize(PATH))
del PATH
try:
    PATH
except NameError:
    print("gone")
PATH, other = "data/a.txt", "data/b.txt"
PATH, other = other, PATH
print(open(PATH).read().strip(), open(other).read().split())
""" data/a.txt """
path = "data/a.txt" if os.path.exists("data/c.txt") else "data/b.txt"
print(open(path).read().strip(), open(("data/a.txt", "data/b.txt")[os.path.exists("data/c.txt")]).read().split())
