# %% load
import matplotlib
matplotlib.use("Agg")
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

np.random.seed(42)
idx = pd.date_range("2022-01-01", "2022-12-31 23:00", freq="h")
t = np.arange(len(idx))
load = (50 + 10 * np.sin(2 * np.pi * t / 24 - 1.5) + 5 * (idx.dayofweek < 5)
        + 8 * np.cos(2 * np.pi * t / (24 * 365)) + np.random.normal(0, 2, len(idx)))
load = pd.Series(load, index=idx, name="load")
load.iloc[1000:1010] = np.nan
print(load.describe().round(2))

# %% clean
n_missing = load.isna().sum()
load = load.interpolate()
daily = load.resample("D").mean()
weekly = daily.rolling(7, center=True).mean()
print("missing", n_missing, "days", len(daily))

# %% plot
fig, ax = plt.subplots(2, 1, figsize=(6, 4), sharex=False)
daily.plot(ax=ax[0], lw=0.5, label="daily")
weekly.plot(ax=ax[0], label="7d mean")
ax[0].legend()
profile = load.groupby([load.index.hour, load.index.dayofweek < 5]).mean().unstack()
profile.columns = ["weekend", "weekday"]
profile.plot(ax=ax[1])
plt.tight_layout()
plt.savefig("load.png", dpi=60)
plt.close(fig)

# %% forecasts
train, test = load[:"2022-11-30"], load["2022-12-01":]
season = 24 * 7
naive = pd.Series(np.resize(train.values[-season:], len(test)), index=test.index)

X = lambda s: np.column_stack([
    np.ones(len(s)),
    np.sin(2 * np.pi * s.index.hour / 24), np.cos(2 * np.pi * s.index.hour / 24),
    s.index.dayofweek < 5,
    np.cos(2 * np.pi * s.index.dayofyear / 365),
])
beta, *_ = np.linalg.lstsq(X(train), train.values, rcond=None)
reg = pd.Series(X(test) @ beta, index=test.index)


def mape(a, f):
    return float((np.abs(a - f) / a).mean() * 100)


scores = {}
for name, f in [("seasonal naive", naive), ("regression", reg), ("mean", naive * 0 + train.mean())]:
    scores[name] = mape(test, f)
    print(f"{name:15s} MAPE {scores[name]:.2f}%")
print("winner:", min(scores, key=scores.get))

resid = test - reg
ac = [resid.autocorr(k) for k in (1, 24)]
print("residual autocorrelation", np.round(ac, 3))
fig = plt.figure(figsize=(6, 2))
plt.plot(test.index[:96], test[:96], "k", test.index[:96], reg[:96], "r--")
plt.title("first days of December")
fig.savefig("forecast.png")
