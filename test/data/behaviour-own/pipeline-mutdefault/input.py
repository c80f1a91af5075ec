base = [len("a")]
def add(x, acc=base):
    acc.append(x)
    return acc
print(add(1))
base = []
print(add(2), base)
base.append(5)
print(add(3), base)
opts = {"k": 1}
def conf(**kw):
    return {**opts, **kw}
opts["z"] = 2
print(conf(a=1))
opts = {}
print(conf(a=1))
