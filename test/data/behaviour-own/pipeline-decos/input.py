import functools
calls = []
prefix = ">"
def log(fn):
    @functools.wraps(fn)
    def inner(*a, **k):
        calls.append(prefix + fn.__name__)
        return fn(*a, **k)
    return inner
@log
def one(x):
    return x + offset
offset = 10
print(one(1), calls)
prefix = "#"
print(one(2), calls)
@functools.lru_cache(maxsize=None)
def slow(n):
    calls.append(n)
    return n * offset
print(slow(2), slow(2), calls)
offset = 20
print(slow(2), slow(3))
registry = {}
def register(name):
    def deco(fn):
        registry[name] = fn
        return fn
    return deco
@register("a")
def fa(): return offset
@register("b")
def fb(): return fa() + 1
print({k: v() for k, v in registry.items()})
