from pathlib import Path

for old in Path(".").glob("*.yaml"):
    print("removing an old configuration")
    old.unlink()
print(Path("data/a.txt").read_text().split())
