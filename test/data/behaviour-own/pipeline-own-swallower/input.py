import json
from contextlib import contextmanager


@contextmanager
def tolerant(name):
    try:
        yield name
    except ValueError as error:
        print("caught", name, error)


best = 0
rows = json.loads("[1, 2, -1, 4]")
with tolerant("scan"):
    for row in rows:
        if row < 0:
            raise ValueError(row)
        best = best + row
        print("row", row)
print("best", best)

with tolerant("again"):
    best = best * 2
    print(best)
    best = int("x")
print("final", best)
