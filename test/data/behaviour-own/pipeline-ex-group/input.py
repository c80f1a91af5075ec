vals = ["1", "x", "3"]
good, bad = [], []
for v in vals:
    try:
        good.append(int(v))
    except ValueError as e:
        bad.append(e)
        continue
    finally:
        last = v
print(good, len(bad), last)
try:
    raise ValueError("inner") from bad[0]
except ValueError as e2:
    cause = e2.__cause__
    print(e2, cause)
ctx = []
class Ctx:
    def __enter__(self):
        ctx.append("in")
        return self
    def __exit__(self, *a):
        ctx.append(a[0].__name__ if a[0] else "ok")
        return True
with Ctx() as c1, Ctx() as c2:
    1 / 0
print(ctx, c1 is c2)
