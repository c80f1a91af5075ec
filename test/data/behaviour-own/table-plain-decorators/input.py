import functools
import time

calls = []
rate = 0.5


def logged(function):
    @functools.wraps(function)
    def run(*args, **kwargs):
        calls.append(function.__name__)
        return function(*args, **kwargs)

    return run


@logged
def weight(value):
    return value * rate


@functools.lru_cache(maxsize=None)
def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)


series = [fib(n) for n in range(10)]
print(series, fib.cache_info().currsize)
rate = 2
weighted = [weight(value) for value in series[:4]]
print(weighted, calls)
fib.cache_clear()
print(fib(12), fib.cache_info().misses, weight.__name__)
