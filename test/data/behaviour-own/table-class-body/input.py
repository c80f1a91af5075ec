import json
import pickle

settings = json.loads('{"bias": 2, "kind": "dict"}')
print(settings)
base = {"dict": dict, "list": list}[settings["kind"]]


class Table(base):
    bias = settings["bias"]
    offsets = [settings["bias"] + step for step in (1, 2)] if False else [bias, bias + 1]

    def total(self, extra=settings["bias"]):
        return sum(self.values()) + self.bias + extra


def repeated(function):
    def run(*values):
        return [function(*values) for _ in range(settings["bias"])]

    return run


@repeated
def fit(value):
    return value + settings["bias"]


table = Table(a=1, b=2)
print(table.total(), Table.offsets, Table.__mro__[1].__name__)
scores = fit(3)
print(scores)
again = pickle.loads(pickle.dumps(table))
print(type(again).__name__, again == table, again.total(extra=0))
settings["bias"] = 5
print(fit(3), table.total())
