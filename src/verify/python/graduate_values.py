"""Digests of Python values, by which two processes compare them. Equal digests: equal type, structure and bits.

NaN equals NaN. The module of a class does not count, since a conversion moves classes.
"""

import hashlib
import sys
import time
import types

ATOMS = (type(None), bool, int, complex, str, bytes, type(Ellipsis), type(NotImplemented))
WRITTEN_AS_TEXT = {
    "datetime": ("date", "datetime", "time", "timedelta", "timezone"),
    "decimal": ("Decimal",),
    "fractions": ("Fraction",),
    "uuid": ("UUID",),
    "pathlib": ("PosixPath", "WindowsPath", "PurePosixPath", "PureWindowsPath", "Path"),
    "builtins": ("range", "slice"),
    "re": ("Pattern",),
    "zoneinfo": ("ZoneInfo",),
}
# Their state is this process's, not the program's: locks, streams, registries, canvases.
OPAQUE_MODULES = (
    *("logging", "threading", "_thread", "_io", "io", "socket", "asyncio", "subprocess", "multiprocessing"),
    *("concurrent", "weakref", "_weakref", "matplotlib", "IPython", "tqdm", "sqlite3", "contextvars", "_contextvars"),
    *("contextlib", "ctypes", "_ctypes", "plotly", "bokeh", "dask", "ray", "pyspark", "traitlets", "argparse"),
)
CODE = (types.FunctionType, types.BuiltinFunctionType, types.MethodType, types.ModuleType, type, types.CodeType)
LIMIT_SECONDS = 20.0
LIMIT_DEPTH = 80
SHOWN = 120


class Digester:
    """Walks values and makes digests. What it cannot look into makes a digest partial."""

    def __init__(self, is_own_file=lambda file: False):
        self.is_own_file = is_own_file
        self.known = {}
        self.kept = []
        self.open = {}
        self.partial = None
        self.until = time.monotonic() + LIMIT_SECONDS

    def digest(self, value):
        """@returns the digest and, if something was not looked into, what."""
        self.partial = None
        return self._of(value, 0).hex(), self.partial

    def _of(self, value, depth):
        kind = type(value)
        if kind in ATOMS:
            return sha(kind.__name__, repr(value) if kind is not str else value)
        if kind is float:
            return sha("float", "nan" if value != value else value.hex())
        key = id(value)
        if key in self.known:
            digest, partial = self.known[key]
            self.partial = self.partial or partial
            return digest
        if key in self.open:
            return sha("cycle", str(depth - self.open[key]))
        if depth > LIMIT_DEPTH or time.monotonic() > self.until:
            self.partial = "too large to look into"
            return sha("large", kind.__qualname__)
        before, self.partial = self.partial, None
        self.open[key] = depth
        try:
            digest = self._compound(value, kind, depth + 1)
        except Exception as error:
            self.partial = f"{kind.__qualname__} tells no state ({type(error).__name__})"
            digest = sha("opaque", kind.__qualname__)
        finally:
            del self.open[key]
        self.known[key] = (digest, self.partial)
        # Its id must not be given to another value.
        self.kept.append(value)
        self.partial = before or self.partial
        return digest

    def _compound(self, value, kind, depth):
        if isinstance(value, CODE):
            # What it is nested in is another thing after a conversion.
            return sha("code", getattr(value, "__name__", ""))
        special = self._library(value, kind, depth)
        if special is not None:
            return special
        root = kind.__module__.partition(".")[0]
        if kind.__name__ in WRITTEN_AS_TEXT.get(kind.__module__, ()):
            return sha(kind.__qualname__, repr(value))
        is_container = isinstance(value, (dict, list, tuple, set, frozenset, str, bytes))
        if (root in OPAQUE_MODULES and not is_container) or isinstance(value, (types.GeneratorType, types.CoroutineType, types.FrameType)):
            self.partial = f"{kind.__qualname__}: only its type"
            return sha("opaque", kind.__qualname__)
        if isinstance(value, BaseException):
            return sha("exception", kind.__qualname__, self._of(value.args, depth))
        own = []
        if isinstance(value, dict):
            own.append(self._items(dict.items(value), depth))
        elif isinstance(value, (list, tuple)):
            own.append(self._list(value, depth))
        elif isinstance(value, (set, frozenset)):
            own.append(sha(*sorted(self._of(item, depth) for item in value)))
        elif isinstance(value, (str, bytes, bytearray, int, float)):
            own.append(sha(repr(value.__reduce_ex__(2)[1:2]) if not isinstance(value, bytearray) else bytes(value)))
        if own and kind.__module__ == "builtins":
            return sha(kind.__qualname__, *own)
        return sha(kind.__qualname__, *own, self._state(value, kind, depth, bool(own)))

    def _list(self, value, depth):
        if all(type(item) in (int, str, bool, float) for item in value):
            return sha("plain", repr(list(value)))
        return sha(*(self._of(item, depth) for item in value))

    def _items(self, items, depth):
        return sha(*(part for key, item in items for part in (self._of(key, depth), self._of(item, depth))))

    def _state(self, value, kind, depth, has_content):
        """What an object consists of beside its items: its attributes, for classes of libraries what a pickle keeps."""
        reduced = None
        # No code of the program is run here, only that of libraries.
        if not self._is_own(kind) and kind.__reduce_ex__ is object.__reduce_ex__ and (
            kind.__reduce__ is not object.__reduce__ or hasattr(kind, "__getstate__")
        ):
            reduced = value.__reduce_ex__(4)
        if reduced is not None and not isinstance(reduced, str):
            _, arguments, *rest = reduced
            state = rest[0] if rest else None
            # The items of lists and dicts are in `has_content` already.
            items = () if has_content else [list(more) for more in rest[1:3] if more is not None]
            return sha(self._of(arguments[1:] if arguments and arguments[0] is kind else arguments, depth),
                       self._of(state, depth), self._of(items, depth))
        attributes = dict(getattr(value, "__dict__", {}))
        for base in kind.__mro__:
            for name in slots_of(base):
                if name not in ("__dict__", "__weakref__") and hasattr(value, name):
                    attributes[name] = getattr(value, name)
        if not attributes and not has_content and kind.__module__ != "builtins" and not self._is_own(kind):
            self.partial = f"{kind.__qualname__}: only its type"
        return self._items(attributes.items(), depth)

    def _is_own(self, kind):
        if kind.__module__ in ("__main__", "__mp_main__"):
            return True
        file = getattr(sys.modules.get(kind.__module__), "__file__", None)
        return isinstance(file, str) and self.is_own_file(file)

    def _library(self, value, kind, depth):
        """Values of libraries that are compared by what they mean. A library that is not loaded has no values here."""
        numpy = sys.modules.get("numpy")
        if numpy is not None:
            if isinstance(value, numpy.ndarray):
                return sha(kind.__qualname__, self._array(numpy, value, depth))
            if isinstance(value, numpy.generic):
                return sha(kind.__qualname__, self._array(numpy, numpy.asarray(value), depth))
            if isinstance(value, numpy.dtype):
                return sha("dtype", str(value))
            random = getattr(numpy, "random", None)
            if random is not None and isinstance(value, random.RandomState):
                return sha(kind.__qualname__, self._of(value.get_state(legacy=False), depth))
        pandas = sys.modules.get("pandas")
        if pandas is not None and hasattr(pandas, "DataFrame"):
            if isinstance(value, pandas.DataFrame):
                columns = [self._of(value.iloc[:, i], depth) for i in range(value.shape[1])]
                return sha(kind.__qualname__, self._of(value.columns, depth), self._of(value.index, depth), *columns)
            if isinstance(value, pandas.Series):
                name = self._of(value.name, depth)
                return sha(kind.__qualname__, name, self._of(value.index, depth), self._of(value.array, depth))
            if isinstance(value, pandas.MultiIndex):
                levels = [self._of(value.get_level_values(i).array, depth) for i in range(value.nlevels)]
                return sha("MultiIndex", self._of(list(value.names), depth), *levels)
            if isinstance(value, pandas.Index):
                return sha("Index", self._of(value.name, depth), self._of(value.array, depth))
            if isinstance(value, pandas.api.extensions.ExtensionArray):
                whole = value.to_numpy()
                if isinstance(value.dtype, pandas.CategoricalDtype):
                    return sha(str(value.dtype), self._of(value.categories, depth), self._array(numpy, value.codes, depth))
                return sha(str(value.dtype), self._array(numpy, whole, depth))
        torch = sys.modules.get("torch")
        if torch is not None and hasattr(torch, "Tensor"):
            if isinstance(value, torch.Tensor):
                return sha(kind.__qualname__, self._tensor(torch, value))
            if isinstance(value, torch.Generator):
                return sha("Generator", self._tensor(torch, value.get_state()))
            if isinstance(value, (torch.dtype, torch.device, torch.Size)):
                return sha(kind.__qualname__, str(value))
        return None

    def _array(self, numpy, array, depth):
        head = (array.dtype.str if array.dtype.names is None else str(array.dtype), str(array.shape))
        if array.dtype.hasobject:
            return sha(*head, *(self._of(item, depth) for item in array.ravel().tolist()))
        if array.dtype.kind in "fc":
            missing = numpy.isnan(array)
            if missing.any():
                array = numpy.where(missing, array.dtype.type(numpy.nan), array).astype(array.dtype)
        return sha(*head, numpy.ascontiguousarray(array).tobytes())

    def _tensor(self, torch, tensor):
        head = (str(tensor.dtype), str(tuple(tensor.shape)), str(tensor.device.type), str(tensor.requires_grad))
        plain = tensor.detach()
        if plain.layout is not torch.strided:
            plain = plain.to_dense()
        plain = plain.cpu().contiguous()
        if plain.is_floating_point() and bool(torch.isnan(plain).any()):
            plain = torch.nan_to_num(plain, nan=0.0, posinf=float("inf"), neginf=float("-inf"))
            head = (*head, str(torch.isnan(tensor.detach().cpu()).nonzero().tolist()))
        return sha(*head, plain.reshape(-1).view(torch.uint8).numpy().tobytes() if plain.numel() else b"")


def sha(*parts):
    """One digest of several parts, which cannot run into one another."""
    whole = hashlib.sha256()
    for part in parts:
        data = part if isinstance(part, bytes) else part.encode("utf-8", "surrogatepass")
        whole.update(len(data).to_bytes(8, "big"))
        whole.update(data)
    return whole.digest()


def slots_of(base):
    slots = base.__dict__.get("__slots__", ())
    return (slots,) if isinstance(slots, str) else tuple(slots)


def shown(value):
    """A few words about a value, for people."""
    kind = type(value)
    if kind in ATOMS or kind is float:
        return shortened(repr(value))
    shape = getattr(value, "shape", None) if kind.__module__.partition(".")[0] in ("numpy", "pandas", "torch") else None
    if isinstance(shape, tuple):
        dtype = getattr(value, "dtype", None)
        first = ""
        if kind.__module__ == "numpy" and value.size and not value.dtype.hasobject:
            first = ": " + ", ".join(repr(item) for item in value.ravel()[:4].tolist())
        return shortened(f"{kind.__name__} {'x'.join(map(str, shape)) or 'scalar'}{f' {dtype}' if dtype is not None else ''}{first}")
    if kind in (list, tuple, set, frozenset, dict) and len(value) <= 8:
        items = [*value.keys(), *value.values()] if kind is dict else value
        if all(type(item) in ATOMS or type(item) is float for item in items):
            return shortened(repr(value))
    if isinstance(value, (list, tuple, set, frozenset, dict)):
        return f"{kind.__qualname__} of {len(value)}"
    return kind.__qualname__


def shortened(text):
    return text if len(text) <= SHOWN else text[:SHOWN] + "..."


def final_values(main, is_own_file, hidden):
    """The values that a program leaves behind: names of its main module, then what can be reached from there by name."""
    digester = Digester(is_own_file)
    names = vars(main)
    left_out = set(hidden)
    for state in random_states():
        yield entry_of(digester, *state)
    instances = []
    for name, value in list(names.items()):
        if name in left_out or name.startswith("__") or isinstance(value, CODE):
            continue
        yield entry_of(digester, "imported" if is_imported(name, value, names, digester) else "main", name, value)
        if digester._is_own(type(value)) and hasattr(value, "__dict__"):
            instances.append((name, value))
    for owner, instance in instances:
        for name, value in list(vars(instance).items()):
            if not isinstance(value, CODE):
                yield entry_of(digester, f"{owner}.", name, value)
    for module_name, module in list(sys.modules.items()):
        file = getattr(module, "__file__", None)
        if module is main or module_name in ("__main__", "__mp_main__") or not isinstance(file, str) or not is_own_file(file):
            continue
        for name, value in list(vars(module).items()):
            if name.startswith("__") or isinstance(value, CODE):
                continue
            yield entry_of(digester, f"{module_name}.", name, value)
            if digester._is_own(type(value)) and hasattr(value, "__dict__"):
                for attribute, inner in list(vars(value).items()):
                    if not isinstance(inner, CODE):
                        yield entry_of(digester, f"{module_name}.{name}.", attribute, inner)


def is_imported(name, value, names, digester):
    """Whether a value came with `from library import *`: it is the library's own, under its name there."""
    if type(value) in ATOMS:
        return False
    for module in list(sys.modules.values()):
        # The main module has several names where processes are started.
        if not isinstance(module, types.ModuleType) or vars(module) is names or vars(module).get(name) is not value:
            continue
        file = getattr(module, "__file__", None)
        return not (isinstance(file, str) and digester.is_own_file(file))
    return False


def random_states():
    """The states of generators that all of a program shares."""
    random = sys.modules.get("random")
    if random is not None and hasattr(random, "getstate"):
        yield "random", "random", random.getstate()
    numpy = sys.modules.get("numpy")
    if numpy is not None and "numpy.random" in sys.modules and hasattr(numpy.random, "get_state"):
        yield "random", "numpy.random", numpy.random.get_state(legacy=False)
    torch = sys.modules.get("torch")
    if torch is not None and hasattr(torch, "get_rng_state"):
        yield "random", "torch", torch.get_rng_state()


def entry_of(digester, scope, name, value):
    digest, partial = digester.digest(value)
    try:
        words = shown(value)
    except Exception:
        words = type(value).__qualname__
    return {"scope": scope, "name": name, "type": type(value).__qualname__, "digest": digest, "shown": words, "partial": partial}
