import json

get = globals
rate = json.loads("0.5")
print(rate)
name = "rate"
print(get()[name] * 2)
print(list(map(eval, ["1 + 1"])))
