"""What a program's top-level statements are, and where they went in a result.

A statement is known again by its names, literals and operators in their order, with `self.x` (and `pipeline.x`, `state.x`)
read as `x`: layout, comments, `return` in front of a shown value, and `global` lines do not count.
"""

import ast
import json
import re
from collections import Counter

RECEIVERS = {"self", "cls", "pipeline", "this_pipeline", "the_pipeline", "the_pipeline_", "state", "config"}
DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
ESCAPE = "get_ipython"
SKIPPED = (ast.Global, ast.Nonlocal, ast.Pass, ast.expr_context)
GUARD = re.compile(r"\s*if\s*\(?\s*__name__\s*==\s*['\"]__main__['\"]\s*\)?\s*:")


def read_program(path):
    """The program as a list of trees: one of a script, one per Python cell of a notebook."""
    if not path.endswith(".ipynb"):
        with open(path, "rb") as file:
            return [parse(file.read())]
    from IPython.core.inputtransformer2 import TransformerManager

    transform = TransformerManager().transform_cell
    with open(path, encoding="utf-8-sig") as file:
        cells = json.load(file)["cells"]
    return [parse(transform("".join(cell["source"]))) for cell in cells if is_python(cell)]


def parse(source):
    """The syntax tree of a source that may have `await` outside of functions."""
    return compile(source, "<program>", "exec", ast.PyCF_ONLY_AST | ast.PyCF_ALLOW_TOP_LEVEL_AWAIT, dont_inherit=True)


def is_python(cell):
    language = cell.get("metadata", {}).get("vscode", {}).get("languageId") or "python"
    return cell["cell_type"] == "code" and language == "python"


def is_literal(node):
    """A value that is written out: constants, and displays and arithmetic of them."""
    match node:
        case ast.Constant():
            return True
        case ast.JoinedStr():
            return False
        case ast.UnaryOp():
            return is_literal(node.operand)
        case ast.BinOp():
            return is_literal(node.left) and is_literal(node.right)
        case ast.Tuple() | ast.List() | ast.Set():
            return all(map(is_literal, node.elts))
        case ast.Dict():
            return all(key is not None and is_literal(key) for key in node.keys) and all(map(is_literal, node.values))
    return False


def is_constant(node):
    """`NAME = literal`, also with an annotation."""
    if isinstance(node, ast.Assign):
        return is_literal(node.value) and all(isinstance(target, ast.Name) for target in node.targets)
    return isinstance(node, ast.AnnAssign) and (node.value is None or is_literal(node.value))


def is_import(node):
    """An import, or `try`/`if` with nothing but imports and literals in them."""
    match node:
        case ast.Import() | ast.ImportFrom():
            return True
        case ast.Try() | ast.If():
            inner = [child for child in ast.walk(node) if isinstance(child, ast.stmt) and child is not node]
            fits = all(isinstance(child, (ast.Import, ast.ImportFrom, ast.Pass)) or is_constant(child) for child in inner)
            return fits and any(isinstance(child, (ast.Import, ast.ImportFrom)) for child in inner)
    return False


def is_text(node):
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def is_guard(node):
    return isinstance(node, ast.If) and GUARD.match(ast.unparse(node).splitlines()[0]) is not None


def has_escape(node):
    """Whether only IPython can run it: a magic or a shell line."""
    return any(isinstance(child, ast.Name) and child.id == ESCAPE for child in ast.walk(node))


def is_running(node):
    """Whether a top-level statement has to end in a stage."""
    if isinstance(node, (*DEFINITIONS, ast.Pass)) or type(node).__name__ == "TypeAlias":
        return False
    return not (is_import(node) or is_constant(node) or is_text(node) or is_guard(node) or has_escape(node))


def print_of(node):
    """What a statement is known by: a tuple of strings."""
    parts = []

    def visit(node):
        match node:
            case _ if isinstance(node, SKIPPED):
                return
            case ast.Name():
                parts.append(node.id)
            case ast.Attribute(value=ast.Name(id=name)) if name in RECEIVERS:
                parts.append(node.attr)
            case ast.Attribute():
                visit(node.value)
                parts.append(f".{node.attr}")
            case ast.Constant():
                parts.append(repr(node.value))
            case ast.Expr() | ast.Return():
                if node.value is not None:
                    visit(node.value)
            case _:
                parts.append(type(node).__name__)
                for field, value in ast.iter_fields(node):
                    if isinstance(value, str):
                        parts.append(value)
                    for child in value if isinstance(value, list) else [value]:
                        if isinstance(child, ast.AST):
                            visit(child)
                        elif isinstance(child, str) and field != "kind":
                            parts.append(child)

    visit(node)
    return tuple(parts)


class Place:
    """A statement of the result: the outermost function that it stands in, or None for module level."""

    def __init__(self, node, function):
        self.print = print_of(node)
        self.counts = Counter(self.print)
        self.function = function
        self.is_taken = False

    def likeness(self, counts):
        """Shared parts by all parts, 0 to 1."""
        union = (self.counts | counts).total()
        return (self.counts & counts).total() / union if union else 0.0


def places_of(trees, name=""):
    """All statements of modules: within functions, and outside of them."""
    places = []

    def visit(node, function, path):
        for child in ast.iter_child_nodes(node):
            if isinstance(child, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
                inner = function
                if isinstance(child, FUNCTIONS) and function is None:
                    inner = f"{path}{child.name}"
                visit(child, inner, f"{path}{child.name}.")
                continue
            if isinstance(child, ast.stmt):
                places.append(Place(child, function))
            visit(child, function, path)

    for tree in trees:
        visit(tree, None, name)
    return places


LIKE = 0.6


def trace(original, results):
    """Where the original's running statements went: a list of (statement, function name, None, or "" if not found).

    `original`: its trees. `results`: (file name, trees) of everything that was written.
    """
    places = [place for name, trees in results for place in places_of(trees, f"{name}:")]
    # What stood in the author's own functions stands there still, and is nothing that was moved.
    within = Counter(place.print for place in places_of(original) if place.function is not None)
    for place in places:
        if place.function is not None and within[place.print] > 0:
            within[place.print] -= 1
            place.is_taken = True
    statements = [node for tree in original for node in tree.body if is_running(node)]
    found = {}
    for exact in (True, False):
        for index, node in enumerate(statements):
            if index in found:
                continue
            known = print_of(node)
            if exact:
                fits = [place for place in places if not place.is_taken and place.print == known]
                fits.sort(key=lambda place: place.function is None)
            else:
                counts = Counter(known)
                ranked = [(place.likeness(counts), place) for place in places if not place.is_taken]
                ranked = [(like, place) for like, place in ranked if like >= LIKE]
                fits = [place for _, place in sorted(ranked, key=lambda pair: -pair[0])]
            if fits:
                fits[0].is_taken = True
                found[index] = fits[0].function
    return [(node, found.get(index, "")) for index, node in enumerate(statements)]
