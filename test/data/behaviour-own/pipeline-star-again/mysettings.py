alpha = 0.5
beta = 2
_hidden = 1


def scale_it(v):
    return v * alpha
