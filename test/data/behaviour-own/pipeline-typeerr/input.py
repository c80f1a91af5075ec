n = len("ab")
def f(x):
    return x * n
try:
    f(1, 2)
except TypeError as e:
    print(e)
args = (1, 2, 3)
try:
    f(*args)
except TypeError as e:
    print(e)
print(f(3))
