/** Programs whose functions print; logged as bare lines on standard output, the text must be the same. */
export const PRINTING_PROGRAMS: Readonly<Record<string, string>> = {
  'values and separators': `
def show(rows, name):
    print("rows", len(rows))
    print("rows", rows, "of", name)
    print(rows)
    print(rows, name, sep=", ")
    print(name, "is", rows, sep="")
    print("a", "b")
    print("a", 'b', "it's", sep="-")
    print("100%")
    print("100%", rows)
    print(50, "% of", name, "%s", "%(x)s")
    print("tab", 1, sep="\\t")
    print("line", 2, sep="\\n", end="\\n", flush=True)
    print({"a": 1})
    print("dict:", {"a": 1})
    print((1, 2))
    print("tuple", (1, 2), ())
    print(None, True, 1.50, 1e-9)
    print("=" * 20)
    print("x" if rows else "y")


show([1, 2], "file")
show((), 3)
`,
  'f-strings': `
def show(epoch, loss, name, rows):
    print(f"epoch {epoch}: loss {loss:.4f}")
    print(f"{name!r} {name!s} {name!a}")
    print(f"{{braces}} {epoch} 100%")
    print(f"{{braces}} 100%")
    print(f"{loss:>12.3e}|{name:>10}|{name:<10}|{epoch:05d}|{epoch:,}")
    print(f"{epoch=} {loss = }")
    print(f'{rows["k"]} and {len(rows)} and {len(rows):3d} {float(loss):8.2f}')
    print(f"{loss:.{epoch}f}")
    print(f"{(epoch, loss)} {epoch + 1}, {(epoch * 2)}")
    print(f"{ {'a': 1}['a'] }", "then", f"{epoch}", 'plain')
    print("plain", f"{epoch}/{len(rows)}", "%", name)
    print("part one, " f"part {epoch} " 'and three 5%')
    print(
        "several lines,"
        f" {name} of {epoch}",
        loss,
    )
    print(f"""three
lines {name}
""")
    print(r"raw \\d {x}", rf"\\w{epoch}")
    print(f"{'nested'} {epoch if epoch > 2 else 'small'}")
    for i in range(2):
        print(f"step {i} of {2:d}")
    for i, key in enumerate(rows):
        print(f"{i}: {key} {i:d}")


class Odd:
    def __str__(self):
        return "str"

    def __repr__(self):
        return "repr"

    def __format__(self, spec):
        return f"format<{spec}>"


show(3, 0.123456, "näme", {"k": [1]})
show(4, 2.5, "üé", {"k": Odd()})


def odd(value):
    print(f"{value} {value:x} {value!r}")
    print("odd", value, [value])


odd(Odd())
`,
  'old formats': `
def show(name, count):
    print("%s has %d" % (name, count))
    print("%s has %5.1f%%" % (name, count,))
    print("%s" % name)
    print("%d rows" % len(name))
    print("%(a)s" % {"a": name})
    print("{} has {}".format(name, count))
    print("%s" % (name,), count)


show("x", 3)
show(("a",), 4)
`,
  'comments and layout': `
def show(a, b):
    print(  # what
        a,  # the first
        "and",
        (b),  # the second
        sep=" | ",  # apart
    )
    print((a), (b))
    print(
        a, b,
        sep="",
    )
    print("a", a, flush=False)  # behind
    if a: print("one line", b); c = 1
    [print("item", i) for i in (a, b)]
    (lambda: print("lambda", a))()
    done = print("value") or "none"
    print(done)


show(1, "x")
`,
  'numpy and its like': `
import decimal
import datetime
import enum
import pathlib


class Colour(str, enum.Enum):
    RED = "r"


def show(values):
    for value in values:
        print(f"value {value}")
        print("value", value)
        print(value, f"{value}")


show([decimal.Decimal("1.10"), datetime.date(2024, 1, 2), Colour.RED, pathlib.Path("a/b"), 1 + 2j, b"x", [1.0]])
`,
  'a docstring, a future import and no other imports': `#!/usr/bin/env python
# -*- coding: utf-8 -*-
"""What it does."""
from __future__ import annotations


def show(n):
    print("n is", n)


show(1)
`,
  'its own logger': `import logging as lg
import sys

LOG = lg.getLogger("mine")


def show(n):
    logger = n
    print("n is", logger)


show(1)
`,
  'a logger by another name': `from logging import getLogger

logger = 5


def show(n):
    print("n is", n, logger)


show(1)
`,
};

/** Programs with NumPy and PyTorch, whose values have formats of their own. */
export const ARRAY_PROGRAM = `import numpy as np
import torch


def show(values):
    for value in values:
        print(f"value {value}")
        print("value", value, sep=": ")
        print(f"{value} of", len(values))


show([torch.tensor(0.5), torch.tensor([1.0, 2.0]), np.float32(0.1), np.arange(3), np.float64(2)])


def train(epochs):
    total = 0.0
    for epoch in range(epochs):
        loss = torch.tensor(1 / (epoch + 1))
        total += 0.25
        print(f"epoch {epoch + 1}/{epochs}: {loss:.3f}, {loss.item():.5f} {total:.2f}")


train(3)
`;

export interface HandlerProgram {
  readonly rule: string;
  readonly program: string;
  /** What the program does after the fix: its exit status, and what its streams hold. */
  readonly status: number;
  readonly stdout: RegExp;
  readonly stderr: RegExp;
}

/** Programs with one handler that a fix changes. */
export const HANDLER_PROGRAMS: Readonly<Record<string, HandlerProgram>> = {
  'a dropped exception is logged and raised': {
    rule: 'swallowed-exception',
    program: `def read(path):
    try:
        with open(path) as stream:
            return stream.read()
    except OSError:
        return ""


try:
    seen = repr(read("missing"))
except FileNotFoundError as error:
    seen = type(error).__name__
print("caller sees", seen)
`,
    status: 0,
    stdout: /^caller sees FileNotFoundError\n$/,
    stderr: /read failed\nTraceback[\s\S]*FileNotFoundError/,
  },
  'a loop that skipped': {
    rule: 'swallowed-exception',
    program: `import json

def read(paths):
    found = []
    for path in paths:
        try:
            found.append(json.load(open(path)))
        except (OSError, ValueError): continue  # next
    return found

print(read(["a.json"]))
`,
    status: 1,
    stdout: /^$/,
    stderr: /read failed\nTraceback[\s\S]*Traceback[\s\S]*FileNotFoundError/,
  },
  'a pass behind a print': {
    rule: 'swallowed-exception',
    program: `import sys
def note(path):
    try:
        open(path, "w").write("x")
    except Exception as error:
        print("no note")  # shown

try:
    note("no/such/folder")
except OSError:
    seen = True
print("seen", seen)
`,
    status: 0,
    stdout: /^no note\nseen True\n$/,
    stderr: /note failed\nTraceback/,
  },
  'a pass in a line': {
    rule: 'swallowed-exception',
    program: `def note(path):
\ttry: open(path).read()
\texcept OSError: pass
note("no/such/folder")
`,
    status: 1,
    stdout: /^$/,
    stderr: /note failed\nTraceback/,
  },
  'a handler that catches less, and still catches that': {
    rule: 'broad-except',
    program: `import json

def settings(path):
    try:
        with open(path) as stream:
            return json.load(stream)["a"]
    except Exception as error:
        return type(error).__name__

open("bad.json", "w").write("{")
open("empty.json", "w").write("{}")
print(settings("missing.json"), settings("bad.json"), settings("empty.json"))
settings(5.5)
`,
    status: 1,
    stdout: /^FileNotFoundError JSONDecodeError KeyError\n$/,
    stderr: /TypeError/,
  },
  'a bare except gets a class that is imported for it': {
    rule: 'broad-except',
    program: `"""Loads."""
from json import loads

def parse(text):
    try:
        return loads(text)
    except:
        return None

print(parse("{"), parse("1"))
parse(undefined_name)
`,
    status: 1,
    stdout: /^None 1\n$/,
    stderr: /NameError/,
  },
  'a parser of rows': {
    rule: 'broad-except',
    program: `def parse(row):
    try:
        return [float(x) for x in row.split(",")]
    except:
        return []

print(parse("1,2"), parse("a"), parse(""))
parse(None)
`,
    status: 1,
    stdout: /^\[1\.0, 2\.0\] \[\] \[\]\n$/,
    stderr: /AttributeError/,
  },
  'an error with its traceback': {
    rule: 'lost-traceback',
    program: `import logging

logger = logging.getLogger(__name__)

def save(path):
    try:
        open(path, "w").close()
    except OSError as error:
        logger.error("could not save %s: %s", path, error)

save("no/such")
print("goes on")
`,
    status: 0,
    stdout: /^goes on\n$/,
    stderr: /could not save no\/such: .*\nTraceback[\s\S]*FileNotFoundError/,
  },
  'a warning keeps its level': {
    rule: 'lost-traceback',
    program: `import logging

logging.basicConfig(format="%(levelname)s %(message)s")

def save(path):
    try:
        open(path, "w").close()
    except OSError as error:
        logging.warning(
            "could not save %s: %s",
            path,
            error,
        )

save("no/such")
`,
    status: 0,
    stdout: /^$/,
    stderr: /WARNING could not save no\/such: .*\nTraceback[\s\S]*FileNotFoundError/,
  },
  'a print becomes a log': {
    rule: 'lost-traceback',
    program: `import os


def save(path):
    try:
        os.mkdir(path)
    except OSError as error:
        print(f"could not save {path}:", error)

save("no/such")
print("goes on")
`,
    status: 0,
    stdout: /^goes on\n$/,
    stderr: /could not save no\/such: .*\nTraceback[\s\S]*FileNotFoundError/,
  },
};
