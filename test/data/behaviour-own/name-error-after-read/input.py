import sys

print(open("data/a.txt").read().split())
sys.stdout.flush()
if len(open("data/b.txt").read()) > 2:
    sys.exit("data/b.txt is too long")
