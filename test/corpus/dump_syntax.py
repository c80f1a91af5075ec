"""What CPython says about programs: JSON list of paths in, JSON object `{path: ...}` out.

For each: `{"error": text or null, "scopes": tree or null}`; a scope is
`{"type", "name", "line", "local", "free", "global", "read", "annotated", "children"}` as `symtable` has it, with the
names sorted. `read` are names that the scope's own code looks up.
"""

import ast
import json
import symtable
import sys
import warnings


def scope(table):
    # `super` makes CPython look up `__class__`, which nobody wrote.
    implicit = (".0", "__class__", "__classdict__")
    symbols = [symbol for symbol in table.get_symbols() if symbol.get_name() not in implicit or symbol.is_local()]
    symbols = [symbol for symbol in symbols if symbol.get_name() != ".0"]

    def names(condition):
        return sorted(symbol.get_name() for symbol in symbols if condition(symbol))

    return {
        "type": str(table.get_type()).rsplit(".")[-1].lower(),
        "name": table.get_name().strip("<>"),
        "line": table.get_lineno(),
        "isComprehension": any(symbol.get_name() == ".0" for symbol in table.get_symbols()),
        "local": names(lambda symbol: symbol.is_local()),
        "free": names(lambda symbol: symbol.is_free()),
        "global": names(lambda symbol: symbol.is_global()),
        "read": names(lambda symbol: symbol.is_referenced()),
        "annotated": names(lambda symbol: symbol.is_annotated()),
        "children": [scope(child) for child in table.get_children()],
    }


def facts(path):
    with open(path, "rb") as file:
        source = file.read()
    try:
        # The parser alone takes more: `return` anywhere, for one.
        compile(source, path, "exec", ast.PyCF_ALLOW_TOP_LEVEL_AWAIT, dont_inherit=True)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        return {"error": f"{type(error).__name__}: {error}", "scopes": None}
    try:
        return {"error": None, "scopes": scope(symtable.symtable(source, path, "exec"))}
    except SyntaxError:
        # Valid for the parser and not for the compiler, such as `nonlocal x` at the top.
        return {"error": None, "scopes": None}


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    json.dump({path: facts(path) for path in json.load(sys.stdin)}, sys.stdout)
