h = open("log.txt", "w")
h.write("abc")
print(open("log.txt").read() == "")
h = None
print(open("log.txt").read())
w = open("w.txt", "w")
w.write("x" * 10)
print(len(open("w.txt").read()))
def note(msg):
    w.write(msg)
note("hello")
print(len(open("w.txt").read()))
