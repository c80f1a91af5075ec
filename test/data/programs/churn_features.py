"""Feature table for the churn model (v3, after the talk with the billing team)."""
import numpy as np
import pandas as pd

rng = np.random.default_rng(2023)

# --- fake extract, same layout as the warehouse dump ---------------------
n_customers = 220
customers = pd.DataFrame({
    "customer_id": np.arange(1000, 1000 + n_customers),
    "signup": pd.Timestamp("2021-01-01") + pd.to_timedelta(rng.integers(0, 500, n_customers), unit="D"),
    "plan": rng.choice(["basic", "plus", "pro"], size=n_customers, p=[0.6, 0.3, 0.1]),
    "country": rng.choice(["DE", "FR", "NL", None], size=n_customers, p=[0.5, 0.3, 0.15, 0.05]),
})

events = []
for cid in customers["customer_id"]:
    for _ in range(rng.poisson(6)):
        events.append({
            "customer_id": cid,
            "when": pd.Timestamp("2022-06-01") + pd.Timedelta(days=int(rng.integers(0, 180))),
            "kind": rng.choice(["login", "ticket", "payment_failed"], p=[0.8, 0.15, 0.05]),
            "amount": float(np.round(rng.gamma(2.0, 15.0), 2)),
        })
events = pd.DataFrame(events)
print("customers", customers.shape, "events", events.shape)
print(events["kind"].value_counts())

SNAPSHOT = pd.Timestamp("2022-11-28")
customers["country"] = customers["country"].fillna("??")
customers["tenure_days"] = (SNAPSHOT - customers["signup"]).dt.days

# activity in windows
for days in (30, 90):
    window = events[events["when"] > SNAPSHOT - pd.Timedelta(days=days)]
    counts = window.groupby("customer_id").size().rename(f"events_{days}d")
    customers = customers.merge(counts, left_on="customer_id", right_index=True, how="left")
    customers[f"events_{days}d"] = customers[f"events_{days}d"].fillna(0).astype(int)

kinds = events.pivot_table(index="customer_id", columns="kind", values="amount",
                           aggfunc=["count", "sum"], fill_value=0)
kinds.columns = ["_".join(c) for c in kinds.columns]
table = customers.set_index("customer_id").join(kinds).fillna({c: 0 for c in kinds.columns})

last_seen = events.groupby("customer_id")["when"].max()
table["days_since_seen"] = (SNAPSHOT - last_seen).dt.days
table["days_since_seen"] = table["days_since_seen"].fillna(999).astype(int)
table["churned"] = (table["events_30d"] == 0) & (table["tenure_days"] > 60)

print(table.head(3).T)
by_plan = table.groupby("plan").agg(n=("churned", "size"), churn=("churned", "mean"),
                                    tenure=("tenure_days", "median"))
print(by_plan.round(3))

bins = pd.cut(table["tenure_days"], [0, 200, 400, 1000], labels=["new", "mid", "old"])
print(pd.crosstab(bins, table["churned"], normalize="index").round(3))

suspicious = table.query("count_ticket > 2 and churned")
print(f"{len(suspicious)} churned customers had more than two tickets")

dummies = pd.get_dummies(table[["plan", "country"]], dtype=int)
out = pd.concat([table.select_dtypes("number"), dummies], axis=1)
out.to_csv("churn_features.csv")
print("written:", out.shape[1], "columns,", int(out.isna().sum().sum()), "missing")
