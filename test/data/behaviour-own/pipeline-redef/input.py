n = len("ab")
def step(x):
    return x + n
print(step(1))
old = step
def step(x):
    return old(x) * 2 + n
print(step(1))
n = 5
print(step(1), old(1))
step = lambda x: x - n
print(step(1))
