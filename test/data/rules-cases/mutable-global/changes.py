#! only: mutable-global
import heapq
import random
from collections import Counter, defaultdict, deque

import numpy as np
import pandas as pd
import torch

history = []
best = {"loss": None}
counts = Counter()
groups = defaultdict(list)
queue = deque(maxlen=5)
heap = []
seen = set()
weights = np.zeros(3)
frame = pd.DataFrame({"a": [1, 2]})
tensor = torch.zeros(2)
order = [1, 2, 3]
net = torch.nn.Linear(2, 2)
optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
text = "abc"
pair = (1, 2)
rng = np.random.default_rng(0)
LABELS = ("a", "b")
COLORS = {"a": 1}


class Settings:
    def __init__(self):
        self.rate = 1


settings = Settings()


def nested_item(key, value):
    groups[key].append(value)  #! mutable-global


def attribute(rate):
    settings.rate = rate  #! mutable-global


def augmented_item(word):
    counts[word] += 1  #! mutable-global


def deleted(key):
    del best[key]  #! mutable-global


def through_functions(item):
    heapq.heappush(heap, item)  #! mutable-global
    random.shuffle(order)  #! mutable-global


def arrays(values):
    weights[0] = 1  #! mutable-global
    np.add(values, 1, out=weights)
    tensor.add_(1)  #! mutable-global


def frames():
    frame.loc[0, "a"] = 5  #! mutable-global
    frame["b"] = 1


def stepped(loss):
    loss.backward()
    optimizer.step()  #! mutable-global


def left(item):
    queue.appendleft(item)  #! mutable-global
    seen.add(item)  #! mutable-global


def with_global():
    global history
    history.append(1)  #! mutable-global


def inside():
    def add(item):
        history.extend(item)  #! mutable-global

    return add


def once(item):
    history.append(item)  #! mutable-global
    history.append(item)


def in_targets(rows):
    for best["row"] in rows:  #! mutable-global
        pass


def only_reads():
    copy = dict(best)  #~ mutable-global
    copy["loss"] = 1  #~ mutable-global
    return sorted(history), frame.drop(columns=["a"]), counts.most_common(1)  #~ mutable-global


def text_methods():
    return text.replace("a", "b"), pair.index(1)  #~ mutable-global


def draws():
    return rng.normal()  #~ mutable-global


def evaluated(x):
    net.eval()  #~ mutable-global
    return net(x)


def own():
    history = [1]
    history.append(2)  #~ mutable-global
    counts = {}
    counts["a"] = 1  #~ mutable-global
    return [best.append(1) for best in [[1]]]  #~ mutable-global


def of_argument(frame, weights):
    frame["c"] = 2  #~ mutable-global
    weights += 1  #~ mutable-global
    return frame


def rebinding(item):
    global seen
    seen = {item}
    seen.add(3)  #~ mutable-global


history.append(0)  #~ mutable-global
best["loss"] = 1  #~ mutable-global
