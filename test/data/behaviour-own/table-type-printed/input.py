import json


class Result:
    def __init__(self, score):
        self.score = score


def measure(values):
    return Result(sum(values))


data = json.loads("[1, 2, 3]")
result = measure(data)
print(type(result), Result)
print(result.score, type(result).__name__, measure.__module__)
table = {Result: "class", measure: "function"}
print([key.__qualname__ for key in table])
print(repr(Result))
