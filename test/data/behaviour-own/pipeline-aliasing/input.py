import pandas as pd
import numpy as np
df = pd.read_csv("data/t.csv")
other = df
other["c"] = other["a"] * 2
print(df.columns.tolist())
df = df.dropna()
df["d"] = 1
print(other.columns.tolist(), df.columns.tolist())
arr = np.arange(6)
view = arr[::2]
view += 10
print(arr)
arr = arr + 1
view[:] = 0
print(arr, view)
rows = [[]] * 3
rows[0].append(1)
print(rows)
cfg = {"x": [1]}
alias = cfg["x"]
alias.append(2)
print(cfg)
def add(v, acc=[]):
    acc.append(v)
    return acc
print(add(1), add(2))
keep = add(3)
keep.append(99)
print(add(4))
