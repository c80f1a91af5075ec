def counter():
    n = start
    def inc():
        nonlocal n
        n += step
        return n
    return inc
start = 1
step = 2
c = counter()
print(c())
step = 10
start = 100
d = counter()
print(c(), d())
handlers = {}
for name in ["a", "b"]:
    def handler(x):
        return name + x
    handlers[name] = handler
print([h("!") for h in handlers.values()])
name = "z"
print([h("!") for h in handlers.values()])
