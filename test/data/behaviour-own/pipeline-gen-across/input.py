import itertools
n = 3
def count():
    k = 0
    while True:
        yield k * n
        k += 1
g = count()
print(list(itertools.islice(g, 3)))
n = 5
print(list(itertools.islice(g, 3)))
sq = (v * n for v in [1, 2, 3])
n = 7
print(list(sq))
z = zip([1, 2, 3], g)
print(next(z))
n = 11
print(list(z))
m = map(lambda v: v + n, [1, 2])
n = 100
print(list(m))
