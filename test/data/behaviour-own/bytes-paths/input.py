import os
from pathlib import Path, PurePosixPath


class Named:
    def __fspath__(self):
        return "data/a.txt"


print(open(b"data/a.txt").read().split(), open(Named()).read().split(), os.listdir(b"data/sub"))
print(repr(Path("data") / "b.txt"), Path("data", "b.txt").read_text().strip(), PurePosixPath("data/b.txt").suffix)
with os.fdopen(os.open("data/a.txt", os.O_RDONLY)) as f:
    print(f.read().split(), isinstance("data/a.txt", str), type(Path("data/a.txt")).__name__)
