"""Compiles programs and lists the names that they read and never bind: JSON list of paths in, JSON object out.

`{"path": {"error": text or null, "undefined": [names]}}`; `undefined` is null where names may come from elsewhere
(star imports) or the symbol table cannot be made.
"""

import ast
import builtins
import json
import re
import symtable
import sys
import warnings

MODULE_NAMES = {"__annotations__", "__builtins__", "__doc__", "__file__", "__loader__", "__name__", "__package__"}
MODULE_NAMES |= {"__cached__", "__debug__", "__path__", "__spec__", "__class__"}
NOTEBOOK_NAMES = {"In", "Out", "_", "__", "___", "_exit_code", "display", "exit", "get_ipython", "quit"}
KNOWN = set(dir(builtins)) | MODULE_NAMES


def sources(path):
    """The program's pieces of Python, as CPython gets them."""
    if not path.endswith(".ipynb"):
        with open(path, "rb") as file:
            return [file.read()]
    from IPython.core.inputtransformer2 import TransformerManager

    transform = TransformerManager().transform_cell
    with open(path, encoding="utf-8-sig") as file:
        cells = json.load(file)["cells"]
    return [transform(in_the_open("".join(cell["source"]))) for cell in cells if is_python(cell)]


def in_the_open(source):
    """Code behind `%time` and below `%%time` and its kin binds names in the notebook: the magic is taken off."""
    source = re.sub(r"\A\s*%%(time|capture|prun)\b.*", "", source)
    return re.sub(r"^%(time|prun)\s+(?!-)", "", source, flags=re.MULTILINE)


def is_python(cell):
    language = cell.get("metadata", {}).get("vscode", {}).get("languageId") or "python"
    return cell["cell_type"] == "code" and language == "python"


def undefined(table):
    bound, read = set(), set()

    def visit(scope):
        is_module = scope.get_type() == "module"
        for symbol in scope.get_symbols():
            binds = symbol.is_assigned() or symbol.is_imported() or symbol.is_namespace()
            if binds and (is_module or symbol.is_declared_global()):
                bound.add(symbol.get_name())
            if symbol.is_referenced() and (is_module or symbol.is_global()):
                read.add(symbol.get_name())
        for child in scope.get_children():
            visit(child)

    visit(table)
    return read - bound


def check(path):
    try:
        pieces = sources(path)
        for piece in pieces:
            compile(piece, path, "exec", flags=ast.PyCF_ALLOW_TOP_LEVEL_AWAIT, dont_inherit=True)
    except (SyntaxError, ValueError) as error:
        return {"error": f"{type(error).__name__}: {error}", "undefined": None}
    is_notebook = path.endswith(".ipynb")
    try:
        whole = "\n".join(pieces) if is_notebook else pieces[0]
        if any(isinstance(node, ast.ImportFrom) and node.names[0].name == "*" for node in ast.walk(ast.parse(whole))):
            return {"error": None, "undefined": None}
        names = undefined(symtable.symtable(whole, path, "exec"))
    except SyntaxError:
        return {"error": None, "undefined": None}
    return {"error": None, "undefined": sorted(names - KNOWN - (NOTEBOOK_NAMES if is_notebook else set()))}


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    json.dump({path: check(path) for path in json.load(sys.stdin)}, sys.stdout)
