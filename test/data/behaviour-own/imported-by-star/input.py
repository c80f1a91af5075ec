import os

FIRST = open("data/a.txt").read().split()
