import pickle
from pathlib import Path

PATH = Path("data/a.txt")
TEXT = "data/b.txt"
print(pickle.loads(pickle.dumps(PATH)) == PATH, len(pickle.dumps(TEXT)), type(TEXT) is str, TEXT.isascii())
print(PATH.read_text().split(), open(TEXT).read().strip(), {PATH: 1}[Path("data/a.txt")], PATH.parent)
