/** The same in which it must not, although it looks as if it could. */
export const REFUSED: Readonly<Record<string, string>> = {
  'bound after the call by a handler': `from json import loads
def show():
    print("start")
    return name

try:
    show()
except NameError:
    print("caught")
name = str(loads("1"))
print(show())
`,
  'read on some paths only, not bound then': `from json import loads
def show(full):
    return name if full else "short"

print(show(False))
name = str(loads("1"))
print(show(True))
`,
  'a caller that runs before': `from json import loads
def report():
    return show(False)

def show(full):
    return name if full else "short"

print(report())
name = str(loads("1"))
print(show(True), report())
`,
  'a function binds it through global': `from json import loads
count = loads("0")

def bump():
    global count
    count += 1
    return 0

def show(x):
    return count + x

print(show(bump()), show(1))
`,
  'it changes while the function runs': `from json import loads
level = loads("0")

def set_level(value):
    global level
    level = value

def work():
    before = level
    set_level(5)
    return before, level

print(work())
`,
  'used as a value': `from json import loads
step = loads("2")

def moved(x):
    return x + step

print(list(map(moved, [1, 2])))
`,
  'used as a value by an alias': `from json import loads
step = loads("2")

def moved(x):
    return x + step

shift = moved
print(shift(1), moved(2))
`,
  decorated: `from json import loads
import functools
step = loads("2")

@functools.lru_cache
def moved(x):
    return x + step

print(moved(1), moved(1))
`,
  'a generator, consumed when it is bound again': `from json import loads
step = loads("2")

def steps():
    for n in range(2):
        yield n + step

lazy = steps()
step = 100
print(list(lazy))
`,
  'a generator, bound once': `from json import loads
step = loads("2")

def steps():
    for n in range(2):
        yield n + step

print(list(steps()))
`,
  async: `from json import loads
import asyncio
step = loads("2")

async def moved():
    await asyncio.sleep(0)
    return step

print(asyncio.run(moved()))
`,
  'captured by a closure, and bound again': `from json import loads
cut = loads("1")

def tester():
    return lambda x: x > cut

test = tester()
cut = 10
print(test(5), tester()(50))
`,
  'captured by a generator expression, and bound again': `from json import loads
cut = loads("1")

def larger(items):
    return (x for x in items if x > cut)

lazy = larger([1, 5, 20])
cut = 10
print(list(lazy), list(larger([11])))
`,
  'defined under a condition': `from json import loads
step = loads("2")
if step:
    def moved(x):
        return x + step
else:
    def moved(x):
        return x
print(moved(1))
`,
  'defined in a loop': `from json import loads
step = loads("2")
for k in range(2):
    def moved(x):
        return x + step + k
    print(moved(1))
`,
  'defined twice': `from json import loads
step = loads("2")

def moved(x):
    return x + step

print(moved(1))

def moved(x):
    return x - step

print(moved(1))
`,
  'called with star arguments': `from json import loads
step = loads("2")

def moved(x, y=0):
    return x + y + step

print(moved(*[1, 2]))
`,
  'called with double star arguments': `from json import loads
step = loads("2")

def moved(x, **more):
    return x + step + len(more)

print(moved(1, **{"step": 4}))
`,
  'given a keyword of the name already': `from json import loads
step = loads("2")

def moved(x, **more):
    return x + step + len(more)

print(moved(1, step=4))
`,
  'another variable of the name at the call': `from json import loads
step = loads("2")

def moved(x):
    return x + step

def use():
    step = 50
    return moved(step)

print(use())
`,
  'a class attribute of the name at the call': `from json import loads
step = loads("2")

def moved(x):
    return x + step

class Thing:
    step = 50
    value = moved(1)

print(Thing.value)
`,
  'a comprehension variable of the name at the call': `from json import loads
step = loads("2")

def moved(x):
    return x + step

print([moved(step) for step in (1, 2)])
`,
  'the text of the call is printed': `from json import loads
step = loads("2")

def moved(x):
    return x + step

print(f"{moved(1)=}")
`,
  'a generator stands alone in the call': `from json import loads
step = loads("2")

def total(items):
    return sum(items) + step

print(total(x for x in range(3)))
`,
  'found by its name': `from json import loads
step = loads("2")

def moved(x):
    return x + step

print(globals()["moved"](1), moved(2))
`,
  'run from a text': `from json import loads
step = loads("2")

def moved(x):
    return x + step

print(eval("moved(3)"), moved(2))
`,
  'timed from a text': `from json import loads
import timeit
step = loads("2")

def moved(x):
    return x + step

timeit.timeit("moved(1)", setup="from __main__ import moved", number=1)
print(moved(2))
`,
  'called in a query': `from json import loads
import pandas as pd
step = loads("2")

def moved(x):
    return x + step

print(len(pd.DataFrame({"a": [1, 5]}).query("a > @moved(1)")), moved(2))
`,
  'the variable is deleted': `from json import loads
step = loads("2")

def moved(x):
    return x + step if x else 0

print(moved(1))
del step
print(moved(0))
`,
  'rebound through the module': `from json import loads
import sys
step = loads("2")

def moved(x):
    return x + step

def change():
    sys.modules["__main__"].step = 9
    return 1

print(moved(change()), moved(1))
`,
  'rebound through globals': `from json import loads
step = loads("2")

def moved(x):
    globals()["step"] = 7
    return x + step

print(moved(1))
`,
  'rebound by exec': `from json import loads
step = loads("2")

def moved(x):
    return x + step

exec("step = 30")
print(moved(1))
`,
  'a star import below': `from json import loads
step = loads("2")

def moved(x):
    return x + step

from math import *
print(moved(1))
`,
  'prints its own names': `from json import loads
step = loads("2")

def moved(x):
    y = x + step
    return sorted(locals())

print(moved(1))
`,
  'prints its signature': `from json import loads
import inspect
step = loads("2")

def moved(x):
    return x + step

print(inspect.signature(moved), moved(1))
`,
  'reads its own source': `from json import loads
step = loads("2")

def moved(x):
    return x + step

print(moved(1))
print(open(__file__).read().count("step"))
`,
  'a binding that with may swallow': `from json import loads
import contextlib

def show(full):
    return name if full else "short"

with contextlib.suppress(ValueError):
    name = str(int(loads('"x"')))
print(show(False))
`,
  'a binding that try may skip': `from json import loads
def show(full):
    return name if full else "short"

try:
    name = str(int(loads('"x"')))
except ValueError:
    pass
print(show(False))
`,
  'the call stands in a finally': `from json import loads
def show(full):
    return name if full else "short"

try:
    try:
        name = str(int(loads('"x"')))
    finally:
        print(show(False))
except ValueError:
    print("caught")
`,
  'a walrus that may be skipped': `from json import loads
def show(full):
    return name if full else "short"

ready = False and (name := str(loads("1")))
print(show(False), ready)
`,
  'a loop that may run zero times': `def show(full):
    return name if full else "short"

for name in []:
    pass
print(show(False))
`,
  'a method': `from json import loads
step = loads("2")

class Thing:
    def moved(self, x):
        return x + step

print(Thing().moved(1))
`,
  'nobody calls it': `from json import loads
step = loads("2")

def moved(x):
    return x + step

print(step)
`,
  'a module for others': `from json import loads
step = loads("2")

def moved(x):
    return x + step

OTHER = moved(1)
`,
  exported: `__all__ = ["moved"]
from json import loads
step = loads("2")

def moved(x):
    return x + step

print(moved(1))
`,
  'a wrong call that is caught': `from json import loads
step = loads("2")

def moved(x):
    return x + step

try:
    moved()
except TypeError as error:
    print(error)
print(moved(1))
`,
  'a caller that may run any time, and bound again': `from json import loads
step = loads("2")

def moved(x):
    return x + step

def use():
    return moved(1)

print(use())
step = 9
print(use())
`,
  'a magic of its own namespace': `# %%
import json
step = json.loads("2")
def moved(x):
    return x + step
# %%
%%timeit -n1 -r1
step = 5
moved(1)
# %%
print(moved(1))
`,
  'a shell line names it': `# %%
import json
step = json.loads("2")
def moved(x):
    return x + step
# %%
!echo {moved(1)}
print(moved(2))
`,
  'prints the history': `# %%
import json
step = json.loads("2")
def moved(x):
    return x + step
# %%
print(moved(1))
print(In[2])
`,
  'a decorated caller that runs at once': `from json import loads
def now(f):
    print(f())
    return f

def show(full):
    return name if full else "short"

@now
def report():
    return show(False)

name = str(loads("1"))
print(show(True))
`,
  'a doctest calls it': `from json import loads
import doctest
step = loads("2")

def moved(x):
    """
    >>> moved(1)
    3
    """
    return x + step

print(doctest.testmod().failed, moved(1))
`,
  'other processes import it anew': `from json import loads
import multiprocessing

def moved(x):
    return x + step if x else 0

def work(x):
    return moved(x)

if __name__ == "__main__":
    step = loads("2")
    with multiprocessing.Pool(1) as pool:
        print(pool.map(work, [0]))
    print(moved(1))
`,
  'a generator of the module binds it while the function runs': `from json import loads
step = loads("2")
lazy = ((step := v) for v in [5, 6])

def total(items):
    return [(item, step) for item in items]

print(total(lazy))
`,
  'a base class runs a method when a class is made': `from json import loads

class Base:
    def __init_subclass__(cls):
        print(cls().run())

def show(full):
    return name if full else "short"

class Derived(Base):
    def run(self):
        return show(False)

name = str(loads("1"))
print(show(True))
`,
  'a descriptor runs a function in a class body': `from json import loads

def show(full):
    return name if full else "short"

class Field:
    def __set_name__(self, owner, attribute):
        print(attribute, show(False))

class Record:
    size = Field()

name = str(loads("1"))
print(show(True))
`,
  'a function that another one makes': `from json import loads

def setup():
    global later
    def later():
        return show(False)

def show(full):
    return name if full else "short"

setup()
print(later())
name = str(loads("1"))
print(show(True))
`,
  'a destructor calls it': `from json import loads
step = loads("2")

def moved(x):
    return x + step

class Thing:
    def __del__(self):
        print(moved(1))

thing = Thing()
`,
  'bound in a branch only': `from json import loads
import sys

def show(full):
    return name if full else "short"

if len(sys.argv) > 5:
    name = str(loads("1"))
print(show(False))
`,
  'bound by the first of two functions that call each other': `from json import loads

def ping(n):
    return pong(n - 1) if n else show(False)

def pong(n):
    return ping(n)

def show(full):
    return name if full else "short"

print(pong(2))
name = str(loads("1"))
print(show(True))
`,
};
