# reads the file
# (twice)
a = open("data/a.txt").read()  # first
b = open("data/a.txt").read()  # second
print(a == b, __doc__)
