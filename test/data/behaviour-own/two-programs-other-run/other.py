from input import PATH, data_path, load

PATH2 = "data/b.txt"
print(PATH, data_path, load(), open(PATH2).read().split(), open("data/a.txt").read().split())
