def depth(n):
    try:
        return depth(n + 1)
    except RecursionError:
        return n
base = depth(0)
print(base)
again = depth(0)
print(again)
