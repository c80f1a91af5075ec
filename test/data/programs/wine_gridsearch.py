import json
import os
import warnings

import joblib
import pandas as pd
from sklearn.datasets import load_wine
from sklearn.decomposition import PCA
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import classification_report, confusion_matrix
from sklearn.model_selection import GridSearchCV, train_test_split
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import MinMaxScaler, StandardScaler

warnings.filterwarnings("ignore", category=ConvergenceWarning)

wine = load_wine(as_frame=True)
df = wine.frame
print(df.shape)
print(df.groupby("target")[["alcohol", "proline"]].mean().round(2))

X = df.drop(columns="target")
y = df["target"]
X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.3, random_state=1, stratify=y)

pipe = Pipeline([("scale", StandardScaler()), ("pca", PCA()), ("clf", LogisticRegression(max_iter=200))])
grid = {
    "scale": [StandardScaler(), MinMaxScaler()],
    "pca__n_components": [2, 6],
    "clf__C": [0.1, 10],
}
search = GridSearchCV(pipe, grid, cv=4, scoring="f1_macro")
search.fit(X_train, y_train)
print("best score %.4f" % search.best_score_)
print("best params", {k: str(v) for k, v in search.best_params_.items()})

res = pd.DataFrame(search.cv_results_)
cols = ["param_pca__n_components", "param_clf__C", "mean_test_score"]
top = res.sort_values(["mean_test_score", "param_clf__C"], ascending=False)[cols].head(4)
print(top.to_string(index=False))

y_pred = search.predict(X_test)
print(classification_report(y_test, y_pred, target_names=wine.target_names))
cm = confusion_matrix(y_test, y_pred)
print(cm)

os.makedirs("models", exist_ok=True)
joblib.dump(search.best_estimator_, "models/wine.joblib")
again = joblib.load("models/wine.joblib")
assert (again.predict(X_test) == y_pred).all()
os.remove("models/wine.joblib")
with open("models/metrics.json", "w") as f:
    json.dump({"f1": round(search.best_score_, 6), "confusion": cm.tolist()}, f)
