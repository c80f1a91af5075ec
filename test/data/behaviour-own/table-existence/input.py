import random

random.seed(1)
values = [random.random() for _ in range(4)]
try:
    cache
except NameError:
    cache = {}
    print("no cache yet")
cache["mean"] = sum(values) / len(values)
if "model" in globals():
    print("reused", model)
else:
    model = {"weight": round(cache["mean"], 4)}
    print("trained", model)
if "scores" not in dir():
    scores = []
scores.append(model["weight"])
print(scores, "later" in globals(), "scores" in locals())
later = len(scores)
print("later" in globals(), later)
