import builtins
import io

opened = []
real_open = builtins.open


def counting(file, *args, **kwargs):
    opened.append(str(file).rsplit("/", 1)[-1])
    return real_open(file, *args, **kwargs)


builtins.open = io.open = counting
from pathlib import Path

print(open("data/a.txt").read().split(), Path("data/b.txt").read_text().split())
print(opened)
