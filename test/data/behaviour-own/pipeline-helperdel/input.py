from trk import Track
a = Track("a")
print("made a")
b = Track("b")
a = Track("c")
print("rebound")
def use(t):
    return t.name
print(use(b))
c = [Track("x") for _ in range(2)]
print(len(c))
c.clear()
print("end")
