import inspect


def load():
    return open("data/a.txt").read()


print(load().split())
print(inspect.getsource(load))
