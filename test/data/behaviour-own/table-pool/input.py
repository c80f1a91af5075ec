import math
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import Pool

numbers = [1, 4, 9, 16]
offset = 3


def root(value):
    return math.sqrt(value)


def shifted(value):
    return value + offset


if __name__ == "__main__":
    with Pool(2) as pool:
        roots = pool.map(root, numbers)
    print(roots)
    with ProcessPoolExecutor(2) as executor:
        moved = list(executor.map(shifted, roots))
    print(moved)
    best = max(moved)
    print(best, sum(roots))
