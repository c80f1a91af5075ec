def loud(fn):
    print("decorating", fn.__name__)
    return fn
@loud
def f():
    return 1
class A:
    print("in body")
    x = 1
print(f(), A.x)
total = f() + A.x
print(total)
