import random

random.seed(4)
data = [random.randint(0, 9) for _ in range(6)]
print(data)
sum = sum(data)
id = id(None) == id(None)
max = max(data, key=lambda value: (value % 4, value))
print(sum, id, max)
shares = [round(value / sum, 3) for value in data]
print(shares)
range = [min(data), max]
print(range, len(data))
print(sorted(shares)[-1], sum * 2)
