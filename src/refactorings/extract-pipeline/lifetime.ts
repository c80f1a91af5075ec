import type { FactUnit, PlacedBinding } from '../../semantics/facts';
import type { Evaluator, Value } from '../../semantics/values';
import type { Expression } from '../../syntax/ast';
import { childExpressions } from '../../syntax/walk';

/** Packages whose objects may go at any time without anybody noticing. */
const PLAIN_PACKAGES = new Set(
  'numpy pandas sklearn scipy math statistics json re datetime decimal fractions random collections itertools string textwrap copy operator functools pathlib time torch torchvision matplotlib seaborn xgboost lightgbm catboost statsmodels networkx xarray sympy imblearn keras tensorflow argparse hashlib base64 uuid struct heapq bisect glob os enum dataclasses typing calendar yaml tomllib'.split(
    ' ',
  ),
);
/** Of these packages, what holds a file, a process or a thread, or has to be held to go on. */
const HOLDING =
  /(?:memmap|HDFStore|ExcelWriter|ExcelFile|read_hdf|open|popen|fdopen|scandir|Popen|Thread|Pool|Executor|NpzFile|load|open_dataset|open_mfdataset|PdfPages|Writer|Animation|Session|Stream|Queue|FileType|set_detect_anomaly|Timer|Widget|Slider|Button)$/;
const HOLDING_ARGUMENTS = new Set(['iterator', 'chunksize', 'mmap_mode']);
const PLAIN_BUILTINS = new Set(
  'len sum min max sorted range str int float bool round abs list dict set tuple frozenset enumerate zip reversed repr format divmod pow ord chr hash id isinstance type any all map filter bytes complex hex bin slice print'.split(
    ' ',
  ),
);

/**
 * Whether a name's values are plain data, so that it does not matter when they are given up: no file that is flushed,
 * no folder that is removed, no pool that is closed then. What is not known is no plain data.
 */
export class Lifetimes {
  readonly #running = new Set<Expression>();

  constructor(private readonly evaluator: Evaluator) {}

  isPlainBinding({ binding: { source }, unit }: PlacedBinding): boolean {
    switch (source.type) {
      case 'value':
      case 'augmented':
      case 'element':
        return this.isPlain(source.expression, unit);
      case 'iteration':
        return this.isPlain(source.iterable, unit);
      // The with statement itself ends what it opens.
      case 'context':
      case 'deletion':
      case 'import':
      case 'from-import':
      case 'function':
      case 'class':
        return true;
      default:
        return false;
    }
  }

  isPlain(node: Expression, unit: FactUnit): boolean {
    if (this.#running.has(node)) return true;
    this.#running.add(node);
    try {
      return this.#isPlain(node, unit);
    } finally {
      this.#running.delete(node);
    }
  }

  #isPlain(node: Expression, unit: FactUnit): boolean {
    switch (node.kind) {
      case 'Num':
      case 'Constant':
      case 'Str':
      case 'Compare':
      case 'Lambda':
        return true;
      case 'Call':
      case 'Name':
      case 'Attribute':
        return this.#isPlainNamed(node, unit);
      case 'Subscript':
        return this.isPlain(node.value, unit);
      case 'Comprehension':
      case 'Tuple':
      case 'List':
      case 'Set':
      case 'Dict':
      case 'BinOp':
      case 'UnaryOp':
      case 'BoolOp':
      case 'IfExp':
      case 'Starred':
        return childExpressions(node).every((child) => this.isPlain(child, unit));
      default:
        return false;
    }
  }

  #isPlainNamed(node: Expression & { kind: 'Call' | 'Name' | 'Attribute' }, unit: FactUnit): boolean {
    const values = this.evaluator.valuesOf(node, unit);
    // What an object of the program is given it may keep.
    const keeps = node.kind === 'Call' && values.some(({ kind }) => kind === 'object');
    const given = keeps ? [...node.args, ...node.keywords.map(({ value }) => value)] : [];
    // What a method of plain data gives is plain as well, whatever it is.
    const isOfPlain =
      node.kind === 'Call' &&
      node.func.kind === 'Attribute' &&
      !HOLDING.test(node.func.attr) &&
      !node.keywords.some(({ name }) => name !== undefined && HOLDING_ARGUMENTS.has(name)) &&
      values.every(({ kind }) => ['unknown', 'member', 'method-result'].includes(kind)) &&
      this.evaluator.valuesOf(node.func.value, unit).every(({ kind }) => kind !== 'qualified') &&
      this.isPlain(node.func.value, unit);
    if (isOfPlain) return true;
    return (
      values.every((value) => this.#isPlainValue(value, unit)) &&
      given.every((each) => this.isPlain(each, unit))
    );
  }

  #isPlainValue(value: Value, unit: FactUnit): boolean {
    switch (value.kind) {
      case 'qualified':
        return true;
      case 'result': {
        const [root = '', name = ''] = [value.callee.split('.')[0], value.callee.split('.').at(-1)];
        if (root === 'builtins') return PLAIN_BUILTINS.has(name) && value.callee.split('.').length === 2;
        if (!PLAIN_PACKAGES.has(root) || HOLDING.test(value.callee)) return false;
        return !value.call.keywords.some((keyword) => keyword.name && HOLDING_ARGUMENTS.has(keyword.name));
      }
      case 'member':
      case 'method-result':
        return this.#isPlainValue(value.receiver, unit);
      case 'function':
      case 'class':
        return true;
      case 'object':
        return this.#isPlainClass(value);
      default:
        return false;
    }
  }

  /** An object of the program's own: its class mentions nothing that has to be closed, and what it is made of is plain. */
  #isPlainClass({ node, unit }: Value & { kind: 'object' }): boolean {
    const text = unit.unit.text.slice(node.start, node.end);
    if (CLOSED_BY_OWNER.test(text)) return false;
    return node.bases.every((base) =>
      this.evaluator.valuesOf(base, unit).every((value) => {
        if (value.kind === 'class')
          return value.node !== node && this.#isPlainClass({ ...value, kind: 'object' });
        return value.kind === 'qualified' && PLAIN_BASES.test(value.name);
      }),
    );
  }
}

/** What a class may hold that somebody notices when it goes. */
const CLOSED_BY_OWNER =
  /\b(?:__del__|open|Popen|Thread|Pool|Executor|socket|connect|Session|TemporaryDirectory|NamedTemporaryFile|mmap|memmap|weakref|atexit|yield|\w*Writer|\w*File|__exit__)\b/;
const PLAIN_BASES =
  /^(?:builtins\.object|torch\.nn\.|torch\.utils\.data\.|sklearn\.base\.|abc\.ABC$|enum\.|typing\.)/;
