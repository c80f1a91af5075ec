first = open("data/a.txt").read().split()[0]


def describe():
    return {k: v for k, v in sorted(globals().items()) if isinstance(v, (str, int, dict)) and k[0] != "_"}


print(describe())
