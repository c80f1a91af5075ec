from pathlib import Path

HERE = Path(__file__).resolve().parent

text = open("data/a.txt").read()
print(len(text), sorted(p.name for p in HERE.iterdir()))
