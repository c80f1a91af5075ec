funcs = []
for i in range(3):
    funcs.append(lambda: i)
print([f() for f in funcs])
i = 10
print([f() for f in funcs])
fs = [lambda k=k: k + i for k in range(3)]
i = 20
print([f() for f in fs])
def make(n):
    return lambda: n + i
g = make(1)
i = 30
print(g())
for i in range(2):
    pass
print(g(), i)
