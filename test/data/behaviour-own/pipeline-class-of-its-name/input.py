import pandas as pd
from dataclasses import dataclass

df = pd.read_csv("data.csv")
lr = round(float(df["x1"].mean()), 3)
n = len(df)
print("lr", lr)


class Params:
    lr = lr
    n = n


model = {"w": Params.lr * Params.n}
print("model", model, Params.lr)
lr = 5


@dataclass
class Result:
    w: float
    lr: float = lr


res = Result(model["w"])
print(res, repr(res))
score = df["x1"] * model["w"]
print("score", round(score.sum(), 4))
out = pd.DataFrame({"s": score})
out.to_csv("out.csv")
