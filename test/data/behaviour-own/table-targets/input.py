# ---- load
import csv
import io

rows = list(csv.reader(io.StringIO("a,1\nb,2\nc,3\n")))
empty = []
last = "nothing yet"
for last in empty:
    print("never", last)
for index, (label, text) in enumerate(rows):
    print(index, label, text)
print(f"after the loops: {last!r} {index} {label} {text}")

# ---- features
first, *rest = [int(row[1]) for row in rows]
(low, high), total = (min(rest), max(rest)), first
total += sum(rest)
bounds = {"low": low}
bounds["high"] = high
print(first, rest, total, bounds)

# ---- clean
del low, high
scratch = [total] * 2
scratch += [index]
alias = scratch
scratch += [label]
print(alias is scratch, alias)
del scratch
try:
    scratch
except NameError as error:
    print(type(error).__name__)

# ---- save
with open("numbers.txt", "w") as handle:
    handle.write(f"{total} {alias}\n")
print(handle.closed, handle.name)
with open("numbers.txt") as handle:
    print(handle.read().strip())
print(sorted(bounds), rest, last)
