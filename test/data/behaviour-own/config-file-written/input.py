import os

rows = open("data/a.txt").read().split()
with open("config.yaml", "w") as f:
    f.write("rows: %d\n" % len(rows))
print(rows, open("config.yaml").read().strip())
