"""Metropolis sampler for the coal mining change point."""
import numpy as np
import matplotlib
matplotlib.use("Agg")
import matplotlib.pyplot as plt

disasters = np.array([4, 5, 4, 0, 1, 4, 3, 4, 0, 6, 3, 3, 4, 0, 2, 6, 3, 3, 5, 4, 5, 3, 1,
                      4, 4, 1, 5, 5, 3, 4, 2, 5, 2, 2, 3, 4, 2, 1, 3, 2, 2, 1, 1, 1, 1, 3,
                      0, 0, 1, 0, 1, 1, 0, 0, 3, 1, 0, 3, 2, 2, 0, 1, 1, 1, 0, 1, 0, 1, 0,
                      0, 0, 2, 1, 0, 0, 0, 1, 1, 0, 2, 3, 3, 1, 1, 2, 1, 1, 1, 1, 2, 4, 2,
                      0, 0, 1, 4, 0, 0, 0, 1, 0, 0, 0, 0, 0, 1, 0, 0, 1, 0, 1])
years = np.arange(1851, 1851 + len(disasters))
n_years = len(years)
print(n_years, "years,", disasters.sum(), "disasters")


def log_posterior(theta):
    tau, l1, l2 = theta
    if not (1 <= tau < n_years) or l1 <= 0 or l2 <= 0:
        return -np.inf
    k = int(tau)
    ll = (disasters[:k] * np.log(l1) - l1).sum() + (disasters[k:] * np.log(l2) - l2).sum()
    return ll - l1 - l2


class Chain:
    scale = np.array([3.0, 0.3, 0.2])

    def __init__(self, start, seed):
        self.rng = np.random.default_rng(seed)
        self.state = np.array(start, float)
        self.logp = log_posterior(self.state)
        self.accepted = 0
        self.trace = []

    def step(self):
        proposal = self.state + self.scale * self.rng.normal(size=3)
        lp = log_posterior(proposal)
        if np.log(self.rng.random()) < lp - self.logp:
            self.state, self.logp = proposal, lp
            self.accepted += 1
        self.trace.append(self.state)

    def __iter__(self):
        while True:
            self.step()
            yield self.state


DRAWS = 1500
BURN = 500
chains = [Chain([50, 2, 2], 1), Chain([20, 3, 1], 2), Chain([80, 1, 1], 3)]
for c, chain in enumerate(chains):
    for i, state in enumerate(chain):
        if i + 1 >= DRAWS:
            break
    print(f"chain {c}: acceptance {chain.accepted / DRAWS:.3f}, last {np.round(state, 3)}")

samples = np.stack([np.array(ch.trace)[BURN:] for ch in chains])
W = samples.var(axis=1, ddof=1).mean(axis=0)
B = samples.mean(axis=1).var(axis=0, ddof=1)
rhat = np.sqrt(1 + B / W)
flat = samples.reshape(-1, 3)
for name, col, r in zip(["tau", "early", "late"], flat.T, rhat):
    lo, hi = np.quantile(col, [0.05, 0.95])
    print(f"{name:6s} mean {col.mean():7.3f}  [{lo:7.3f}, {hi:7.3f}]  rhat {r:.3f}")
switch = years[int(np.median(flat[:, 0]))]
print("switch year", switch)

fig, axs = plt.subplots(3, 1, figsize=(5, 5))
for ax, k in zip(axs, range(3)):
    for chain in chains:
        ax.plot(np.array(chain.trace)[:, k], lw=0.4)
fig.savefig("trace.png", dpi=50)
