import csv
import json

# %% Save rows
writers = {}
rows = [{"a": 1}, {"a": 2}]
writers["a"] = csv.writer(open('out.txt', 'w'))
for row in rows:
    writers["a"].writerow(row.values())

# %% Report
report = {"n": len(rows)}
print(json.dumps(report))
text = open('out.txt').read()
print(repr(text), len(text))

# %% Again
both = []
both.append(open('more.txt', 'w'))
both[0].write('y' * 10)
print(len(both))

# %% Look
import os
size = os.path.getsize('more.txt')
print(size)
