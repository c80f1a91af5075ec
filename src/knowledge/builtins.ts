/**
 * Names that are there without being bound: Python's builtins (`dir(builtins)` of CPython 3.9 to 3.14, joined), a
 * module's own attributes, and what IPython and Databricks put into a notebook's namespace.
 */
const BUILTINS = `
ArithmeticError AssertionError AttributeError BaseException BaseExceptionGroup BlockingIOError BrokenPipeError
BufferError BytesWarning ChildProcessError ConnectionAbortedError ConnectionError ConnectionRefusedError
ConnectionResetError DeprecationWarning EOFError Ellipsis EncodingWarning EnvironmentError Exception
ExceptionGroup False FileExistsError FileNotFoundError FloatingPointError FutureWarning GeneratorExit IOError
ImportError ImportWarning IndentationError IndexError InterruptedError IsADirectoryError KeyError
KeyboardInterrupt LookupError MemoryError ModuleNotFoundError NameError None NotADirectoryError NotImplemented
NotImplementedError OSError OverflowError PendingDeprecationWarning PermissionError ProcessLookupError
PythonFinalizationError RecursionError ReferenceError ResourceWarning RuntimeError RuntimeWarning
StopAsyncIteration StopIteration SyntaxError SyntaxWarning SystemError SystemExit TabError TimeoutError True
TypeError UnboundLocalError UnicodeDecodeError UnicodeEncodeError UnicodeError UnicodeTranslateError
UnicodeWarning UserWarning ValueError Warning WindowsError ZeroDivisionError __build_class__ __debug__
__import__ abs aiter all anext any ascii bin bool breakpoint bytearray bytes callable chr classmethod compile
complex copyright credits delattr dict dir divmod enumerate eval exec exit filter float format frozenset
getattr globals hasattr hash help hex id input int isinstance issubclass iter len license list locals map max
memoryview min next object oct open ord pow print property quit range repr reversed round set setattr slice
sorted staticmethod str sum super tuple type vars zip
`;

const MODULE_ATTRIBUTES = `
__name__ __doc__ __file__ __builtins__ __spec__ __loader__ __package__ __annotations__ __path__ __cached__
__dict__ __class__ __module__ __qualname__ __IPYTHON__ __vsc_ipynb_file__ __session__
`;

const NOTEBOOK = `
get_ipython display In Out _ __ ___ _i _ii _iii _ih _oh _dh _sh _exit_code
spark sc sqlContext dbutils displayHTML
`;

/**
 * What Databricks puts into every notebook's namespace, as its SDK lists it (`databricks.sdk.runtime`); `_sqldf` is the
 * last SQL cell's result.
 */
const DATABRICKS = 'display displayHTML dbutils table sql udf getArgument sc sqlContext spark _sqldf';

function words(text: string): string[] {
  return text.split(/\s+/).filter((word) => word !== '');
}

/** Names that a read may find although the program does not bind them. */
export const BUILTIN_NAMES: ReadonlySet<string> = new Set([
  ...words(BUILTINS),
  ...words(MODULE_ATTRIBUTES),
  ...words(NOTEBOOK),
]);

/** The same, outside of notebooks. */
const SCRIPT_NAMES: ReadonlySet<string> = new Set([...words(BUILTINS), ...words(MODULE_ATTRIBUTES)]);

/** Names that a program of a kind may find although it does not bind them. */
export function namesThere(kind: 'script' | 'notebook'): ReadonlySet<string> {
  return kind === 'notebook' ? BUILTIN_NAMES : SCRIPT_NAMES;
}

const DATABRICKS_NAMES: ReadonlySet<string> = new Set(words(DATABRICKS));

/** Whether a notebook may read a name that it does not bind; `host` is what runs it, where that is known. */
export function isPredefined(name: string, host: 'databricks' | undefined): boolean {
  return BUILTIN_NAMES.has(name) || (host === 'databricks' && DATABRICKS_NAMES.has(name));
}

/** Builtins of Python 2 that Python 3 has under another name: code that reads them is old, not cut off. */
export const PYTHON_2_BUILTINS: ReadonlySet<string> = new Set(
  words(`
apply basestring buffer cmp coerce execfile file intern long raw_input reduce reload unichr unicode xrange
`),
);
