import functools
import heapq
import itertools
from collections import deque
from pathlib import Path


def reader(name, values):
    try:
        for value in values:
            yield value
    finally:
        print("closed", name)


pairs = zip(range(2), reader("zip", [1, 2, 3]))
print(next(pairs))
chained = itertools.chain(reader("chain", [4, 5]), [6])
print(next(chained))
merged = heapq.merge(reader("merge", [1, 9]), [2])
print(next(merged))
kept = deque([reader("deque", [7])])
table = dict(zip(["a"], [reader("dict", [8])]))
print(len(kept), sorted(table))
partial = functools.partial(next, reader("partial", [10, 11]))
print(partial())

# ---- train
total = sum(value * 2 for value in [1, 2, 3])
print("total", total)
log = (Path(".") / "log.txt").open("w")
log.write("first")
held = dict(zip(["log"], [Path("held.txt").open("w")]))
held["log"].write("held")
print(Path("log.txt").read_text(), Path("held.txt").read_text())

# ---- report
with open("report.txt", "w") as report:
    report.write(str(total))
print("written", Path("log.txt").read_text() == "", Path("held.txt").read_text() == "")
print("end")
