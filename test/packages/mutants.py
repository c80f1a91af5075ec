"""Lists seeded mutants of a package's stages: `mutants.py PACKAGE_FOLDER SEED COUNT`, as JSON.

A mutant is one change of one module: an operator is another one, a constant another value, or a statement is dropped.
Each is {"file", "line", "kind", "start", "end", "text"}: bytes of the file from start to end become the text.
"""

from __future__ import annotations

import ast
import json
import random
import sys
from pathlib import Path

OPERATORS = {
    ast.Add: (b"+", "-"),
    ast.Sub: (b"-", "+"),
    ast.Mult: (b"*", "+"),
    ast.Div: (b"/", "*"),
    ast.Mod: (b"%", "*"),
    ast.Lt: (b"<", ">="),
    ast.Gt: (b">", "<="),
    ast.LtE: (b"<=", ">"),
    ast.GtE: (b">=", "<"),
    ast.Eq: (b"==", "!="),
    ast.NotEq: (b"!=", "=="),
}
STAYS = (ast.Return, ast.Pass, ast.Import, ast.ImportFrom, ast.Global, ast.Nonlocal)


class Mutants(ast.NodeVisitor):
    def __init__(self, name: str, content: bytes) -> None:
        self.name = name
        self.content = content
        self.starts = [0]
        for line in content.splitlines(keepends=True):
            self.starts.append(self.starts[-1] + len(line))
        self.found: dict[str, list[dict[str, object]]] = {"operator": [], "constant": [], "dropped": []}

    def add(self, kind: str, line: int, start: int, end: int, text: str) -> None:
        self.found[kind].append(
            {"file": self.name, "line": line, "kind": kind, "start": start, "end": end, "text": text}
        )

    def span(self, node: ast.AST) -> tuple[int, int]:
        return (
            self.starts[node.lineno - 1] + node.col_offset,
            self.starts[node.end_lineno - 1] + node.end_col_offset,
        )

    def operator(self, left: ast.AST, op: ast.AST, right: ast.AST) -> None:
        if type(op) not in OPERATORS:
            return
        token, other = OPERATORS[type(op)]
        begin, end = self.span(left)[1], self.span(right)[0]
        at = self.content.find(token, begin, end)
        if at >= 0 and b"#" not in self.content[begin:end]:
            self.add("operator", left.lineno, at, at + len(token), other)

    def visit_BinOp(self, node: ast.BinOp) -> None:
        self.operator(node.left, node.op, node.right)
        self.generic_visit(node)

    def visit_Compare(self, node: ast.Compare) -> None:
        self.operator(node.left, node.ops[0], node.comparators[0])
        self.generic_visit(node)

    def visit_Constant(self, node: ast.Constant) -> None:
        value = node.value
        if isinstance(value, bool):
            other: object = not value
        elif isinstance(value, (int, float)):
            other = value + 1
        elif isinstance(value, str):
            other = f"{value}~"
        else:
            return
        start, end = self.span(node)
        self.add("constant", node.lineno, start, end, repr(other))

    def visit_JoinedStr(self, node: ast.JoinedStr) -> None:
        """Parts of these have no places of their own before Python 3.12."""

    def visit(self, node: ast.AST) -> None:
        is_docstring = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        if is_docstring:
            return
        if isinstance(node, ast.stmt) and not isinstance(node, STAYS):
            start, end = self.span(node)
            self.add("dropped", node.lineno, start, end, "pass")
        super().visit(node)


def main() -> None:
    folder, seed, count = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    about = json.loads((folder / "tests" / "original.json").read_text("utf-8"))
    found: dict[str, list[dict[str, object]]] = {"operator": [], "constant": [], "dropped": []}
    for file in sorted((folder / "src" / about["package"]).glob("*.py")):
        content = file.read_bytes()
        mutants = Mutants(file.relative_to(folder).as_posix(), content)
        for node in ast.parse(content).body:
            is_function = isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
            if is_function and node.name in about["stages"]:
                for statement in node.body:
                    mutants.visit(statement)
        for kind, own in mutants.found.items():
            found[kind] += own
    chance = random.Random(seed)
    for own in found.values():
        chance.shuffle(own)
    chosen: list[dict[str, object]] = []
    while len(chosen) < count and any(found.values()):
        for own in found.values():
            if own and len(chosen) < count:
                chosen.append(own.pop())
    print(json.dumps(chosen))


main()
