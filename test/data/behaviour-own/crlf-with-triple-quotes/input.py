import os

NOTE = """first
data/a.txt
last"""
TEXT = open("data/a.txt").read()
print(len(NOTE), NOTE.splitlines(), TEXT.split())
with open('''data/b.txt''') as f:
    print(f.read().strip())
