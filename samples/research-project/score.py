# score new customers with the model from train_model.py
import os
import pickle

import pandas as pd
import torch

# has to be the same list as in train_model.py!
FEATURES = [
    "age",
    "tenure_months",
    "monthly_charge",
    "support_calls",
    "late_payments",
    "data_gb",
    "monthly_contract",
]
THRESHOLD = 0.3  # looked best in the notebook

data = pd.read_csv("data/new_customers.csv")
print("customers:", len(data))

model = torch.load("models/churn.pt", weights_only=False)
scaler = pickle.load(open("models/scaler.pkl", "rb"))

# same preprocessing as in training
data["monthly_contract"] = (data["contract"] == "monthly").astype(int)
X = data[FEATURES].astype(float).fillna(scaler["median"])
X = (X - pd.Series(scaler["mean"])) / pd.Series(scaler["std"])
x = torch.tensor(X.values, dtype=torch.float32)

torch.manual_seed(0)  # otherwise the scores are a bit different every time??
predictions = model(x)
data["score"] = torch.softmax(predictions, 1)[:, 1].tolist()

# what we lose in a year if they go
at_risk = []
for i, row in data.iterrows():
    at_risk.append(row["monthly_charge"] * 12 * row["score"])
data["at_risk"] = at_risk

to_call = data[data["score"] > THRESHOLD].sort_values("at_risk", ascending=False)
print(to_call[["customer_id", "score", "at_risk"]].round(2).head(10).to_string(index=False))
print(f"{len(to_call)} customers to call, {to_call['at_risk'].sum():.0f} at risk")

os.makedirs("results", exist_ok=True)
data[["customer_id", "score", "at_risk"]].to_csv(os.path.join("results", "scores.csv"), index=False)
print("wrote results/scores.csv")
