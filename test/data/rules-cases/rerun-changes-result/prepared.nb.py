#! only: rerun-changes-result
# %%
import numpy as np
import pandas as pd

train = pd.read_csv("train.csv")
test = pd.read_csv("test.csv")
pixels = np.load("pixels.npy")
scores = {"f1": []}
names = ["a"]
step = 0
MAX = 255

# %%
train["sex"] = train["sex"].map({"male": 0, "female": 1})  #! rerun-changes-result
train["name"] = train["name"].str.strip().str.lower()  #~ rerun-changes-result
train["age"] = train["age"].fillna(train["age"].median())  #~ rerun-changes-result
train["size"] = train["sibs"] + train["parents"]  #~ rerun-changes-result
train.drop("cabin", axis=1, inplace=True)  #! rerun-changes-result
train.drop(columns="ticket", errors="ignore", inplace=True)  #~ rerun-changes-result
train.dropna(inplace=True)  #~ rerun-changes-result

# %%
pixels = pixels.astype("float32") / MAX  #! rerun-changes-result
pixels = pixels.reshape(-1, 28, 28)  #~ rerun-changes-result
pixels = np.expand_dims(pixels, -1)  #! rerun-changes-result
pixels = pixels[:1000]  #~ rerun-changes-result
pixels = pixels[100:]  #! rerun-changes-result

# %%
mean, spread = train["age"].mean(), train["age"].std()
train["age"] = (train["age"] - mean) / spread  #~ rerun-changes-result
test["age"] = test["age"] / 10  #! rerun-changes-result

# %%
train = pd.concat([train, test])  #! rerun-changes-result
train = train.reset_index(drop=True)  #~ rerun-changes-result
test = test.set_index("id")  #! rerun-changes-result

# %%
for fold in range(3):
    scores["f1"].append(fold)  #! rerun-changes-result
    step += 1  #! rerun-changes-result
names.extend(["b"])  #! rerun-changes-result
names.sort()  #~ rerun-changes-result
known = set(names)
known.add("c")  #~ rerun-changes-result

# %%
if "id" in test.columns:
    test = test.drop(columns=["id"])  #~ rerun-changes-result
try:
    test = test.drop(columns=["x"])  #~ rerun-changes-result
except KeyError:
    pass


def grow():
    names.append("d")  #~ rerun-changes-result


# %%
%%timeit
again = 0
again += 1  #~ rerun-changes-result
