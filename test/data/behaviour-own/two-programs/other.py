PATH = "data/b.txt"


def load():
    return open(PATH).read().split()


def both():
    import input

    return input.load() + load() + open("data/a.txt").read().split()


if __name__ == "__main__":
    print(both())
