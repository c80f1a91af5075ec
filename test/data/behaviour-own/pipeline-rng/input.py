import random
import numpy as np
random.seed(3)
np.random.seed(3)
a = random.random()
b = np.random.rand(2)
print(a, b)
perm = np.random.permutation(5)
c = random.choice([1, 2, 3])
print(perm, c)
def draw():
    return np.random.rand()
print(draw(), random.random())
state = np.random.get_state()[1][:3]
print(state)
np.random.seed()
