def late():
    global config
    config = "changed by late"
    return open("data/a.txt").read().split()


print(late(), config)
for config in ("x", "y"):
    print(config, open("data/b.txt").read().strip())
del config
print(open("data/a.txt").read().split()[0])
