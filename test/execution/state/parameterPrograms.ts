/**
 * Programs whose functions read a variable of the module that can become a parameter, by what is special about them. A
 * `# %%` line makes a notebook.
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
