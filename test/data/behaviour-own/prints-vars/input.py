import sys

count = len(open("data/a.txt").read())
me = sys.modules[__name__]
print(len([k for k in vars() if not k.startswith("__")]), hasattr(me, "config"), hasattr(me, "yaml"))
print(sorted(k for k in vars(me) if k[0] != "_"))
