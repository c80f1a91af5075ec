import os

os.chdir("data")
print(open("a.txt").read().split(), os.path.basename(os.getcwd()))
os.chdir(os.pardir)
print(open("data/b.txt").read().strip())
with open("out.txt", "w") as f:
    f.write("done")
print(os.path.exists("out.txt"))
