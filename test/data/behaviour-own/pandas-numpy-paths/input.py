import numpy as np
import pandas as pd

SOURCE = "data/t.csv"
df = pd.read_csv(SOURCE)
also = pd.read_csv(filepath_or_buffer="data/t.csv", usecols=["x"])
df.to_csv("out.csv", index=False)
np.savetxt("out.txt", df["x"].to_numpy(), fmt="%d")
np.save("out.npy", np.arange(3))
print(df.equals(pd.read_csv("out.csv")), also.shape, np.load("out.npy").tolist(), np.loadtxt("out.txt").tolist())
print(pd.concat(pd.read_csv(p) for p in ["data/t.csv", SOURCE]).shape, df.attrs)
