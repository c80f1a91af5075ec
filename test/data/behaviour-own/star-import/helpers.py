config = 'helper config'
Path = 'helper path'


def yaml(x):
    return x * 2
