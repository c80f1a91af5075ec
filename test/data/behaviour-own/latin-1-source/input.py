# -*- coding: latin-1 -*-
import os

STADT = "Köln"
print(STADT.encode("unicode_escape"), open("data/größe.txt", encoding="utf-8").read().strip())
print(os.path.basename("data/größe.txt").encode("unicode_escape"))
