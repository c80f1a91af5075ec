DATA = "data/a.txt"


def load(path=None):
    with open(path or DATA) as f:
        return f.read().split()


if __name__ == "__main__":
    print(load())
