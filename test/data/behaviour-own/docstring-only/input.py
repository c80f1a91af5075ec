"""One line."""
print(__doc__, open("data/a.txt").read().split())
