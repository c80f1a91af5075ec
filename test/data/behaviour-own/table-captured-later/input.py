import atexit
import json

scale = 2
numbers = [1, 2, 3]
lazy = (value * scale for value in numbers)
steps = iter(lambda: len(numbers), 5)
hooks = [lambda: scale, lambda n=scale: n]
atexit.register(lambda: print("bye", scale, numbers))
print(scale, len(hooks))

scale = 10
numbers.append(4)
print(next(lazy), [hook() for hook in hooks])

result = list(lazy)
print(result)
numbers.extend([next(steps)])
print(list(steps), numbers)
scale = json.loads("99")
print([hook() for hook in hooks])
