import math

__rate = 0.25
__values = [1.0, 2.0, 3.0]


class Model:
    def __init__(self, weight):
        self.__weight = weight

    def predict(self, x):
        return self.__weight * x


model = Model(__rate)
print(sorted(vars(model)))

__scaled = [model.predict(x) for x in __values]
print(__scaled)
__norm = math.sqrt(sum(x * x for x in __scaled))

__scaled.append(__norm)
print(round(__norm, 6), len(__scaled))
print([round(model.predict(x), 3) for x in __scaled])
print(sorted(name for name in vars() if name.startswith("__") and not name.endswith("__")))
