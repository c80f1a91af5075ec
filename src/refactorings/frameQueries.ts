import type { FactUnit } from '../semantics/facts';
import { framesOf } from '../semantics/frames';
import { reachingBindings } from '../semantics/reaching';
import { valueFlowOf } from '../semantics/valueFlow';
import type { Evaluator, Value } from '../semantics/values';
import type { Scope } from '../semantics/scope';
import type { Call, Expression, Str, StrPiece } from '../syntax/ast';
import type { TextEdit } from '../text/edit';

/** Methods of tables that look names of their text up in the frame of their caller. */
export const QUERIES: ReadonlySet<string> = new Set(['query', 'eval']);
/** `@name` in the text of a query. */
const NAMED = /@\s*([^\W\d]\w*)/gu;
/** Stands for a number in a text that is otherwise known. */
const NUMBER = '\0';
/** A name that is put together. */
const MADE_NAME = new RegExp(`@\\s*\\w*${NUMBER}|@\\s*$`, 'u');

/** Packages of which nothing is a table with such a method. */
const NO_TABLES = /^(?:scipy|numpy|torch|faiss|sqlite3|sqlalchemy|networkx|annoy|hnswlib|builtins)\./;
/** Classes of any package are called so; what derives from a pandas table says it in its name. */
const NO_TABLE_CLASS = /\.(?!\w*Frame)[A-Z]\w*$/;
/** Conversions that only a number understands. */
const NUMBER_FORMAT = /[defgn%EFGX]$/;
const NUMBER_CALLS: ReadonlySet<string> = new Set(
  ['len', 'int', 'float', 'round', 'abs', 'bool', 'ord', 'hash'].map((name) => `builtins.${name}`),
);
/** Methods of data that give a number, or one of its values, which is no piece of a query. */
const NUMBER_METHODS: ReadonlySet<string> = new Set(
  'max min sum prod item idxmax idxmin argmax argmin mean median std var quantile percentile nanmean nanmedian nanquantile count nunique timestamp'.split(
    ' ',
  ),
);
const NUMBER_OPERATORS: ReadonlySet<string> = new Set(['-', '**', '//', '@', '<<', '>>']);
const MAX_TEXTS = 24;
const MAX_DEPTH = 12;

/** Whether a call may be a query of a table, by what it is called. */
export function mayBeQuery(call: Call): boolean {
  return call.func.kind === 'Attribute' && QUERIES.has(call.func.attr) && textOf(call) !== undefined;
}

function textOf({ args, keywords }: Call): Expression | undefined {
  return args[0] ?? keywords.find(({ name }) => name === 'expr')?.value;
}

/**
 * The names that the text of a query takes from the frame of its caller: none where the call is no query of a table;
 * undefined where the text is not known well enough.
 */
export function queriedNames(
  call: Call,
  unit: FactUnit,
  evaluator: Evaluator,
): ReadonlySet<string> | undefined {
  const text = textOf(call);
  if (!mayBeQuery(call) || text === undefined || call.func.kind !== 'Attribute') return new Set();
  if (evaluator.valuesOf(call.func.value, unit).every((value) => isNoTable(value))) return new Set();
  if (isNoText(text, unit, evaluator)) return new Set();
  const texts = new QueryTexts(evaluator).of(text, unit);
  if (texts === undefined || texts.some((each) => MADE_NAME.test(each))) return undefined;
  const handed = handedNames(call);
  const names = texts.flatMap((each) => [...each.matchAll(NAMED)].map((match) => match[1]!));
  return new Set(names.filter((name) => !handed.has(name)));
}

/** Methods of a connection to DuckDB that run SQL, in which variables of the caller are tables. */
const SQL_METHODS: ReadonlySet<string> = new Set(['sql', 'query', 'execute', 'executemany']);

/** Whether SQL of a connection to DuckDB may name variables of the program: `connection.sql("select a from table")`. */
export function readsOwnTables({ func, args }: Call, unit: FactUnit, evaluator: Evaluator): boolean {
  if (func.kind !== 'Attribute' || !SQL_METHODS.has(func.attr)) return false;
  const isDuckDb = evaluator
    .valuesOf(func.value, unit)
    .some((value) => /^duckdb\./.test(nameOf(value) ?? nameOf(receiverOf(value)) ?? ''));
  if (!isDuckDb || args[0] === undefined) return false;
  const texts = new QueryTexts(evaluator).of(args[0], unit);
  const words = texts?.flatMap((text) => text.match(/[^\W\d]\w*/gu) ?? []);
  return !words || words.some((word) => unit.facts.moduleBindings(word).length > 0);
}

function receiverOf(value: Value): Value {
  return value.kind === 'member' || value.kind === 'method-result' ? value.receiver : value;
}

/** What `local_dict={"low": low}` hands over. */
function handedNames({ keywords }: Call): ReadonlySet<string | undefined> {
  const handed = keywords.find(({ name }) => name === 'local_dict')?.value;
  if (handed?.kind !== 'Dict') return new Set();
  return new Set(handed.entries.map(({ key }) => (key?.kind === 'Str' ? key.value : undefined)));
}

function isNoTable(value: Value): boolean {
  const name = nameOf(value);
  if (name !== undefined)
    return NO_TABLES.test(name) || (value.kind !== 'qualified' && NO_TABLE_CLASS.test(name));
  if (value.kind === 'object') return value.node.bases.length === 0;
  return NO_TABLES.test(nameOf(receiverOf(value)) ?? '');
}

/** What made a value, where that is something imported. */
function nameOf(value: Value): string | undefined {
  switch (value.kind) {
    case 'result':
      return value.callee;
    case 'instance':
      return value.of;
    case 'qualified':
      return value.name;
    default:
      return undefined;
  }
}

/** Makers of arrays; taking from an array one element may give a text, and so may a choice. */
const ARRAYS =
  /^numpy\.(?:array|asarray|zeros|ones|empty|full|arange|linspace|vstack|hstack|stack|column_stack|concatenate|random\.(?:rand|randn|normal|uniform|random|standard_normal))$/;

/** Numbers, containers and arrays, which no table takes for a query. */
function isNoText(node: Expression, unit: FactUnit, evaluator: Evaluator): boolean {
  switch (node.kind) {
    case 'Num':
    case 'Constant':
    case 'List':
    case 'Tuple':
    case 'Dict':
    case 'Set':
    case 'Comprehension':
      return true;
    case 'Subscript':
      return node.index.kind === 'Slice' && isNoText(node.value, unit, evaluator);
    case 'Str':
      return false;
    default:
      return evaluator
        .valuesOf(node, unit)
        .every((value) => value.kind === 'result' && ARRAYS.test(value.callee));
  }
}

/**
 * Hands a query the module's variables that its text names, `local_dict={"low": low}`, so that they are found wherever the
 * call stands. Undefined where the text names none, is not known, or the call says itself where names come from.
 *
 * @returns The names, and the edit, whose offsets count in the statement.
 */
export function handedLocals(
  call: Call,
  unit: FactUnit,
  evaluator: Evaluator,
): { readonly names: readonly string[]; readonly edit: TextEdit } | undefined {
  const at = unit.summary.locate.get(call);
  const names = [...(queriedNames(call, unit, evaluator) ?? [])];
  if (!at || !names.some((name) => isModules(name, at.scope, unit)) || call.args.length > 1) return undefined;
  if (call.keywords.some(({ name }) => name === undefined || OWN_FRAME.has(name))) return undefined;
  if (evaluator.calleeOf(call, unit) === 'pandas.eval') return undefined;
  const areFound = names.every(
    (name) => isModules(name, at.scope, unit) || at.scope.ownerOf(name) === at.scope,
  );
  if (!areFound) return undefined;
  const isTrailing = /,\s*$/.test(unit.unit.text.slice(0, call.close));
  const entries = names.map((name) => `"${name}": ${name}`).join(', ');
  const span = { start: call.close, end: call.close };
  return { names, edit: { span, newText: `${isTrailing ? ' ' : ', '}local_dict={${entries}}` } };
}

/** Whether what is asked is a pandas table for certain: whatever else has such a method knows no `local_dict`. */
export function asksTable({ func }: Call, unit: FactUnit, evaluator: Evaluator): boolean {
  return (
    func.kind === 'Attribute' && framesOf(valueFlowOf(evaluator)).tableOf(func.value, unit) !== undefined
  );
}

/** Arguments that say where names come from. */
const OWN_FRAME: ReadonlySet<string> = new Set(['local_dict', 'global_dict', 'level', 'resolvers']);

/** Whether a query finds a name among the module's variables. */
export function isModules(name: string, scope: Scope, { facts }: FactUnit): boolean {
  return scope.ownerOf(name).parent === undefined && facts.moduleBindings(name).length > 0;
}

/** The texts that an expression may stand for, numbers aside. */
class QueryTexts {
  #depth = 0;

  constructor(private readonly evaluator: Evaluator) {}

  of(node: Expression, unit: FactUnit): readonly string[] | undefined {
    if (this.#depth > MAX_DEPTH) return undefined;
    this.#depth++;
    const texts = this.#of(node, unit);
    this.#depth--;
    return texts && texts.length <= MAX_TEXTS ? texts : undefined;
  }

  #of(node: Expression, unit: FactUnit): readonly string[] | undefined {
    switch (node.kind) {
      case 'Str':
        return this.#string(node, unit);
      case 'BinOp':
        if (node.op === '+')
          return joined(this.of(node.left, unit), this.of(node.right, unit)) ?? this.#number(node, unit);
        return this.#number(node, unit);
      case 'IfExp':
        return either([this.of(node.body, unit), this.of(node.orelse, unit)]);
      case 'Name':
        return this.#name(node, unit);
      default:
        return this.#number(node, unit);
    }
  }

  #string(node: Str, unit: FactUnit): readonly string[] | undefined {
    if (node.isBytes) return undefined;
    if (node.value !== undefined) return [node.value];
    let texts: readonly string[] | undefined = [''];
    for (const { pieces } of node.tokens) {
      for (const piece of pieces) texts = joined(texts, this.#piece(piece, unit));
    }
    return texts;
  }

  #piece(piece: StrPiece, unit: FactUnit): readonly string[] | undefined {
    if (piece.kind === 'text') return piece.value === undefined ? undefined : [piece.value];
    if (piece.isDebug || piece.expression === undefined) return undefined;
    const [format] = piece.format;
    const isNumber =
      piece.format.length === 1 && format?.kind === 'text' && NUMBER_FORMAT.test(format.value ?? '');
    if (isNumber) return [NUMBER];
    if (piece.format.length > 0) return undefined;
    const texts = this.of(piece.expression, unit);
    const isPlain = piece.conversion === undefined || texts?.every((text) => /^[\w .]*$/.test(text));
    return isPlain ? texts : undefined;
  }

  #name(node: Expression & { kind: 'Name' }, unit: FactUnit): readonly string[] | undefined {
    const at = unit.summary.locate.get(node);
    if (!at || unit.facts.unknownBinders.length > 0) return undefined;
    const vantage = { unit, scope: at.scope, block: at.block, offset: node.start };
    const bindings = reachingBindings(node.id, vantage);
    if (bindings.length === 0) return undefined;
    return either(
      bindings.map(({ binding: { source }, unit: where }) => {
        if (source.type === 'value') return this.of(source.expression, where);
        if (source.type !== 'iteration' || source.path.length > 0) return undefined;
        const { iterable } = source;
        // The name of a column that a query may spell.
        if (iterable.kind === 'Attribute' && iterable.attr === 'columns') return [NUMBER];
        if (iterable.kind !== 'List' && iterable.kind !== 'Tuple') return undefined;
        return either(iterable.elements.map((element) => this.of(element, where)));
      }),
    );
  }

  #number(node: Expression, unit: FactUnit): readonly string[] | undefined {
    return this.#isNumber(node, unit) ? [NUMBER] : undefined;
  }

  #isNumber(node: Expression, unit: FactUnit): boolean {
    switch (node.kind) {
      case 'Num':
        return true;
      case 'UnaryOp':
        return node.op !== 'not' && this.#isNumber(node.operand, unit);
      case 'BinOp':
        return (
          NUMBER_OPERATORS.has(node.op) ||
          ((node.op === '/' || node.op === '+') && this.#isNumber(node.left, unit)) ||
          (this.#isNumber(node.left, unit) && this.#isNumber(node.right, unit))
        );
      case 'Name':
        return this.of(node, unit)?.every((text) => text === NUMBER) ?? false;
      case 'Call': {
        if (node.func.kind === 'Attribute' && NUMBER_METHODS.has(node.func.attr)) return true;
        const callee = this.evaluator.calleeOf(node, unit);
        return callee !== undefined && NUMBER_CALLS.has(callee);
      }
      default:
        return false;
    }
  }
}

function joined(
  left: readonly string[] | undefined,
  right: readonly string[] | undefined,
): readonly string[] | undefined {
  if (!left || !right || left.length * right.length > MAX_TEXTS) return undefined;
  return left.flatMap((a) => right.map((b) => a + b));
}

function either(ways: readonly (readonly string[] | undefined)[]): readonly string[] | undefined {
  const texts = ways.flatMap((way) => way ?? []);
  return ways.every((way) => way !== undefined) && texts.length <= MAX_TEXTS
    ? [...new Set(texts)]
    : undefined;
}
