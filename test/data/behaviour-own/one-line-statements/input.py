import os; a = open("data/a.txt").read(); print(len(a)); b = "data/b.txt"
if os.path.exists("data/a.txt"): print("there"); c = open("data/b.txt").read()
else: print("missing")
with open("data/a.txt") as f: print(f.readline().strip()); print(c.strip(), open(b).read().strip())
for p in ("data/a.txt", "data/b.txt"): print(p, os.path.getsize(p)); pass
def f(p="data/a.txt"): return open(p).read()
class C: path = "data/b.txt"; text = open(path).read()
print(len(f()), C.text.strip()); print(len(open("data/a" \
    ".txt").read()))
