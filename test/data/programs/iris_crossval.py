import csv
import time

import numpy as np
from sklearn.datasets import load_iris
from sklearn.ensemble import RandomForestClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold, cross_val_score
from sklearn.neighbors import KNeighborsClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC

start = time.time()
SEED = 0
X, y = load_iris(return_X_y=True)
print(X.shape, np.bincount(y))

# add noise so that it is not that easy
rng = np.random.RandomState(SEED)
X = np.hstack([X + rng.normal(0, 0.6, X.shape), rng.normal(size=(X.shape[0], 4))])

models = {
    "logreg": make_pipeline(StandardScaler(), LogisticRegression(max_iter=500)),
    "knn": make_pipeline(StandardScaler(), KNeighborsClassifier(5)),
    "svc": make_pipeline(StandardScaler(), SVC(C=2.0, gamma="scale")),
    "rf": RandomForestClassifier(n_estimators=40, random_state=SEED),
}
cv = StratifiedKFold(5, shuffle=True, random_state=SEED)

results = {}
for name, model in models.items():
    scores = cross_val_score(model, X, y, cv=cv)
    results[name] = scores
    print(f"{name:8s} {scores.mean():.4f} +- {scores.std():.4f}")

best = max(results, key=lambda k: results[k].mean())
print("best:", best)

with open("scores.csv", "w", newline="") as f:
    writer = csv.writer(f)
    writer.writerow(["model"] + [f"fold{i}" for i in range(cv.get_n_splits())])
    for name, scores in sorted(results.items()):
        writer.writerow([name] + [round(s, 6) for s in scores])

final = models[best].fit(X, y)
print("train accuracy", round(final.score(X, y), 4))
if hasattr(final, "named_steps"):
    print("steps", list(final.named_steps))
elapsed = time.time() - start
if elapsed > 600:
    print("that was slow")
