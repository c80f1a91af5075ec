def load(config, yaml=None, Path=str):
    return open("data/a.txt").read().split()[config], yaml, Path(3)


def other():
    config = "local"
    return config, open("data/b.txt").read().strip()


class Loader:
    config = 1

    def read(self, n=config):
        return open("data/a.txt").read().split()[n]

    text = open("data/b.txt").read().strip()


print(load(0), other(), Loader().read(), Loader.text)
print([open("data/a.txt").read()[config] for config in range(3)], (lambda config: open("data/b.txt").read()[config])(1))
