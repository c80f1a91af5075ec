import numpy as np
import pandas as pd

df = pd.read_csv("t.csv")
arr = df["b"].to_numpy()
print("arr", arr[:2])

part = df.iloc[:2]
model = np.polyfit(part.a, part.b, 1)
print("model", model.round(3))

del part
df.loc[0, "b"] = 100.0
print("arr sees", arr[0], df.b[0])
pred = np.polyval(model, df.a)
np.save("pred.npy", pred)
print("pred", pred.round(2))
