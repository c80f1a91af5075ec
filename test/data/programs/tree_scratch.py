"""Decision tree from scratch, to understand the thing once and for all."""
from __future__ import annotations

import random
from dataclasses import dataclass
from typing import Optional, Union


@dataclass
class Leaf:
    label: str
    n: int


@dataclass
class Node:
    feature: int
    threshold: float
    left: Union[Node, Leaf]
    right: Union[Node, Leaf]
    gain: float = 0.0


def gini(labels):
    n = len(labels)
    return 1.0 - sum((labels.count(c) / n) ** 2 for c in set(labels)) if n else 0.0


def majority(labels):
    return max(sorted(set(labels)), key=labels.count)


def best_split(rows, labels):
    best: Optional[tuple] = None
    base = gini(labels)
    for f in range(len(rows[0])):
        values = sorted({r[f] for r in rows})
        for lo, hi in zip(values, values[1:]):
            t = (lo + hi) / 2
            left = [c for r, c in zip(rows, labels) if r[f] <= t]
            right = [c for r, c in zip(rows, labels) if r[f] > t]
            gain = base - (len(left) * gini(left) + len(right) * gini(right)) / len(labels)
            if best is None or gain > best[0] + 1e-12:
                best = (gain, f, t)
    return best


def grow(rows, labels, depth=0):
    if depth >= MAX_DEPTH or len(set(labels)) == 1 or len(rows) < MIN_SAMPLES:
        return Leaf(majority(labels), len(labels))
    gain, f, t = best_split(rows, labels)
    if gain < 1e-9:
        return Leaf(majority(labels), len(labels))
    go_left = [r[f] <= t for r in rows]
    sides = []
    for side in (True, False):
        keep = [i for i, g in enumerate(go_left) if g is side]
        sides.append(grow([rows[i] for i in keep], [labels[i] for i in keep], depth + 1))
    return Node(f, t, *sides, gain=gain)


def predict(tree, row):
    while isinstance(tree, Node):
        tree = tree.left if row[tree.feature] <= tree.threshold else tree.right
    return tree.label


def show(tree, indent=0):
    pad = "  " * indent
    if isinstance(tree, Leaf):
        print(f"{pad}-> {tree.label} ({tree.n})")
        return
    print(f"{pad}{FEATURES[tree.feature]} <= {tree.threshold:.2f}  [gain {tree.gain:.3f}]")
    show(tree.left, indent + 1)
    show(tree.right, indent + 1)


MAX_DEPTH = 3
MIN_SAMPLES = 4
FEATURES = ["height", "weight", "age"]

random.seed(99)
rows, labels = [], []
for _ in range(80):
    h, w, a = random.gauss(170, 10), random.gauss(70, 12), random.randint(18, 70)
    rows.append((round(h, 1), round(w, 1), a))
    score = 0.1 * (w - 70) - 0.05 * (h - 170) + 0.02 * (a - 40) + random.gauss(0, 0.4)
    labels.append("high" if score > 0.5 else "low" if score < -0.5 else "normal")

cut = 60
tree = grow(rows[:cut], labels[:cut])
show(tree)
train = [predict(tree, r) == c for r, c in zip(rows[:cut], labels[:cut])]
test = [predict(tree, r) == c for r, c in zip(rows[cut:], labels[cut:])]
print(f"train {sum(train) / len(train):.3f}  test {sum(test) / len(test):.3f}")

MAX_DEPTH = 5
deeper = grow(rows[:cut], labels[:cut])
hits = sum(predict(deeper, r) == c for r, c in zip(rows[cut:], labels[cut:]))
print("deeper tree, test hits:", hits, "of", len(rows) - cut)
