"""Makes the tables of the sample project: invented customers, always the same ones.

    python samples/tools/make_data.py

needs NumPy and pandas, and writes samples/research-project/data/.
"""

from pathlib import Path

import numpy as np
import pandas as pd

SEED = 20240311
EXPORTED = pd.Timestamp("2024-03-01")
PLANS = {"basic": 19.0, "plus": 34.0, "family": 52.0}
DATA = Path(__file__).parents[1] / "research-project" / "data"


def make_customers(count: int, first_id: int, rng: np.random.Generator) -> pd.DataFrame:
    """Draws customers; who leaves depends on tenure, contract, calls and late payments."""
    tenure = np.minimum(rng.gamma(1.6, 16.0, count).round().astype(int) + 1, 96)
    plan = rng.choice(list(PLANS), count, p=[0.45, 0.35, 0.2])
    contract = np.where(rng.random(count) < 0.55, "monthly", "yearly")
    calls = rng.poisson(1.4, count)
    late = rng.poisson(np.where(contract == "monthly", 0.8, 0.4))
    charge = (np.vectorize(PLANS.get)(plan) + rng.normal(0, 3.5, count)).round(2)
    gigabytes = rng.lognormal(2.1, 0.7, count).round(1)
    logit = (
        -1.9
        - 0.045 * (tenure - 24)
        + 0.9 * (contract == "monthly")
        + 0.55 * (calls - 1.4)
        + 0.6 * late
        + 0.02 * (charge - 32)
        - 0.02 * (gigabytes - 9)
    )
    churned = (rng.random(count) < 1 / (1 + np.exp(-1.3 * logit))).astype(int)
    days = rng.integers(0, 28, count)
    signed_up = [
        EXPORTED - pd.DateOffset(months=int(month), days=int(day))
        for month, day in zip(tenure, days, strict=True)
    ]
    customers = pd.DataFrame(
        {
            "customer_id": [f"C{first_id + i}" for i in range(count)],
            "signup_date": [date.strftime("%Y-%m-%d") for date in signed_up],
            "region": rng.choice(["north", "south", "east", "west"], count, p=[0.3, 0.3, 0.2, 0.2]),
            "plan": plan,
            "contract": contract,
            "age": np.clip(rng.normal(44, 14, count).round(), 18, 88).astype(int),
            "tenure_months": tenure,
            "monthly_charge": charge,
            "support_calls": calls,
            "late_payments": late,
            "data_gb": gigabytes,
            "churned": churned,
        }
    )
    customers.loc[rng.choice(count, count // 25, replace=False), "data_gb"] = np.nan
    return customers


def main() -> None:
    rng = np.random.default_rng(SEED)
    customers = make_customers(198, 10001, rng)
    # What real exports have: another spelling of one region, and two rows twice.
    north = customers.index[customers["region"] == "north"]
    customers.loc[rng.choice(north, 5, replace=False), "region"] = "nord"
    twice = customers.iloc[rng.choice(len(customers), 2, replace=False)]
    customers = pd.concat([customers, twice]).sort_values("customer_id")
    new_customers = make_customers(40, 20001, rng).drop(columns="churned")
    regions = pd.DataFrame(
        {
            "region": ["north", "south", "east", "west"],
            "stores": [14, 11, 6, 9],
            "offer_cost": [45.0, 40.0, 35.0, 40.0],
        }
    )
    DATA.mkdir(parents=True, exist_ok=True)
    customers.to_csv(DATA / "customers.csv", index=False, lineterminator="\n")
    new_customers.to_csv(DATA / "new_customers.csv", index=False, lineterminator="\n")
    regions.to_csv(DATA / "regions.csv", index=False, lineterminator="\n")


if __name__ == "__main__":
    main()
