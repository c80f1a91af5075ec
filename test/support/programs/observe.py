"""Runs a program and writes its final values: `observe.py OUT.json FUNCTIONS.json PROGRAM` or `... -m PACKAGE`.

FUNCTIONS.json names, per file, the functions into which a refactoring has put the original's statements; at their end, their
variables and the attributes of their object are taken down, as the module's are at the end of the run. What was taken down
last under a name is that name's final value, and is digested when all is over.
"""

import ast
import builtins
import importlib.machinery
import json
import os
import re
import runpy
import sys
import types

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from digest import digest_of

sys.path.pop(0)
LAST = {}
#: The last names of all functions that hold statements of the original.
STAGES = set()
#: What Python and IPython keep in a module for themselves: the text and the values of cells, and the like.
IPYTHONS = re.compile(r"__|_i*\d*\Z|_+\Z|_[iod]h\Z|(?:In|Out|exit|quit|open|_exit_code)\Z")


def take(names, handed=()):
    """Takes variables down; those that were only handed on have been, by the stage that bound them last."""
    for name, value in list(names.items()):
        if name in handed and name in LAST:
            continue
        if name in {"self", "pipeline", "this_pipeline", "the_pipeline", "state"} and hasattr(value, "__dict__"):
            LAST.update(vars(value))
        elif not IPYTHONS.match(name):
            LAST[name] = value


def instrumented(source, path, functions):
    """The tree of a module in which the functions of these names take their variables down when they end."""
    tree = ast.parse(source)

    def visit(node, prefix):
        for child in ast.iter_child_nodes(node):
            if isinstance(child, (ast.FunctionDef, ast.ClassDef)):
                if isinstance(child, ast.FunctionDef) and f"{prefix}{child.name}" in functions:
                    observe(child)
                visit(child, f"{prefix}{child.name}.")
            elif isinstance(child, ast.stmt):
                visit(child, prefix)

    visit(tree, "")
    return compile(ast.fix_missing_locations(tree), path, "exec", dont_inherit=True)


def observe(node):
    handed = handed_on(node)
    taking = ast.parse(f"__builtins_take__(locals(), {handed!r})").body
    node.body = [ast.Try(body=node.body, handlers=[], orelse=[], finalbody=taking)]


def handed_on(node):
    """The names that a function only gets from stages."""
    own, handed = set(), set()
    for each in ast.walk(node):
        if not isinstance(each, ast.Assign):
            if isinstance(each, (ast.stmt, ast.comprehension, ast.NamedExpr, ast.ExceptHandler)):
                targets = [getattr(each, "target", None), *(item.optional_vars for item in getattr(each, "items", []))]
                own.update(names_in(target) for target in targets if target)
            continue
        called = getattr(each.value, "func", None)
        is_stage = (getattr(called, "attr", None) or getattr(called, "id", None)) in STAGES
        for target in each.targets:
            (handed if is_stage else own).add(names_in(target))
    return set().union(*handed) - set().union(*own)


def names_in(target):
    return frozenset(each.id for each in ast.walk(target) if isinstance(each, ast.Name))


def install(wanted):
    """Instruments modules as they are imported."""

    class Loader(importlib.machinery.SourceFileLoader):
        def source_to_code(self, data, path, **options):
            functions = wanted.get(os.path.realpath(path))
            if functions:
                return instrumented(data, path, functions)
            return super().source_to_code(data, path, **options)

    sys.dont_write_bytecode = True
    hook = importlib.machinery.FileFinder.path_hook((Loader, importlib.machinery.SOURCE_SUFFIXES))

    def only_here(path):
        # The rest of the world is found and loaded as ever.
        if not any(os.path.dirname(file) == os.path.realpath(path or ".") for file in wanted):
            raise ImportError
        return hook(path)

    sys.path_hooks.insert(0, only_here)
    sys.path_importer_cache.clear()


def run_script(path, wanted):
    sys.argv = [path]
    sys.path[0] = os.path.dirname(os.path.abspath(path))
    module = types.ModuleType("__main__")
    module.__dict__.update(__file__=path, __builtins__=builtins)
    sys.modules["__main__"] = module
    with open(path, "rb") as file:
        code = instrumented(file.read(), path, wanted.get(os.path.realpath(path), ()))
    try:
        exec(code, module.__dict__)
    finally:
        stages = dict(LAST)
        take(module.__dict__)
        LAST.update(stages)


def run_notebook(path):
    runner = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "run_notebook.py")
    sys.argv = [runner, path]
    try:
        runpy.run_path(runner, run_name="__main__")
    finally:
        from IPython.core.interactiveshell import InteractiveShell

        stages = dict(LAST)
        take(InteractiveShell.instance().user_ns)
        LAST.update(stages)


def run_package(package):
    try:
        runpy.run_module(package, run_name="__main__", alter_sys=True)
    finally:
        stages = dict(LAST)
        for name, module in list(sys.modules.items()):
            if name.startswith(f"{package}.") and not name.endswith(".__main__"):
                take(module.__dict__)
        LAST.update(stages)


def main(out, functions, *program):
    with open(functions, encoding="utf-8") as file:
        wanted = {os.path.realpath(name): set(names) for name, names in json.load(file).items()}
    STAGES.update(name.rpartition(".")[2] for names in wanted.values() for name in names)
    builtins.__builtins_take__ = take
    install(wanted)
    status = 0
    try:
        if program[0] == "-m":
            sys.argv = ["-m"]
            sys.path[0] = ""
            run_package(program[1])
        elif program[0].endswith(".ipynb"):
            run_notebook(program[0])
        else:
            run_script(program[0], wanted)
    except SystemExit as error:
        status = error.code
    finally:
        digests = {}
        for name, value in LAST.items():
            try:
                digests[name] = digest_of(value)
            except Exception as error:
                digests[name] = f"opaque {type(error).__name__}"
        with open(out, "w", encoding="utf-8") as file:
            json.dump({name: text for name, text in digests.items() if not text.startswith("opaque")}, file)
    sys.exit(status)


main(*sys.argv[1:])
