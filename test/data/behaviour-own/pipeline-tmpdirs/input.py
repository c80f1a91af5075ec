import atexit, os, tempfile
tmp = tempfile.TemporaryDirectory()
def check(p):
    print("exists at exit", os.path.exists(p))
atexit.register(check, tmp.name)
with open(os.path.join(tmp.name, "a.txt"), "w") as f:
    f.write("x")
print(os.listdir(tmp.name))
count = len(os.listdir(tmp.name))
print(count)
