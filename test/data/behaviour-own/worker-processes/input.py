import multiprocessing as mp
import os

PATH = "data/a.txt"


def work(n):
    return n, open(PATH).read().split()[n], os.path.getsize("data/b.txt")


if __name__ == "__main__":
    for method in ("fork", "spawn"):
        with mp.get_context(method).Pool(2) as pool:
            print(method, pool.map(work, [0, 1]))
