import warnings

warnings.simplefilter("error")
with open("data/a.txt") as f:
    print(f.read().split())
with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    open("data/b.txt").read()
print([str(w.category.__name__) for w in caught])
