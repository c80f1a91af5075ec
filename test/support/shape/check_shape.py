"""Whether a result has the shape of production code: JSON in, JSON out.

In: `{"before": folder, "after": folder, "input": program, "written": [paths], "modules": [[folder, module, path]]}`; paths
relative to their folder, `modules` what is to be imported (the folder to put on `sys.path`, relative to `after`).
Out: `{"problems": [text], "running": n, "staged": n, "largest": n, "statements": n, "left": [text],
"functions": {file: [names]}}`.

What is counted: *running* statements are the original's top-level statements without imports (also in `try` and `if`),
definitions, docstrings, `NAME = literal`, the guard, magics and shell lines, and what has to precede an import. One is *staged* if it is found again in a function
that the original did not have. `largest` is how many of them the fullest function holds.
"""

import ast
import json
import os
import re
import subprocess
import sys
import warnings

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from phases import phases_of
from statements import (
    DEFINITIONS, GUARD, has_escape, is_constant, is_guard, is_import, is_literal, is_text, print_of, read_program, trace,
)

IMPORTER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "import_quietly.py")
DYNAMIC = {"exec", "eval", "compile", "globals", "locals", "vars", "__import__"}
DYNAMIC_MODULES = {"runpy", "code", "codeop"}
#: Calls that define a type or a logger and do nothing else.
DEFINING = {"TypeVar", "NewType", "ParamSpec", "namedtuple", "NamedTuple", "TypedDict", "getLogger"}


def main():
    request = json.load(sys.stdin)
    before, after = request["before"], request["after"]
    original = read_program(os.path.join(before, request["input"]))
    programs = [name for name in request["written"] if name.endswith((".py", ".ipynb"))]
    problems, results = [], []
    for name in programs:
        try:
            results.append((name, read_program(os.path.join(after, name))))
        except (SyntaxError, ValueError) as error:
            problems.append(f"{name} does not compile: {error}")
    if sum(([print_of(tree) for tree in trees] for _, trees in results), []) == [print_of(tree) for tree in original]:
        problems.append("the program's text is what it was")
    authored = {print_of(node) for tree in trees_below(before) for node in tree.body}
    allowed, preceding = {}, set()
    for name, trees in results:
        if name.endswith(".py") and not is_test(name):
            allowed[name], odd = module_level(trees[0], authored, precedes_all(name) or is_copy(name, trees[0], authored, before))
            preceding |= {print_of(node) for node in trees[0].body if node.lineno in allowed[name]}
            problems += [f"{name}:{node.lineno} stands at module level: {first_line(node)}" for node in odd]
        elif name.endswith(".ipynb"):
            problems += [f"{name}: a cell still holds {first_line(node)}" for tree in trees for node in tree.body if is_block(node)]
    problems += dynamic_problems(trees_below(before), results)
    traced = trace(original, [(name, trees) for name, trees in results if not is_test(name)])
    # What has to precede an import is no stage's.
    traced = [(node, function) for node, function in traced if function or print_of(node) not in preceding]
    problems += balance_problems(original, traced)
    problems += import_problems(after, request["modules"], allowed)
    staged = [function for _, function in traced if function]
    left = [f"{'module level' if function is None else 'not found'}: {first_line(node)}" for node, function in traced if not function]
    largest = max((staged.count(function) for function in set(staged)), default=0)
    count = sum(len(tree.body) for tree in original)
    figures = {"running": len(traced), "staged": len(staged), "largest": largest, "statements": count, "left": left}
    functions = {}
    for function in sorted(set(staged)):
        name, _, inner = function.partition(":")
        functions.setdefault(name, []).append(inner)
    json.dump({"problems": problems, **figures, "functions": functions}, sys.stdout)


def trees_below(folder):
    """All programs of the author's: what is in them was not written by Graduate."""
    for root, _, names in os.walk(folder):
        for name in names:
            if name.endswith((".py", ".ipynb")):
                try:
                    yield from read_program(os.path.join(root, name))
                except (SyntaxError, ValueError):
                    # A file that is no Python 3 has nothing to compare with.
                    continue


def is_test(name):
    return name.startswith("tests/") or "/tests/" in name or name.split("/")[-1].startswith("test_")


def is_block(node):
    """Loops, definitions and the like are nothing that a converted notebook's cells have, unless IPython has to run them."""
    blocks = (*DEFINITIONS, ast.For, ast.While, ast.With, ast.Try, ast.AsyncFor, ast.AsyncWith)
    return isinstance(node, blocks) and not has_escape(node) and not is_import(node)


def first_line(node):
    return ast.unparse(node).splitlines()[0][:100]


def precedes_all(name):
    """What stands in a package's own module comes before the imports of all its modules."""
    return re.search(r"(?:^|/)src/[^/]+/__init__\.py$", name) is not None


def is_copy(name, tree, authored, before):
    """A module of the author's that the package takes along: but for its imports it is what it was."""
    modules = {each for _, _, names in os.walk(before) for each in names}
    return os.path.basename(name) in modules and all(is_import(node) or print_of(node) in authored for node in tree.body)


def module_level(tree, authored, may_have_effects=False):
    """The lines of the author's effects that precede an import, and the statements that have no place at module level."""
    imports = [node.lineno for node in tree.body if is_import(node)]
    lines, odd = set(), []
    for node in tree.body:
        if isinstance(node, DEFINITIONS) or is_import(node) or is_constant(node) or is_text(node) or is_guard(node):
            continue
        if type(node).__name__ == "TypeAlias" or isinstance(node, ast.Pass) or is_definition(node):
            continue
        if isinstance(node, ast.If) and not node.orelse and GUARD.match(first_line(node)):
            continue
        precedes_import = may_have_effects or (imports and node.lineno < imports[-1])
        if print_of(node) in authored and precedes_import:
            lines |= set(range(node.lineno, node.end_lineno + 1))
            continue
        odd.append(node)
    return lines, odd


def is_definition(node):
    """`T = TypeVar("T")`, `logger = logging.getLogger(__name__)`, `Vector = list[float]`."""
    value = node.value if isinstance(node, (ast.Assign, ast.AnnAssign)) else None
    if isinstance(value, ast.Call):
        name = value.func.attr if isinstance(value.func, ast.Attribute) else getattr(value.func, "id", "")
        return name in DEFINING
    return isinstance(value, ast.Subscript) and not any(isinstance(child, ast.Call) for child in ast.walk(value))


def dynamic_problems(before, results):
    """What looks at or runs code at run time, more often than the author has it."""

    def count(trees):
        found = {}
        for tree in trees:
            for node in ast.walk(tree):
                names = []
                if isinstance(node, ast.Name) and node.id in DYNAMIC:
                    names = [node.id]
                elif isinstance(node, ast.Attribute) and getattr(node.value, "id", "") in {"builtins", "__builtins__"}:
                    names = [node.attr] if node.attr in DYNAMIC else []
                elif isinstance(node, ast.Import):
                    names = [alias.name for alias in node.names if alias.name in DYNAMIC_MODULES]
                elif isinstance(node, ast.ImportFrom) and node.module in DYNAMIC_MODULES:
                    names = [node.module]
                for name in names:
                    found[name] = found.get(name, 0) + 1
        return found

    own = count(before)
    made = count(tree for _, trees in results for tree in trees)
    return [f"{name} is used, which the author did not write" for name, n in made.items() if n > own.get(name, 0)]


def balance_problems(original, traced):
    """No function holds over half of the original's statements when there are two phases or more."""
    phases = set().union(*(phases_of(node) for node, _ in traced)) if traced else set()
    functions = [function for _, function in traced if function]
    statements = sum(len(tree.body) for tree in original)
    if len(phases) < 2:
        return []
    return [
        f"{function} holds {functions.count(function)} of {statements} statements, of phases {', '.join(sorted(phases))}"
        for function in sorted(set(functions))
        if functions.count(function) * 2 > statements
    ]


def import_problems(after, modules, allowed):
    problems = []
    for folder, module, path in modules:
        command = [sys.executable, IMPORTER, os.path.join(after, folder), module, os.path.join(after, path)]
        run = subprocess.run(command, cwd=after, capture_output=True, text=True, timeout=120)
        try:
            seen = json.loads(run.stdout)
        except ValueError:
            problems.append(f"importing {module} ended with {run.returncode}: {run.stderr[-300:]}")
            continue
        if seen["printed"]:
            problems.append(f"importing {module} prints {seen['printed'][:80]!r}")
        if seen["error"]:
            problems.append(f"importing {module} fails: {seen['error']}")
        for each in seen["events"]:
            if each["line"] not in allowed.get(path, ()):
                problems.append(f"importing {module}: {each['event']} {each['what']} (line {each['line']})")
    return problems


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    main()
