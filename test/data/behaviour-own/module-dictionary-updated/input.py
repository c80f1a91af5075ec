defaults = {"config": None, "a_path": "data/b.txt", "data_path": "data/b.txt", "path": "data/b.txt"}
vars().update(defaults)
print(open("data/a.txt").read().split(), config, path)
