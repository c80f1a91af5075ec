"""Values as text that two runs can be compared by: equal types and contents give equal digests, wherever they were made."""

import hashlib
import types

#: What has no content to compare, or one that tells where it was made.
OPAQUE = (types.ModuleType, types.FunctionType, types.MethodType, types.BuiltinFunctionType, types.GeneratorType, type)
DEEPEST = 6


def digest_of(value):
    """A short text; `opaque ...` for what cannot be compared."""
    parts = []
    describe(value, parts, set(), 0)
    text = "\x1f".join(parts)
    return text if len(text) <= 80 else f"{parts[0]} {hashlib.sha256(text.encode('utf-8', 'surrogatepass')).hexdigest()}"


def describe(value, parts, above, depth):
    name = type(value).__name__
    module = type(value).__module__.split(".")[0]
    if value is None or isinstance(value, (bool, int, float, complex, str, bytes)):
        parts.append(f"{name} {value!r}")
        return
    if isinstance(value, OPAQUE) or depth > DEEPEST or id(value) in above:
        parts.append(f"opaque {'callable' if callable(value) else name}")
        return
    above = above | {id(value)}

    def inner(child):
        describe(child, parts, above, depth + 1)

    if isinstance(value, (list, tuple)):
        parts.append(f"{name} {len(value)}")
        for child in value[:5000]:
            inner(child)
    elif isinstance(value, dict):
        parts.append(f"{name} {len(value)}")
        for key, child in list(value.items())[:5000]:
            inner(key)
            inner(child)
    elif isinstance(value, (set, frozenset)):
        parts.append(f"{name} {sorted(map(digest_of, value))}")
    elif module == "numpy" and hasattr(value, "dtype"):
        parts.append(f"{name} {value.dtype} {getattr(value, 'shape', ())}")
        if getattr(value.dtype, "hasobject", False):
            inner(value.tolist())
        else:
            parts.append(hashlib.sha256(value.tobytes()).hexdigest())
    elif module == "torch" and name in {"Tensor", "Parameter"}:
        parts.append(f"{name} {value.dtype} {tuple(value.shape)} {hashlib.sha256(value.detach().cpu().numpy().tobytes()).hexdigest()}")
    elif module == "pandas" and hasattr(value, "to_numpy"):
        parts.append(name)
        if hasattr(value, "columns"):
            inner([str(kind) for kind in value.dtypes])
            inner(list(value.columns))
            inner([list(row) for row in value.itertuples()][:2000])
        else:
            inner(str(value.dtype))
            inner(list(value)[:5000])
            inner(list(getattr(value, "index", ()))[:5000])
    elif module in {"matplotlib", "threading", "_io", "logging", "argparse"}:
        parts.append(f"opaque {name}")
    else:
        parts.append(name)
        try:
            fields = vars(value)
        except TypeError:
            fields = {}
        for key in sorted(map(str, fields)):
            # Scratch space is as the memory was (statsmodels keeps an `empty_like`), and a cache as one has looked.
            if not key.startswith(("__", "_tmp_")) and key != "_cache":
                parts.append(key)
                inner(fields[key])
