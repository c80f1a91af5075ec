/** `tests/stage_record.py`: the same in every package. */
export const STAGE_RECORD = `"""Says what values are in words that two runs can be compared by."""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

ABOUT = json.loads(Path(__file__).with_name("original.json").read_text("utf-8"))
# Libraries whose objects hold nothing but what they were given or have learned.
PLAIN_LIBRARIES = {"sklearn", "collections", "types"}
LONGEST = 200
# The bytes with which pickles of the protocols 2 to 5 begin.
PICKLE = (b"\\x80\\x02", b"\\x80\\x03", b"\\x80\\x04", b"\\x80\\x05")
DEEPEST = 12


def record_original(stage: str, what: str) -> None:
    """Records what the original program holds where a stage begins or ends."""
    record(stage, what, sys.modules["__main__"].__dict__)


def record(stage: str, what: str, values: Mapping[str, Any]) -> None:
    """Appends what a stage \`\`takes\`\` or \`\`gives\`\` to the run's record."""
    names = ABOUT["stages"][stage][what]
    said = {name: shortened(values[name]) for name in names if name in values}
    line = json.dumps({"at": f"{stage} {what}", "values": said})
    with Path(os.environ["STAGE_RECORD"]).open("a", encoding="utf-8") as file:
        file.write(f"{line}\\n")


def shortened(value: Any) -> str:
    """Says what a value is; a long text ends with its digest."""
    text = told(value, {}, 0)
    if len(text) <= LONGEST:
        return text
    return f"{text[:LONGEST]}... {hashlib.sha256(text.encode()).hexdigest()}"


def told(value: Any, seen: dict[int, Any], depth: int) -> str:
    """Says what a value is; \`\`seen\`\` are the objects that were said already."""
    kind = type(value)
    if kind is bytes and value.startswith(PICKLE):
        # It names the modules of classes, which are others in the package.
        return "a pickle"
    if kind in {type(None), bool, int, float, complex, str, bytes}:
        return repr(value)
    if id(value) in seen or depth > DEEPEST:
        return f"<{kind.__qualname__} again>"
    seen[id(value)] = value

    def parts(items: Any) -> list[str]:
        return [told(item, seen, depth + 1) for item in items]

    if kind in {list, tuple}:
        text = ", ".join(parts(value))
    elif kind in {set, frozenset}:
        text = ", ".join(sorted(parts(value)))
    elif isinstance(value, dict):
        text = ", ".join(parts(dict.items(value)))
    elif library_of(value) in {"pandas", "numpy", "torch"}:
        text = ", ".join(parts(data_of(value)))
    elif library_of(value) in {"datetime", "decimal", "pathlib"}:
        text = str(value)
    elif is_told_by_attributes(value):
        text = ", ".join(parts(value.__dict__.items()))
    else:
        text = ""
    return f"{kind.__qualname__}({text})"


def library_of(value: Any) -> str:
    """Returns the top-level package of a value's class."""
    return type(value).__module__.split(".")[0]


def data_of(value: Any) -> list[Any]:
    """Returns the data that a table or an array holds."""
    data: list[Any] = []
    if hasattr(value, "tobytes"):
        is_plain = not value.dtype.hasobject
        content = value.tobytes() if is_plain else value.tolist()
        data = [str(value.dtype), value.shape, content]
    elif hasattr(value, "columns") and hasattr(value, "to_numpy"):
        columns = [value.iloc[:, i] for i in range(len(value.columns))]
        data = [list(value.columns), *columns]
    elif hasattr(value, "index") and hasattr(value, "to_numpy"):
        data = [value.name, value.to_numpy(), value.index]
    elif hasattr(value, "to_numpy"):
        data = [value.to_numpy()]
    elif hasattr(value, "detach"):
        data = [value.detach().cpu().numpy()]
    elif hasattr(value, "__dict__"):
        data = [value.__dict__]
    return data


def is_told_by_attributes(value: Any) -> bool:
    """Returns whether an object's attributes are all that it is."""
    if isinstance(value, type) or not hasattr(value, "__dict__"):
        return False
    library = library_of(value)
    own = {"__main__", ABOUT["package"], *ABOUT["modules"]}
    return library in PLAIN_LIBRARIES or library in own
`;
