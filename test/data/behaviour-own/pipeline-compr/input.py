n = 3
xs = [n * i for i in range(n)]
n = 4
ys = {k: [n + j for j in range(k)] for k in range(2)}
print(xs, ys)
fs = [(lambda: n + q) for q in range(2)]
n = 100
print([f() for f in fs])
flat = [y for row in [xs, [1]] for y in row if y < n]
print(flat)
s = {v % n for v in flat}
print(sorted(s))
