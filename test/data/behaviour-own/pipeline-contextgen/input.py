from contextlib import contextmanager
depth = 0
@contextmanager
def level(name):
    global depth
    depth += 1
    print("  " * depth + "in", name)
    yield depth
    print("  " * depth + "out", name)
    depth -= 1
with level("a") as a:
    with level("b") as b:
        print(a, b, depth)
print(depth)
