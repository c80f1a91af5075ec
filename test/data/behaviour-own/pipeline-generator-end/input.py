import csv
import contextlib


def reader(path):
    try:
        with open(path) as f:
            for r in csv.DictReader(f):
                yield float(r["x1"])
    finally:
        print("reader closed")


@contextlib.contextmanager
def section(name):
    print("enter", name)
    yield name
    print("leave", name)


rows = reader("data.csv")
first = next(rows)
print("first", first)
pairs = zip(range(3), reader("data.csv"))
data = [v for _, v in pairs]
print("data", data)

cm = section("train")
cm.__enter__()
mean = sum(data) / len(data)
print("mean", round(mean, 4))
model = {"w": mean}
squares = (v * v for v in reader("data.csv"))
print("sq", round(next(squares), 4))

pred = [v * model["w"] for v in data]
print("pred", [round(p, 4) for p in pred])
with open("pred.txt", "w") as f:
    f.write(str(pred))
print("end")
