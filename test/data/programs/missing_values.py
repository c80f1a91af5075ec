import warnings

import numpy as np
import pandas as pd
from sklearn.compose import ColumnTransformer
from sklearn.datasets import load_diabetes
from sklearn.impute import KNNImputer, SimpleImputer
from sklearn.linear_model import Ridge
from sklearn.metrics import mean_absolute_error
from sklearn.model_selection import train_test_split
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

pd.set_option("display.width", 120)
np.random.seed(8)

df = load_diabetes(as_frame=True, scaled=False).frame
df["sex"] = df["sex"].map({1.0: "f", 2.0: "m"})
print(df.dtypes.value_counts().to_dict())

# knock holes
for col, rate in (("bmi", .1), ("s5", .2), ("bp", .15), ("sex", .05)):
    df.loc[np.random.rand(len(df)) < rate, col] = np.nan
missing = df.isna().mean().sort_values(ascending=False)
print(missing[missing > 0].round(3))

num = [c for c in df if c not in ("sex", "target")]
cat = ["sex"]
X, y = df[num + cat], df["target"]
Xtr, Xte, ytr, yte = train_test_split(X, y, test_size=.25, random_state=0)

def build(imputer):
    pre = ColumnTransformer([
        ("num", make_pipeline(imputer, StandardScaler()), num),
        ("cat", make_pipeline(SimpleImputer(strategy="most_frequent"), OneHotEncoder(drop="if_binary")), cat),
    ])
    return make_pipeline(pre, Ridge(alpha=1.0))

mae = {}
for label, imputer in [("mean", SimpleImputer()), ("median", SimpleImputer(strategy="median")),
                       ("knn", KNNImputer(n_neighbors=7))]:
    model = build(imputer).fit(Xtr, ytr)
    mae[label] = mean_absolute_error(yte, model.predict(Xte))
    print(f"{label:7s} {mae[label]:.3f}")

full = Xtr.dropna().index
baseline = build(SimpleImputer()).fit(Xtr.loc[full], ytr.loc[full])
mae["complete cases"] = mean_absolute_error(yte, baseline.predict(Xte))
print(pd.Series(mae).round(2).sort_values().to_string())

with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    logs = np.log(Xtr["s5"] - 4.0)
    ratio = np.nanmean(np.where(logs > 0, logs, np.nan))
print(len(caught) > 0, round(float(ratio), 4))

coef = pd.Series(model[-1].coef_, index=num + cat)
for name, value in coef[coef.abs().nlargest(4).index].items():
    print(f"{name:>5}: {value:+.2f}")
