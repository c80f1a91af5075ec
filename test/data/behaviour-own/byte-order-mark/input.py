"""Documented."""
import os

print(__doc__, os.path.getsize("data/a.txt"), open("data/a.txt").read().split())
