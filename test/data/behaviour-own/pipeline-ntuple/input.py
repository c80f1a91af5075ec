import pickle
from collections import namedtuple
from enum import Enum
size = len("abc")
P = namedtuple("P", "x y")
print(P(1, 2), P)
Color = Enum("Color", "RED BLUE")
data = pickle.dumps([P(1, size), Color.RED])
print(pickle.loads(data))
