"""Runs a generated package and checks that what its stages take and give is what their annotations say.

Usage: check_annotations.py PACKAGE [ARGUMENT ...], with the package where Python finds it. The package's own output goes
through. Ends with status 3 and a line on standard error for each wrong annotation.
"""

import functools
import importlib
import inspect
import pkgutil
import sys
import types
import typing

wrong = []


def fits(value, annotation):
    """Whether a value is an object of an annotated type; unknown forms fit."""
    if annotation in (typing.Any, inspect.Parameter.empty):
        return True
    if annotation in (None, type(None)):
        return value is None
    origin = typing.get_origin(annotation)
    if origin is tuple:
        parts = typing.get_args(annotation)
        if not isinstance(value, tuple):
            return False
        if parts[-1] is Ellipsis:
            return True
        return len(parts) == len(value) and all(map(fits, value, parts))
    if origin is list and typing.get_args(annotation) == (str,):
        return isinstance(value, list) and all(isinstance(each, str) for each in value)
    if isinstance(origin, type):
        return isinstance(value, origin)
    if annotation is int:
        return isinstance(value, int) and not isinstance(value, bool)
    if isinstance(annotation, type):
        return isinstance(value, annotation)
    return True


def checked(function, where):
    """The function with its arguments and its result looked at."""
    hints = typing.get_type_hints(function)
    parameters = list(inspect.signature(function).parameters)

    def look(name, value):
        if not fits(value, hints.get(name, typing.Any)):
            wrong.append(f"{where}: {name} is {type(value).__name__}, not {hints[name]}")

    @functools.wraps(function)
    def wrapper(*arguments, **keywords):
        for name, value in [*zip(parameters, arguments), *keywords.items()]:
            look(name, value)
        result = function(*arguments, **keywords)
        if not inspect.isawaitable(result):
            look("return", result)
        return result

    return wrapper


def main():
    package, sys.argv = sys.argv[1], sys.argv[1:]
    found = importlib.import_module(package)
    modules = [each.name for each in pkgutil.iter_modules(found.__path__)]
    calling = importlib.import_module(f"{package}.pipeline")
    for name in modules:
        if name in ("__main__", "pipeline"):
            continue
        module = importlib.import_module(f"{package}.{name}")
        for key, function in list(vars(module).items()):
            # What the pipeline calls is a stage; other functions are the author's.
            is_stage = getattr(calling, key, None) is function
            if isinstance(function, types.FunctionType) and is_stage:
                setattr(calling, key, checked(function, f"{name}.{key}"))
    status = 0
    try:
        importlib.import_module(f"{package}.__main__").main([])
    except SystemExit as end:
        status = end.code
    for each in wrong:
        print(f"annotation: {each}", file=sys.stderr)
    sys.exit(3 if wrong else status)


main()
