import atexit
OUT = "log.txt"
def show():
    print(repr(open(OUT).read()))
atexit.register(show)
f = open(OUT, "w")
f.write("abc")
print("done")
g = f
print(g.name)
