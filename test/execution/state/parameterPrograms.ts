/**
 * Programs whose functions read a variable of the module, by what is special about them. A `# %%` line makes a
 * notebook. In the first lot a parameter can be added, in the second it must not.
 */
export const DONE: Readonly<Record<string, string>> = {
  'one call below': `import json
rows = json.loads("[3, 1, 2]")

def top():
    return max(rows)

print(top())
`,
  'a notebook, bound again between two calls': `# %%
import statistics
values = [1, 5, 9]
cutoff = 2
# %%
def above(items):
    return [v for v in items if v > cutoff]
# %%
print(above(values))
# %%
cutoff = statistics.mean(values)
print(above(values))
# %%
cutoff += 3
print(above(values), above([cutoff + 1]))
`,
  'a loop variable of the module': `import math

def scaled(x):
    return math.floor(x * factor)

for factor in [0.5, 2.5]:
    print(scaled(10), scaled(3))
`,
  'defaults, keywords and keyword-only parameters': `from json import loads
base = loads("4")

def plus(a, b=10, *, c=100):
    return a + b + c + base

print(plus(1), plus(1, 2), plus(a=1, c=3), plus(b=0, a=9))
`,
  'star parameters': `from json import loads
base = loads("4")

def total(*numbers, **named):
    return sum(numbers) + sum(named.values()) + base

print(total(), total(1, 2), total(1, x=5))
`,
  'named rest alone': `from json import loads
base = loads("4")

def total(a, **named):
    return a + sum(named.values()) + base

print(total(1), total(1, x=5))
`,
  'positional-only parameters': `from json import loads
base = loads("4")

def add(a, b, /):
    return a + b + base

print(add(1, 2))
`,
  'positional-only with a trailing comma': `from json import loads
base = loads("4")

def add(a, /,):
    return a + base

print(add(1,))
`,
  'lists over several lines with comments': `from json import loads
base = loads("4")

def add(
    a,  # the first
    b,  # the second, with a ) in the comment
):
    """Adds."""
    return a + b + base

print(
    add(
        1,
        2,  # two, and a )
    )
)
print(add(  # nothing follows
    (1), ((2))  # last
))
`,
  'no parameters, comments in the brackets': `from json import loads
base = loads("4")

def show(  # nothing
):
    return base

print(show(  # nothing
))
print(show( ))
`,
  'annotations and a return type': `from json import loads
base = loads("4")

def add(a: "int" = (3), *, b: int = 2) -> "int":
    return a + b + base

print(add(), add(1, b=5))
`,
  recursion: `from json import loads
limit = loads("3")

def count(n):
    if n >= limit:
        return [n]
    return [n] + count(n + 1)

print(count(0))
`,
  'a caller that is defined above the binding': `from json import loads
def report():
    return show() + "!"

def show():
    return name

name = "a" + str(loads("1"))
print(report())
`,
  'callers in a chain, the variable under the guard': `from json import loads
def inner(x):
    return x * scale

def outer(x):
    return inner(x) + inner(x + 1)

def main():
    print(outer(3))

if __name__ == "__main__":
    scale = loads("7")
    main()
`,
  'a method calls it': `from json import loads
class Report:
    def text(self):
        return line(3)

def line(n):
    return mark * n

mark = "=" * loads("1")
print(Report().text())
`,
  'a class body calls it': `from json import loads
mark = "=" * loads("1")

def line(n):
    return mark * n

class Page:
    rule = line(2)
    rules = [line(k) for k in (1, 2)]

print(Page.rule, Page.rules)
`,
  'a default value and a decorator argument call it': `from json import loads
step = loads("2")

def size():
    return step * 2

def tagged(n):
    def wrap(f):
        f.tag = n
        return f
    return wrap

@tagged(size())
def use(n=size()):
    return n

print(use(), use.tag)
`,
  'calls in comprehensions, lambdas and generators': `from json import loads
power = loads("2")

def raised(x):
    return x ** power

later = lambda x: raised(x) + 1
print([raised(x) for x in range(3)], later(4), sum(raised(x) for x in range(3)))
lazy = (raised(x) for x in range(3))
print(list(lazy))
`,
  'closures over a variable that is bound once': `from json import loads
offset = loads("5")

def shifted(items):
    def shift(x):
        return x + offset
    return [shift, lambda x: x - offset], [shift(x) for x in items]

functions, items = shifted([1, 2])
print(items, [f(0) for f in functions])
`,
  'calls inside calls': `from json import loads
unit = loads("3")

def times(x):
    return x * unit

print(times(times(times(1))), max(times(1), times(2)))
`,
  'calls in f-strings': `from json import loads
unit = loads("3")

def times(x):
    return x * unit

print(f"{times(2)} and {times(x=4):>{times(1)}}")
`,
  'the object is changed in place': `from json import loads
seen = loads('["a", "b"]')

def note(x):
    seen.append(x)
    return len(seen)

def size():
    return len(seen)

print(note("c"), size(), seen)
`,
  'the same name elsewhere': `from json import loads
weight = loads("2")

def scaled(x):
    return x * weight

def other(weight):
    return weight + 1

class Thing:
    weight = 9

print(scaled(1), other(5), Thing.weight, scaled(x=3))
`,
  'a local function shadows it': `from json import loads
weight = loads("2")

def scaled(x):
    return x * weight

def inner():
    def scaled(x):
        return x
    return scaled(8)

print(scaled(1), inner())
`,
  'errors leave as they did': `from json import loads
table = loads('{"a": 1}')

def look(key):
    return table[key]

try:
    look("b")
except KeyError as error:
    print("missing", error)
print(look("a"))
`,
  'exit status': `from json import loads
import sys
code = loads("3")

def leave():
    sys.exit(code)

print("before")
leave()
`,
  'conditional calls': `from json import loads
ready = bool(loads("1"))

def state():
    return "ready" if ready else "not"

print(state() if ready else None)
while state() == "ready":
    print("once")
    break
`,
  'a star import above both': `from math import *
import json
factor = json.loads("2")

def area(r):
    return floor(pi * r * factor)

print(area(1))
`,
  'unicode names': `from json import loads
größe = loads("3")

def fläche(a):
    return a * größe

print(fläche(2))
`,
  'several variables, one after the other': `from json import loads
low = loads("1")
high = loads("5")

def inside(x):
    return low < x < high

print([x for x in range(8) if inside(x)])
`,
  'tabs, semicolons and continuation lines': `from json import loads
low = loads("1"); high = loads("5")

def inside(x, \\
\t\ty):
\treturn low < x + y < high; pass

print(inside(1, \\
    2)); print(inside(9, 9))
`,
  'bound in every iteration before the call': `import json

def show():
    return record["k"]

for text in ['{"k": 1}', '{"k": 2}']:
    record = json.loads(text)
    print(show())
`,
  'with a file': `def first():
    return handle.readline().strip()

with open("x.txt", "w") as out:
    out.write("one\\ntwo\\n")
with open("x.txt") as handle:
    print(first())
    print(first())
`,
  'an augmented variable': `from json import loads
total = loads("0")
for n in range(4):
    total += n

def shown():
    return f"total={total}"

print(shown())
`,
  unpacked: `low, (mid, *rest) = [int(x) for x in "1"][0], [2, 3, 4]

def parts():
    return low, mid, rest

print(parts())
`,
  'random state is shared': `import random
rng = random.Random(7)

def draw(n):
    return [rng.random() for _ in range(n)]

print(draw(2), rng.random(), draw(1))
`,
  'a notebook with magics': `# %%
import json
rows = json.loads("[1, 2]")
# %%
def total(k):
    return sum(rows) * k
# %%
%time answer = total(2)
print(answer)
# %%
print(total(3))
total(4)
`,
  'a notebook, functions above the data': `# %%
def load():
    return [4, 5]
def total():
    return sum(rows)
def report():
    print("total", total())
# %%
rows = load()
# %%
report()
`,
  pandas: `from json import loads
import pandas as pd
frame = pd.DataFrame({"a": loads("[1, 2, 3]")}).assign(b=lambda d: d["a"] * 2)
frame = frame[frame["a"] > 1]

def share(column):
    return float((frame[column] > 2).mean())

print(share("a"), share(column="b"))
`,
  'numpy out of a function': `import numpy as np
rng = np.random.default_rng(0)
noise = rng.normal(size=3)

def noisy(x):
    return (x + noise).round(3).tolist()

print(noisy(np.zeros(3)))
`,
  'an async caller': `from json import loads
import asyncio
limit = loads("2")

def parts(n):
    return [n] * limit

async def main():
    await asyncio.sleep(0)
    return parts(5)

print(asyncio.run(main()))
`,
  'a generator caller': `from json import loads
limit = loads("2")

def parts(n):
    return [n] * limit

def walk():
    for n in range(3):
        yield parts(n)

print(list(walk()))
`,
  'a thread runs a caller': `from json import loads
import threading
limit = loads("2")
found = []

def parts(n):
    return [n] * limit

def work():
    found.append(parts(1))

thread = threading.Thread(target=work)
thread.start()
thread.join()
print(found)
`,
  'a callback and an exit handler are callers': `from json import loads
import atexit
limit = loads("2")

def parts(n):
    return [n] * limit

@atexit.register
def bye():
    print("bye", parts(9))

print(sorted([3, 1], key=lambda n: parts(n)))
`,
  'a class scope inside the function': `from json import loads
mark = "#" * loads("1")

def make():
    class Box:
        sign = mark
        def text(self):
            return mark + self.sign
    return Box().text()

print(make())
`,
  'a try around the calls': `import json
rows = json.loads("[1]")

def first():
    return rows[1]

try:
    print(first())
except IndexError:
    print("none")
finally:
    print(len(rows), "done")
`,
};

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
