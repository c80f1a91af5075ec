globals()["config"] = {"data_path": "data/b.txt", "a_path": 1}
exec("yaml = 'text'; Path = str")
print(open("data/a.txt").read().split(), config["data_path"], yaml, Path(1))
