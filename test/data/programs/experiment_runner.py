#!/usr/bin/env python
"""Ridge experiments with a config, a log file and a json result."""
import argparse
import json
import logging
import os
import sys
from dataclasses import asdict, dataclass, field

import numpy as np

log = logging.getLogger("exp")


@dataclass
class Config:
    name: str = "ridge"
    seed: int = 3
    n: int = 120
    d: int = 8
    noise: float = 0.5
    alphas: list = field(default_factory=lambda: [0.01, 0.1, 1.0, 10.0])


def parse():
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("--seed", type=int, default=3)
    p.add_argument("--noise", type=float, default=0.5)
    p.add_argument("--out", default="runs")
    p.add_argument("-v", "--verbose", action="store_true")
    return p.parse_args()


args = parse()
cfg = Config(seed=args.seed, noise=args.noise)
os.makedirs(args.out, exist_ok=True)
logging.basicConfig(
    level=logging.DEBUG if args.verbose else logging.INFO,
    format="%(levelname)s %(name)s %(message)s",
    handlers=[logging.FileHandler(os.path.join(args.out, "run.log"), mode="w"),
              logging.StreamHandler(sys.stdout)],
)
log.info("config %s", json.dumps(asdict(cfg)))

np.random.seed(cfg.seed)
w = np.random.randn(cfg.d) * (np.random.rand(cfg.d) > 0.4)
X = np.random.randn(cfg.n, cfg.d)
y = X.dot(w) + cfg.noise * np.random.randn(cfg.n)
split = int(0.75 * cfg.n)


def fit(X, y, alpha):
    A = X.T @ X + alpha * np.eye(X.shape[1])
    try:
        return np.linalg.solve(A, X.T @ y)
    except np.linalg.LinAlgError:
        log.exception("singular")
        return np.zeros(X.shape[1])


results = []
for alpha in cfg.alphas:
    coef = fit(X[:split], y[:split], alpha)
    err = float(np.mean((X[split:] @ coef - y[split:]) ** 2))
    log.info("alpha=%g mse=%.4f", alpha, err)
    results.append({"alpha": alpha, "mse": round(err, 6)})

best = min(results, key=lambda r: r["mse"])
log.info("best %s", best)
with open(os.path.join(args.out, "result.json"), "w") as fh:
    json.dump({"config": asdict(cfg), "results": results, "best": best}, fh, indent=2, sort_keys=True)
print("true  ", np.round(w, 2))
print("fitted", np.round(fit(X[:split], y[:split], best["alpha"]), 2))
