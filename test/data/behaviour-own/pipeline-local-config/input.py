import csv
import json

import config
from config import COLUMNS, RATE

# ---- load
with open("houses.csv", newline="") as handle:
    rows = [{key: float(value) for key, value in row.items()} for row in csv.DictReader(handle)]
print(len(rows), config.verbose)
config.verbose = True

# ---- features
features = [[row[name] for name in COLUMNS] for row in rows]
means = [sum(column) / len(column) for column in zip(*features)]
print([round(mean, 3) for mean in means])

# ---- train
weights = [0.0 for _ in COLUMNS]
for row, values in zip(rows, features):
    error = row["price"] - sum(weight * value for weight, value in zip(weights, values))
    weights = [weight + RATE * 1e-4 * error * value for weight, value in zip(weights, values)]
    if config.verbose:
        print("error", round(error, 4))
print([round(weight, 6) for weight in weights], config.RATE == RATE)

# ---- save
with open("weights.json", "w") as handle:
    json.dump(weights, handle)
print(sorted(name for name in vars(config) if not name.startswith("__")))
