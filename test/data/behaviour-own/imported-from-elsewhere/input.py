def load():
    return open("a.txt").read().split()


def first():
    return open("a.txt").readline().strip()
