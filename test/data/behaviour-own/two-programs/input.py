import other

PATH = "data/a.txt"


def load():
    return open(PATH).read().split()


def main():
    print(load(), other.load(), other.both())


if __name__ == "__main__":
    main()
