#! only: hidden-input
from stats import limit, limits

chosen = limit("low")


def show():
    return limits, chosen  #! hidden-input
