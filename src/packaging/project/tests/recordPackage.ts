/** `tests/record_package.py`: the same in every package. */
export const RECORD_PACKAGE = `"""Runs the package, and records what its stages take and give."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import Any

from stage_record import ABOUT, record


def recorded(name: str, stage: Callable[..., Any]) -> Callable[..., Any]:
    """Returns a stage that records what it takes and gives."""
    takes, returns = ABOUT["stages"][name]["takes"], ABOUT["stages"][name]["returns"]
    state = ABOUT["state"] and importlib.import_module(ABOUT["state"])

    def call(*values: Any) -> Any:
        record(name, "takes", {each: values[i] for i, each in enumerate(takes)})
        result = stage(*values)
        shared = dict(state.__dict__) if state else {}
        if len(returns) == 1:
            shared[returns[0]] = result
        else:
            shared.update({each: result[i] for i, each in enumerate(returns)})
        record(name, "gives", shared)
        return result

    return call


if __name__ == "__main__":
    pipeline = importlib.import_module(f"{ABOUT['package']}.pipeline")
    for name in ABOUT["stages"]:
        setattr(pipeline, name, recorded(name, getattr(pipeline, name)))
    main = importlib.import_module(f"{ABOUT['package']}.__main__").main
    raise SystemExit(main([]))
`;
