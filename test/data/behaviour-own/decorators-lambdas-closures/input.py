import functools
import os


def reads(path):
    def wrap(f):
        @functools.wraps(f)
        def inner(*args):
            return f(open(path).read(), *args)
        return inner
    return wrap


@reads("data/a.txt")
def count(text, letter="a"):
    return text.count(letter)


def outer():
    path = "data/b.txt"

    def inner():
        nonlocal path
        old, path = path, "data/a.txt"
        return open(old).read().strip()
    return inner


get = lambda p="data/b.txt": open(p).read().strip()
later = (open(p).read().split() for p in ["data/a.txt", "data/b.txt"])
step = outer()
print(count(), get(), step(), step(), [os.path.getsize(p) for p in ("data/a.txt", "data/b.txt") if p != "data/b.txt"])
print(list(later), {p: len(open(p).read()) for p in {"data/a.txt"}}, sorted(map(os.path.getsize, ["data/a.txt", "data/b.txt"])))
if (p := "data/a.txt") and open(p).readable():
    print(p, (lambda: open("data/b.txt").read())().strip())
