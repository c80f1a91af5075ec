from tools import inventory

with open("data/a.txt") as f:
    first = f.readline().strip()
print(first, inventory())
