"""A small research script for the editor tests."""
import pandas as pd
from sklearn.linear_model import LogisticRegression

df = pd.read_csv("data/train.csv")
model = LogisticRegression(C=0.1)
model.fit(df[["a", "b"]], df["label"])
print("accuracy", model.score(df[["a", "b"]], df["label"]))
