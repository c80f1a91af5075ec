from pathlib import Path

text = open("data/a.txt").read()
print(len(text), sorted(str(p) for p in Path().rglob("*") if p.is_file()))
