import os

name, n = "a", 3
print(open(f"data/{name}.txt").read().split(), open(f'data/{"b"}.txt').read().strip())
print(open(f"""data/{
    name
}.txt""").read().split(), open(rf"data/{name}.txt").read().split(), open(F"data/{name!s:1}.txt").read().split())
print(f"{open('data/a.txt').read().split()[0]!r:>8}", f'{open("data/b.txt").read().strip()}', f"{os.path.getsize('data/a.txt'):{n}d}")
print(f"{os.path.exists('data/a.txt')=}", f"{{data/a.txt}} {len(open('data/a.txt').read())}")
print(os.path.exists(f"data/{{{name}}}.txt"), open(f"data/{name}" ".txt").read().split(), open("data/" f"{name}.txt").read().split())
