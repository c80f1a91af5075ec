import json

text = '{"rate": 0.5, "steps": 3}'
try:
    options = json.loads(text + "}")
except json.JSONDecodeError as problem:
    where = problem.pos
    options = json.loads(text)
print(where, options)

values = [0.5, 1.5, 2.5, 3.5]
if (count := len(values)) > 3:
    print("many", count)
big = [kept for value in values if (kept := value * options["rate"]) > 0.5]
print(big, kept, count)

import statistics as st


def scaled(value, factor=options["steps"]):
    return value * factor


class Report:
    names = ["mean", "median"]

    def lines(self, data):
        return [f"{name} {getattr(st, name)(data)}" for name in self.names]


model = Report()
predictions = [scaled(value) for value in big]
while (head := predictions.pop()) > 3:
    print("head", head)
print("stopped at", head, predictions)
for line in model.lines(values):
    print(line)
print(Report.__name__, scaled.__defaults__, kept)
