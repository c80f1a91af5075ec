# train the churn net on the customer export
#
#   python train_model.py          on the laptop
#   python train_model.py --gpu    on the lab machine
import os
import pickle
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import torch
import torch.nn as nn
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import train_test_split

FEATURES = [
    "age",
    "tenure_months",
    "monthly_charge",
    "support_calls",
    "late_payments",
    "data_gb",
    "monthly_contract",
]
EPOCHS = 40

np.random.seed(42)
torch.manual_seed(42)
device = "cuda" if "--gpu" in sys.argv else "cpu"

customers = pd.read_csv("data/customers.csv")
customers = customers.drop_duplicates()

history = []
scaler = None
best_auc = 0.0


def prepare(df):
    """features as floats, missing values filled, scaled"""
    global scaler
    assert len(df) > 0, "no customers?"
    X = df.copy()
    X["monthly_contract"] = (X["contract"] == "monthly").astype(int)
    X = X[FEATURES].astype(float)
    if scaler is None:
        # first call is always the training set
        scaler = {
            "median": X.median().to_dict(),
            "mean": X.mean().to_dict(),
            "std": X.std().to_dict(),
        }
    X = X.fillna(scaler["median"])
    X = (X - pd.Series(scaler["mean"])) / pd.Series(scaler["std"])
    return torch.tensor(X.values, dtype=torch.float32).to(device)


def make_net():
    return nn.Sequential(
        nn.Linear(len(FEATURES), 16),
        nn.ReLU(),
        nn.Dropout(0.2),
        nn.Linear(16, 2),
    ).to(device)


def train(net, X, y):
    optimizer = torch.optim.Adam(net.parameters(), lr=0.01)
    loss_fn = nn.CrossEntropyLoss()
    for epoch in range(EPOCHS):
        order = torch.randperm(len(X))
        total = 0
        for start in range(0, len(X), 32):
            batch = order[start:start + 32]
            optimizer.zero_grad()
            loss = loss_fn(net(X[batch]), y[batch])
            loss.backward()
            optimizer.step()
            total += loss
        history.append(total.item())
        if epoch % 10 == 0:
            print(f"epoch {epoch:3d}  loss {history[-1]:.3f}")
    return net


def evaluate(net, X, y):
    global best_auc
    logits = net.forward(X)
    predicted = logits.argmax(1).tolist()
    scores = torch.softmax(logits, 1)[:, 1].tolist()
    accuracy = np.mean([p == t for p, t in zip(predicted, y)])
    auc = roc_auc_score(y, scores)
    if auc > best_auc:
        best_auc = auc
    print(f"test accuracy {accuracy:.3f}  auc {auc:.3f}")
    return auc


def save(net):
    try:
        os.mkdir("models")
    except:
        pass  # already there
    # state dict for the notebook, whole thing for score.py (easier to load)
    torch.save(net.state_dict(), Path("models") / "churn_state.pt")
    torch.save(net, Path("models") / "churn.pt")
    pickle.dump(scaler, open("models/scaler.pkl", "wb"))
    print("saved to models/")


def tell_the_team(auc):
    import requests

    try:
        requests.post("https://chat.example.com/hooks/churn", json={"text": f"new churn model, auc {auc:.3f}"})
    except Exception as e:
        print("could not post:", e)


def run():
    train_df, test_df = train_test_split(
        customers, test_size=0.25, random_state=42, stratify=customers["churned"]
    )
    print(len(train_df), "customers to train on,", len(test_df), "to test")
    X_train = prepare(train_df)
    y_train = torch.tensor(train_df["churned"].values).to(device)
    net = train(make_net(), X_train, y_train)
    auc = evaluate(net, prepare(test_df), test_df["churned"].tolist())
    save(net)
    if "--tell" in sys.argv:
        tell_the_team(auc)


if __name__ == "__main__":
    run()
