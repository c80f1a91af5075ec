import warnings

import pandas as pd

df = pd.read_csv("data.csv")
with warnings.catch_warnings(record=True) as got:
    warnings.warn("old way", DeprecationWarning)
    warnings.warn("pending", PendingDeprecationWarning)
    x = df["x1"].to_numpy()
print("load warnings", len(got))


def fit(x):
    warnings.warn("fit is old", DeprecationWarning)
    return x.mean()


with warnings.catch_warnings(record=True) as got2:
    w = fit(x)
    w = fit(x)
print("fit warnings", [str(g.message) for g in got2])
model = {"w": w}
pred = x * model["w"]
print("pred", pred.sum().round(4))
pd.Series(pred).to_csv("p.csv")
