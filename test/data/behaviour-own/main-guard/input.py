import os


OUT = "out/result.txt"


def main(source="data/a.txt"):
    os.makedirs(os.path.dirname(OUT), exist_ok=True)
    with open(source) as src, open(OUT, "w") as dst:
        dst.write(src.read().upper())
    return os.path.getsize(OUT)


if __name__ == '__main__':
    print(main(), open("out/result.txt").read().split())
