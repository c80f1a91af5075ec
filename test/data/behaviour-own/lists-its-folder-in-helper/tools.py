import os


def inventory(where=None):
    return sorted(n for n in os.listdir(where or os.getcwd()) if not n.startswith("_"))
