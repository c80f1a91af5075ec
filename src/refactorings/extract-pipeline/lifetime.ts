import type { FactUnit, PlacedBinding } from '../../semantics/facts';
import { bindingsOfRead } from '../../semantics/reaching';
import { type Evaluator, type Value, returnsOf } from '../../semantics/values';
import type { Expression } from '../../syntax/ast';
import { childExpressions } from '../../syntax/walk';
import { fillingsOf } from './fillings';

/** Packages whose objects may go at any time without anybody noticing. */
const PLAIN_PACKAGES = new Set(
  'numpy pandas sklearn scipy math statistics json re datetime decimal fractions random collections itertools string textwrap copy operator functools pathlib time torch torchvision matplotlib seaborn xgboost lightgbm catboost statsmodels networkx xarray sympy imblearn keras tensorflow argparse hashlib base64 uuid struct heapq bisect glob os enum dataclasses typing calendar yaml tomllib'.split(
    ' ',
  ),
);
/** Of these packages, what holds a file, a process or a thread, or has to be held to go on. */
const HOLDING =
  /(?:memmap|HDFStore|ExcelWriter|ExcelFile|read_hdf|open|popen|fdopen|scandir|Popen|Thread|Pool|Executor|NpzFile|load|open_dataset|open_mfdataset|PdfPages|Writer|Animation|Session|Stream|Queue|FileType|set_detect_anomaly|Timer|Widget|Slider|Button)$/;
/** What refers to objects without keeping them. */
const WEAK = /\bweakref\b|\bWeak(?:Value|Key)Dictionary\b|\bWeakSet\b/;
/** What these read back is data: what has to be closed cannot be written down. */
const READING_BACK =
  /^(?:json|pickle|cPickle|joblib|torch|yaml|tomllib|toml|ujson)\.(?:safe_|full_|unsafe_)?loads?$/;
const HOLDING_ARGUMENTS = new Set(['iterator', 'chunksize', 'mmap_mode', 'mmap']);
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
  readonly #known = new Map<Expression, boolean>();
  /** What was found plain while something else, which may not be, was taken for plain. */
  #assumed: Expression[] = [];
  #hasFailed = false;

  /** Whether a weak reference may tell when any object goes. */
  readonly #isWatched: boolean;

  /** Whether an object of the program may do something when it goes. */
  readonly #hasEnds: boolean;

  constructor(private readonly evaluator: Evaluator) {
    this.#isWatched = evaluator.facts.units.some(({ unit }) => WEAK.test(unit.text));
    this.#hasEnds = evaluator.facts.units.some(({ unit }) => /\b__del__\b|\bfinalize\b/.test(unit.text));
  }

  isPlainBinding({ binding: { name, source }, unit }: PlacedBinding): boolean {
    switch (source.type) {
      case 'value':
        return this.isPlain(source.expression, unit) && this.#isFilledPlainly(name, source.expression, unit);
      case 'augmented':
        return this.isPlain(source.expression, unit);
      case 'element':
        return this.isPlain(elementOf(source.expression, source.path), unit);
      case 'iteration':
        return this.#isMadeOfPlain(source.iterable, unit);
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

  /** Whether what is put into a container is plain, too; other objects keep to what they are given. */
  #isFilledPlainly(name: string, made: Expression, unit: FactUnit): boolean {
    const isContainer =
      ['List', 'Dict', 'Set', 'Comprehension'].includes(made.kind) ||
      this.evaluator
        .valuesOf(made, unit)
        .some((value) => value.kind === 'result' && CONTAINERS.test(value.callee));
    if (!isContainer) return true;
    return fillingsOf(name, unit.facts).every((filling) => this.isPlain(filling.value, filling.unit));
  }

  /** Plain data, or what gives nothing but plain data. */
  #isMadeOfPlain(node: Expression, unit: FactUnit): boolean {
    const values = this.evaluator.valuesOf(node, unit);
    const givesPlain = values.every((value) => value.kind === 'result' && PLAIN_ELEMENTS.test(value.callee));
    return givesPlain || this.isPlain(node, unit);
  }

  isPlain(node: Expression, unit: FactUnit): boolean {
    const known = this.#known.get(node);
    if (known !== undefined) return known;
    // What a name is made of may be made of the name itself: `x = x + 1`.
    if (this.#running.has(node)) return true;
    this.#running.add(node);
    const isPlain = this.#isPlain(node, unit);
    this.#running.delete(node);
    this.#known.set(node, isPlain);
    if (isPlain) this.#assumed.push(node);
    else this.#hasFailed = true;
    if (this.#running.size === 0) {
      if (this.#hasFailed) for (const each of this.#assumed) this.#known.delete(each);
      this.#assumed = [];
      this.#hasFailed = false;
    }
    return isPlain;
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
      case 'BinOp':
      case 'UnaryOp':
        // What is calculated, of whatever, is nothing that has to be closed, unless the program has such classes. Other
        // operators join or part containers, which hold what these have held.
        if (!this.#hasEnds && !this.#isWatched && CALCULATED.has(node.op)) return true;
        return childExpressions(node).every((child) => this.isPlain(child, unit));
      case 'Comprehension':
      case 'Tuple':
      case 'List':
      case 'Set':
      case 'Dict':
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
    const keeps =
      node.kind === 'Call' &&
      values.some(
        (value) => value.kind === 'object' || (value.kind === 'result' && KEEPING.test(value.callee)),
      );
    const isUsedUp = values.every((value) => value.kind === 'result' && USING_UP.test(value.callee));
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
    if (isOfPlain || this.#isPartOfPlain(node, values, unit) || this.#isMadeByPlain(node, values, unit))
      return true;
    if (node.kind === 'Call' && this.#isGivenPlainly(node, unit)) return true;
    return (
      values.every((value) => this.#isPlainValue(value, unit)) &&
      given.every((each) => (isUsedUp ? this.#isMadeOfPlain(each, unit) : this.isPlain(each, unit)))
    );
  }

  /** A name all of whose bindings are plain, or an attribute of what is plain (`frame.loc`). */
  #isPartOfPlain(node: Expression, values: readonly Value[], unit: FactUnit): boolean {
    if (node.kind === 'Attribute') {
      const receivers = this.evaluator.valuesOf(node.value, unit);
      return (
        values.every(({ kind }) => ['unknown', 'member'].includes(kind)) &&
        receivers.every(({ kind }) => ['unknown', 'result', 'member', 'method-result'].includes(kind)) &&
        this.isPlain(node.value, unit)
      );
    }
    if (node.kind !== 'Name') return false;
    const bindings = bindingsOfRead(node, unit) ?? [];
    return bindings.length > 0 && bindings.every((placed) => this.isPlainBinding(placed));
  }

  /** `model(batch)`: what an object of a numerical library makes of plain data. */
  #isMadeByPlain(node: Expression, values: readonly Value[], unit: FactUnit): boolean {
    if (node.kind !== 'Call' || !values.every(({ kind }) => kind === 'unknown')) return false;
    const callees = this.evaluator.valuesOf(node.func, unit);
    return (
      callees.length > 0 &&
      callees.every((value) => this.#isCalculating(value)) &&
      this.isPlain(node.func, unit) &&
      [...node.args, ...node.keywords.map(({ value }) => value)].every((each) => this.isPlain(each, unit))
    );
  }

  /** What a function of the program calculates: all that it gives back is plain. */
  #isGivenPlainly({ func }: Expression & { kind: 'Call' }, unit: FactUnit): boolean {
    const functions = this.evaluator.valuesOf(func, unit);
    return (
      functions.length > 0 &&
      functions.every((value) => {
        if (value.kind !== 'function') return false;
        const { node, unit: where } = value;
        const isPlain = !node.isAsync && node.decorators.length === 0;
        if (!isPlain || /\byield\b/.test(where.unit.text.slice(node.start, node.end))) return false;
        return returnsOf(node).every(({ value: given }) => !given || this.isPlain(given, where));
      })
    );
  }

  #isCalculating(value: Value): boolean {
    if (value.kind === 'result') return CALCULATING.test(value.callee);
    if (value.kind === 'method-result')
      return ITSELF.test(value.method) && this.#isCalculating(value.receiver);
    if (value.kind !== 'object' || !this.#isPlainClass(value)) return false;
    return value.node.bases.some((base) =>
      this.evaluator
        .valuesOf(base, value.unit)
        .some((each) => each.kind === 'qualified' && each.name === 'torch.nn.Module'),
    );
  }

  #isPlainValue(value: Value, unit: FactUnit): boolean {
    switch (value.kind) {
      case 'qualified':
        return true;
      case 'result': {
        if (this.#isWatched && !value.callee.startsWith('builtins.')) return false;
        const [root = '', name = ''] = [value.callee.split('.')[0], value.callee.split('.').at(-1)];
        if (root === 'builtins') return PLAIN_BUILTINS.has(name) && value.callee.split('.').length === 2;
        const isData = READING_BACK.test(value.callee);
        if (!isData && (!PLAIN_PACKAGES.has(root) || HOLDING.test(value.callee))) return false;
        return !value.call.keywords.some((keyword) => keyword.name && HOLDING_ARGUMENTS.has(keyword.name));
      }
      case 'member':
        return this.#isPlainValue(value.receiver, unit);
      case 'method-result':
        if (GIVING_DATA.test(value.method)) return true;
        return !HOLDING.test(value.method) && this.#isPlainValue(value.receiver, unit);
      case 'function':
      case 'class':
        return true;
      case 'object':
        return !this.#isWatched && this.#isPlainClass(value);
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

/** `1` of `a, b = 0, 1`: the part that a target gets, where it stands there; else the whole. */
function elementOf(node: Expression, path: readonly number[]): Expression {
  const [index, ...rest] = path;
  if (index === undefined || index < 0 || (node.kind !== 'Tuple' && node.kind !== 'List')) return node;
  const isPlaced = node.elements.slice(0, index + 1).every(({ kind }) => kind !== 'Starred');
  const element = node.elements[index];
  return element && isPlaced ? elementOf(element, rest) : node;
}

/** What goes on with what it is given, a generator for one, whose end somebody may notice, or holds its elements. */
const KEEPING =
  /^(?:builtins\.(?:zip|map|filter|enumerate|reversed|iter|list|tuple|dict|set|frozenset|sorted|max|min)|(?:itertools|collections|heapq|copy)(?:\.\w+)+|functools\.partial\w*)$/;
/** Methods that give texts, bytes or rows, whatever they are read from. */
const GIVING_DATA =
  /^(?:read|readlines|read_text|read_bytes|splitlines|getvalue|fetchall|fetchone|item|tolist)$/;
/** Of these, what has used up what it is given when it returns. */
const USING_UP = /^builtins\.(?:list|tuple|dict|set|frozenset|sorted|max|min)$/;
/** What is no plain data, but gives nothing else: lines of a file. */
const PLAIN_ELEMENTS = /^(?:csv\.(?:reader|DictReader)|builtins\.open)$/;
const CONTAINERS = /^(?:builtins\.(?:list|dict|set)|collections\.\w+|queue\.\w+)$/;
/** Packages whose objects, when they are called, calculate. */
const CALCULATING = /^(?:torch\.nn|torchvision\.models|numpy|scipy|sklearn|keras|tensorflow\.keras)\./;
/** Operators that no container has. */
const CALCULATED = new Set(['/', '//', '%', '**', '@', '<<', '>>']);
/** Methods of a network or an estimator that give it back. */
const ITSELF = /^(?:to|cuda|cpu|eval|train|float|double|half|fit|compile)$/;
/** What a class may hold that somebody notices when it goes. */
const CLOSED_BY_OWNER =
  /\b(?:__del__|open|Popen|Thread|Pool|Executor|socket|connect|Session|TemporaryDirectory|NamedTemporaryFile|mmap|memmap|weakref|atexit|yield|\w*Writer|\w*File|__exit__)\b/;
const PLAIN_BASES =
  /^(?:builtins\.object|torch\.nn\.|torch\.utils\.data\.|sklearn\.base\.|abc\.ABC$|enum\.|typing\.)/;
