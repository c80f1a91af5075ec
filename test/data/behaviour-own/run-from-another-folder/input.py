import os
import sys

print(os.path.basename(os.getcwd()), open("a.txt").read().split(), os.path.basename(sys.argv[0]))
if not os.path.exists("out"):
    os.makedirs("out")
open("out/b.txt", "w").write("x\n")
