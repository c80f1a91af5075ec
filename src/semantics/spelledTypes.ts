import { BUILTIN_NAMES } from '../knowledge/builtins';
import type { Expression } from '../syntax/ast';
import type { FactUnit, PlacedBinding, ProgramFacts } from './facts';
import { type ObjectKind, kindsOf } from './objectKinds';
import type { Evaluator } from './values';

/** What is written where nothing is known. */
export const ANY = 'Any';

/** Types that mypy wants parameters of: they are given without any, so nothing is said. */
const GENERIC = new Set(
  'Counter defaultdict deque OrderedDict ChainMap DataLoader Dataset TensorDataset Subset ConcatDataset Queue SimpleQueue Popen CompletedProcess Future Task partial TemporaryDirectory array'.split(
    ' ',
  ),
);

/** Result types of functions, as far as every call of theirs gives one. */
const RESULTS: ReadonlyMap<string, string> = new Map([
  ...entries('int', 'builtins.int builtins.len builtins.ord builtins.hash builtins.id os.getpid'),
  ...entries(
    'float',
    'builtins.float time.time time.perf_counter time.monotonic random.random random.uniform',
  ),
  ...entries(
    'str',
    'builtins.str builtins.repr builtins.input builtins.chr builtins.hex os.getcwd os.path.join',
  ),
  ...entries(
    'str',
    'os.path.basename os.path.dirname os.path.abspath os.path.expanduser json.dumps platform.node',
  ),
  ...entries(
    'bool',
    'builtins.bool builtins.isinstance builtins.callable builtins.any builtins.all os.path.exists',
  ),
  ...entries('list[Any]', 'builtins.list builtins.sorted builtins.dir'),
  ...entries('dict[Any, Any]', 'builtins.dict'),
  ...entries('set[Any]', 'builtins.set'),
]);

function entries(type: string, names: string): [string, string][] {
  return names.split(' ').map((name) => [name, type]);
}

/** Classes of the kinds of objects that are known; dotted names are looked for among the program's imports. */
const OF_KIND: Partial<Readonly<Record<ObjectKind, string>>> = {
  list: 'list[Any]',
  dict: 'dict[Any, Any]',
  set: 'set[Any]',
  frame: 'pandas.DataFrame',
  series: 'pandas.Series',
  tensor: 'torch.Tensor',
};

/** Keywords with which readers of tables give something else: a dictionary of tables, an iterator, a series. */
const CHANGING_KEYWORDS = new Set(['sheet_name', 'chunksize', 'iterator', 'typ', 'squeeze', 'lines']);

function givesOthersToo(node: Expression): boolean {
  return (
    node.kind === 'Call' &&
    node.keywords.some(({ name }) => name === undefined || CHANGING_KEYWORDS.has(name))
  );
}

/**
 * Writes down the types of a program's module names, in the words of its own imports, and only what is known: every value
 * that a name is given has to be of one class. Annotations are evaluated where a function is defined, so nothing is
 * written that might not be there then.
 */
export class SpelledTypes {
  constructor(
    private readonly facts: ProgramFacts,
    private readonly evaluator: Evaluator,
    /** Whether a name means the same wherever functions are defined: bound once, at module level, by what stays there. */
    private readonly isFixed: (name: string) => boolean,
  ) {}

  /** The type of a module name: `pd.DataFrame`, `int`, `Any`. */
  of(name: string): string {
    const types = new Set(this.facts.moduleBindings(name).map((placed) => this.#ofBinding(placed)));
    const [type = ANY] = types;
    return types.size === 1 && !this.#isOursInstead(type) ? type : ANY;
  }

  /** Whether a builtin's name is bound by the program, or may be by a star import. */
  #isOursInstead(type: string): boolean {
    const root = /^\w+/.exec(type)?.[0] ?? '';
    if (!BUILTIN_NAMES.has(root)) return false;
    return this.facts.moduleBindings(root).length > 0 || this.facts.unknownBinders.length > 0;
  }

  #ofBinding({ binding: { source, scope }, unit }: PlacedBinding): string {
    if (source.type !== 'value' || scope.parent !== undefined) return ANY;
    return this.#ofExpression(source.expression, unit);
  }

  #ofExpression(node: Expression, unit: FactUnit): string {
    switch (node.kind) {
      case 'Str':
        return node.isBytes ? 'bytes' : 'str';
      case 'Num': {
        const text = unit.unit.text.slice(node.start, node.end).toLowerCase();
        if (/^(?:\d[\d_]*|0[xob][\da-f_]+)$/.test(text)) return 'int';
        return /^[\d._]+(?:e[+-]?\d+)?$/.test(text) ? 'float' : ANY;
      }
      case 'Constant':
        return typeof node.value === 'boolean' ? 'bool' : ANY;
      case 'UnaryOp':
        return node.op === '-' ? this.#ofExpression(node.operand, unit) : ANY;
      case 'Call': {
        const made = this.#ofCall(node, unit);
        if (made !== undefined) return made;
        break;
      }
      default:
    }
    const kinds = [...kindsOf(node, unit, this.evaluator)];
    const [kind = 'unknown'] = kinds;
    const dotted = kinds.length === 1 && kind !== 'unknown' ? OF_KIND[kind] : undefined;
    if (dotted === undefined || givesOthersToo(node)) return ANY;
    // What a function of a library gives may be a dictionary most of the time: `json.load`.
    if (dotted.includes('[') && (node.kind === 'Call' || node.kind === 'Name')) return ANY;
    return dotted.includes('[') ? dotted : (this.#spell(dotted) ?? ANY);
  }

  /** A class that is called by its name gives an object of it. */
  #ofCall(node: Expression & { kind: 'Call' }, unit: FactUnit): string | undefined {
    const values = this.evaluator.valuesOf(node.func, unit);
    const [value] = values;
    if (values.length !== 1 || !value) return undefined;
    if (value.kind === 'class') {
      return node.func.kind === 'Name' && this.isFixed(node.func.id) ? node.func.id : undefined;
    }
    if (value.kind !== 'qualified') return undefined;
    const result = RESULTS.get(value.name);
    if (result !== undefined) return result;
    const last = value.name.slice(value.name.lastIndexOf('.') + 1);
    if (!/^[A-Z]\w*[a-z]\w*$/.test(last) || GENERIC.has(last)) return undefined;
    return this.#spell(value.name);
  }

  /** A dotted name in the words of the imports, where every function sees them. */
  #spell(dotted: string): string | undefined {
    let best: string | undefined;
    for (const name of this.facts.moduleNames()) {
      if (!this.isFixed(name)) continue;
      for (const { binding } of this.facts.moduleBindings(name)) {
        const text = spelled(name, binding.source, dotted);
        if (text !== undefined && (best === undefined || text.length < best.length)) best = text;
      }
    }
    return best;
  }
}

/** Packages whose parts are there as soon as they are imported. */
const WHOLE = new Set(['numpy', 'pandas', 'torch']);

function spelled(
  name: string,
  source: PlacedBinding['binding']['source'],
  dotted: string,
): string | undefined {
  const isFrom = source.type === 'from-import';
  if (!isFrom && source.type !== 'import') return undefined;
  if (isFrom && source.level > 0) return undefined;
  const prefix = isFrom ? `${source.module}.${source.name}` : source.module;
  if (isFrom && prefix === dotted) return name;
  if (!dotted.startsWith(`${prefix}.`)) return undefined;
  const rest = dotted.slice(prefix.length);
  return rest.lastIndexOf('.') === 0 || WHOLE.has(prefix.split('.')[0]!) ? name + rest : undefined;
}
