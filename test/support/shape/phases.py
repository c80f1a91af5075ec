"""The phases of research code that a statement's calls tell of; a list of its own, not the one under test."""

import ast
import re

PHASES = {
    "load": r"read_\w+|load|loads|loadtxt|genfromtxt|load_\w+|open|fetch_\w+|make_\w+|reader|DictReader",
    "prepare": r"dropna|fillna|merge|get_dummies|train_test_split|fit_transform|transform|astype|assign|groupby|pivot\w*|\w*Scaler|\w*Encoder",
    "train": r"fit|partial_fit|backward|train|train_\w+|step|fit_predict|minimize",
    "evaluate": r"score|predict\w*|\w+_score|\w+_error|confusion_matrix|classification_report|cross_val_\w+|evaluate",
    "plot": r"plot|scatter|hist|bar|imshow|savefig|subplots|show|barh|boxplot|heatmap",
    "save": r"dump|to_csv|to_json|to_parquet|save|savetxt|savez|write|writerow|write_text",
}
PATTERNS = {name: re.compile(rf"(?:{pattern})\Z") for name, pattern in PHASES.items()}


def phases_of(node):
    """The phases of one statement."""
    names = set()
    for child in ast.walk(node):
        if isinstance(child, ast.Call):
            called = child.func.attr if isinstance(child.func, ast.Attribute) else getattr(child.func, "id", "")
            names |= {phase for phase, pattern in PATTERNS.items() if pattern.match(called)}
    return names
