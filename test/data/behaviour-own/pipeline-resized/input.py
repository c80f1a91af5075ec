import numpy as np
import pandas as pd

buf = np.zeros(4)
buf[:] = 1
print("buf", buf.sum())
df = pd.read_csv("t.csv")
print("rows", len(df))
model = np.polyfit(df.a, df.b, 1)
print("model", model.round(3))
buf.resize(8)
print("grown", buf.shape)
np.save("buf.npy", buf)
