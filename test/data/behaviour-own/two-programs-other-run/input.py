PATH = "data/a.txt"
data_path = "data/b.txt"


def load():
    return open(PATH).read().split()
