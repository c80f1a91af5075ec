import os
import pickle


class Scaler:
    def __init__(self, mean):
        self.mean = mean

    def apply(self, values):
        return [value - self.mean for value in values]


values = [1.0, 2.0, 6.0]
scaler = Scaler(sum(values) / len(values))
print(scaler.mean)
with open("scaler.pkl", "wb") as handle:
    pickle.dump(scaler, handle)

with open("scaler.pkl", "rb") as handle:
    again = pickle.load(handle)
scaled = again.apply(values)
print(scaled, type(again).__name__, isinstance(again, Scaler))
with open("old.pkl", "rb") as handle:
    old = pickle.load(handle)
print(old.apply(values), old.mean)
print(os.path.exists("scaler.pkl"))
