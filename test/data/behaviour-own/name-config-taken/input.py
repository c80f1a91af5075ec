config = {"rows": 1}
yaml = "a plain text"
Path = len
settings = [config, yaml]
data_path = "taken"


def rows():
    return open("data/a.txt").read().split()[: config["rows"]]


print(rows(), yaml, Path("abc"), len(settings), data_path)
print(open("data/b.txt").read().strip())
