def load():
    return open("data/a.txt").read()


print(load().split(), [c for c in load.__code__.co_consts if c], load.__code__.co_names)
