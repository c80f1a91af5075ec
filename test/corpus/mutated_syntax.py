"""Pieces of the standard library, most of them broken, and what CPython says of each.

`{"seed", "count"}` in, a JSON list of `{"text", "error": text or null}` out. What the interpreter is too old for
(`type X = int`) is left out.
"""

import ast
import io
import json
import pathlib
import random
import re
import sys
import sysconfig
import tokenize
import warnings

WORDS = (
    "match case lambda await async yield return import from as in not is if else for while with try except finally raise "
    "del global nonlocal pass break continue assert class def * ** = := : , ( ) [ ] { } . -> @ += == != ~ ... ; 0777 1_ "
    "0b2 1e 1L print exec 'a' f'{x}' b'a' '\\x1' int <> `x` None True _ $ ? !"
).split() + ["\\\n", "\n", "    ", "#c\n"]
BREAKS = ["\n", "\n", "\n\n", "\n    ", "\n#c\n", " # c\n"]
CHARACTERS = "()[]{}:,.=+-*/%@!~^&|<>\"'\\#\n\t 0aé\u00a0\f;"

TOO_NEW = re.compile(r"^\s*type\s+\w+\s*(?:\[.*\]\s*)?=" if sys.version_info < (3, 12) else r"\Z.", re.MULTILINE)


def files():
    folder = pathlib.Path(sysconfig.get_paths()["stdlib"])
    return sorted(file for file in folder.rglob("*.py") if "site-packages" not in file.parts)


def piece(pick, paths, parsed):
    """One to three neighbouring statements, not too long."""
    while True:
        path = pick.choice(paths)
        if path not in parsed:
            try:
                text = path.read_text(encoding="utf-8")
                parsed[path] = (text.split("\n"), ast.parse(text).body)
            except (SyntaxError, ValueError):
                parsed[path] = ([], [])
        lines, body = parsed[path]
        body = [each for each in body if each.end_lineno - each.lineno < 40]
        if not body:
            continue
        first = pick.randrange(len(body))
        chosen = body[first : first + pick.randint(1, 3)]
        start = min(each.lineno for each in [chosen[0], *getattr(chosen[0], "decorator_list", [])])
        return "\n".join(lines[start - 1 : chosen[-1].end_lineno]) + "\n"


def tokens(text):
    starts = [0]
    for line in text.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    try:
        found = list(tokenize.generate_tokens(io.StringIO(text).readline))
    except (SyntaxError, tokenize.TokenError):
        return []
    return [
        (starts[each.start[0] - 1] + each.start[1], starts[each.end[0] - 1] + each.end[1])
        for each in found
        if each.string.strip()
    ]


def mutated(pick, text):
    places = tokens(text)
    if not places:
        return text
    start, end = pick.choice(places)
    other = text[slice(*pick.choice(places))]
    lines = text.splitlines(keepends=True)
    at = pick.randrange(len(lines))
    how = pick.randrange(10)
    if how == 0:
        return text[:start] + text[end:]
    if how == 1:
        return text[:end] + " " + text[start:end] + text[end:]
    if how == 2:
        return text[:start] + (pick.choice(WORDS) if pick.random() < 0.5 else other) + text[end:]
    if how in (3, 4):
        return text[:start] + (pick.choice(WORDS) if pick.random() < 0.7 else other) + " " + text[start:]
    if how in (5, 6):
        return text[:end] + pick.choice(BREAKS) + text[end:]
    if how == 7:
        return "".join(lines[:at] + lines[at + 1 :])
    if how == 8:
        line = lines[at]
        lines[at] = pick.choice(["  " + line, "    " + line, line.lstrip(" "), "\t" + line, line[2:] or "\n"])
        return "".join(lines)
    spot = pick.randrange(len(text))
    return text[:spot] + pick.choice(CHARACTERS) + text[spot + pick.randint(0, 1) :]


def error(text):
    try:
        compile(text, "<text>", "exec", ast.PyCF_ALLOW_TOP_LEVEL_AWAIT, dont_inherit=True)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as found:
        return f"{type(found).__name__}: {found}"
    return None


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    wanted = json.load(sys.stdin)
    pick = random.Random(wanted["seed"])
    paths, parsed, answer = files(), {}, []
    for _ in range(wanted["count"]):
        text = piece(pick, paths, parsed)
        for _ in range(pick.choice([1, 1, 1, 2])):
            text = mutated(pick, text)
        if TOO_NEW.search(text) is None:
            answer.append({"text": text, "error": error(text)})
    json.dump(answer, sys.stdout)
