import pandas as pd

table = pd.DataFrame({"a": [1, 5, 9, 12], "b": [2.0, 0.5, 4.0, 1.0]})
limit = 4
print(table.shape)

kept = table.query("a > @limit and b < 4.5")
print(kept.to_string())
factor = 3
scored = kept.eval("c = a * @factor + b")
print(scored["c"].tolist())

condition = f"b >= {limit / 4}"
final = scored.query(condition)
limit = 100
print(len(final), len(table.query("a < @limit")))
print("{limit} and {factor}".format(**{"limit": limit, "factor": factor}))
print(final.to_string(index=False))
