import {
  AGGREGATING,
  CHUNKING,
  FRAME_TO_FRAME,
  FRAME_TO_SERIES,
  GROUPING,
  INDEXERS,
  KEEPING,
  SAME_ATTRIBUTES,
  SERIES_TO_FRAME,
  SERIES_TO_SERIES,
  SPLITTERS,
  TABLE_FUNCTIONS,
  TO_TABLE,
  type TableKind,
} from '../knowledge/pandas';
import type { Call, Expression } from '../syntax/ast';
import type { FactUnit, PlacedBinding } from './facts';
import { type Placed, PlacedMap } from './flow/placed';
import type { Source } from './flow/sources';
import type { ValueFlow } from './valueFlow';

export type { TableKind } from '../knowledge/pandas';

/** A table, or what gives one: groups or windows of its rows, or an iterator of chunks. */
type Kind = TableKind | 'groups' | 'chunks';

const MAX_DEPTH = 24;

/** Finds out which expressions of a program are pandas tables: by where they come from, never by their names. */
export class Frames {
  readonly #known = new PlacedMap<Expression, Kind | null>();
  readonly #running: Placed<Expression>[] = [];
  #circles = 0;

  constructor(private readonly flow: ValueFlow) {}

  /** What kind of table an expression is, if all that it may stand for are tables. */
  tableOf(node: Expression, unit: FactUnit): TableKind | undefined {
    const kind = this.#kindOf(node, unit);
    return kind === 'groups' || kind === 'chunks' ? undefined : kind;
  }

  #kindOf(node: Expression, unit: FactUnit): Kind | undefined {
    const known = this.#known.get(unit, node);
    if (known !== undefined) return known ?? undefined;
    const isRunning = this.#running.some((place) => place.node === node && place.unit === unit);
    if (isRunning || this.#running.length > MAX_DEPTH) {
      this.#circles++;
      return undefined;
    }
    const circles = this.#circles;
    this.#running.push({ node, unit });
    const kind = this.#byOrigin(node, unit);
    this.#running.pop();
    if (this.#circles === circles || this.#running.length === 0) this.#known.set(unit, node, kind ?? null);
    return kind;
  }

  #byOrigin(node: Expression, unit: FactUnit): Kind | undefined {
    switch (node.kind) {
      case 'Name':
        return this.#name(node, unit);
      case 'Call':
        return this.#call(node, unit);
      case 'Attribute': {
        const owner = SAME_ATTRIBUTES.has(node.attr) ? this.#kindOf(node.value, unit) : undefined;
        return owner ?? this.#joined(this.flow.sources.before(node, unit));
      }
      case 'Subscript':
        return this.#item(node, unit) ?? this.#joined(this.flow.sources.before(node, unit));
      case 'BinOp':
        // What it is computed with may be an array or a tensor, but pandas makes a table of it.
        if (node.op === '@' || node.left.kind === 'Str') return undefined;
        return this.#table(node.left, unit) ?? this.#table(node.right, unit);
      case 'UnaryOp':
        return node.op === 'not' ? undefined : this.#table(node.operand, unit);
      case 'Compare':
        return this.#comparison(node, unit);
      case 'IfExp':
      case 'BoolOp':
      case 'NamedExpr':
      case 'Await':
        return this.#joined(this.flow.sources.before(node, unit));
      default:
        return undefined;
    }
  }

  #table(node: Expression, unit: FactUnit): TableKind | undefined {
    return this.tableOf(node, unit);
  }

  #comparison(node: Expression & { kind: 'Compare' }, unit: FactUnit): Kind | undefined {
    const [op, ...others] = node.ops;
    if (op === undefined || others.length > 0 || !/^(?:[<>]=?|[=!]=)$/.test(op)) return undefined;
    return node.operands.map((operand) => this.#table(operand, unit)).find((kind) => kind !== undefined);
  }

  /** All alternatives together. */
  #joined(sources: readonly Source[] | undefined): Kind | undefined {
    if (!sources || sources.length === 0) return undefined;
    return join(sources.map((source) => source && this.#kindOf(source.node, source.unit)));
  }

  #name(node: Expression & { kind: 'Name' }, unit: FactUnit): Kind | undefined {
    const kinds: (Kind | undefined)[] = [];
    for (const placed of this.flow.sources.bindingsOf(node, unit)) {
      // `frame += 1` keeps the table that it was before, which reaches here as well.
      if (placed.binding.source.type !== 'augmented') kinds.push(this.#bound(placed));
    }
    return join(kinds);
  }

  #bound(placed: PlacedBinding): Kind | undefined {
    const { source } = placed.binding;
    const { unit } = placed;
    switch (source.type) {
      case 'parameter': {
        const { annotation } = source.parameter;
        return (annotation && this.#annotated(annotation, unit)) ?? this.#given(placed);
      }
      case 'element':
        return this.#part(source.expression, source.path, unit) ?? this.#given(placed);
      case 'iteration':
        return this.#iterated(source.iterable, source.path, unit) ?? this.#given(placed);
      default:
        return this.#given(placed);
    }
  }

  #given(placed: PlacedBinding): Kind | undefined {
    return this.#joined(this.flow.sources.ofBinding(placed));
  }

  #annotated(annotation: Expression, unit: FactUnit): Kind | undefined {
    if (annotation.kind === 'Str') return undefined;
    const name = this.flow.evaluator.qualifiedName(annotation, unit);
    const kind = name === undefined ? undefined : TABLE_FUNCTIONS.get(name);
    return /\.(?:Geo)?(?:DataFrame|Series)$/.test(name ?? '') ? kind : undefined;
  }

  /** `train, test = train_test_split(frame)`: each argument comes back in two parts. */
  #part(node: Expression, path: readonly number[], unit: FactUnit): Kind | undefined {
    const [index, ...further] = path;
    if (node.kind !== 'Call' || index === undefined || index < 0 || further.length > 0) return undefined;
    const name = this.flow.evaluator.calleeOf(node, unit);
    if (name === undefined || !SPLITTERS.has(name) || node.args.some((one) => one.kind === 'Starred'))
      return undefined;
    const argument = node.args[name.endsWith('train_test_split') ? Math.floor(index / 2) : index];
    return argument && this.#kindOf(argument, unit);
  }

  #iterated(iterable: Expression, path: readonly number[], unit: FactUnit): Kind | undefined {
    const isPair = path.length === 1 && path[0] === 1;
    if (iterable.kind === 'Call' && iterable.func.kind === 'Attribute' && isPair) {
      const { attr, value } = iterable.func;
      const owner = attr === 'iterrows' || attr === 'items' ? this.#kindOf(value, unit) : undefined;
      if (owner === 'frame') return 'series';
    }
    const all = this.#kindOf(iterable, unit);
    if (all === 'chunks' && path.length === 0) return 'frame';
    return all === 'groups' && isPair ? 'table' : undefined;
  }

  #call(call: Call, unit: FactUnit): Kind | undefined {
    const { func } = call;
    // Asked first: a chain of methods is as long as its links.
    const owner = func.kind === 'Attribute' ? this.#kindOf(func.value, unit) : undefined;
    if (owner && func.kind === 'Attribute') return this.#method(owner, func.attr, call);
    const name = this.flow.evaluator.calleeOf(call, unit);
    const kind = name === undefined ? undefined : TABLE_FUNCTIONS.get(name);
    if (kind) return isChunked(call) ? 'chunks' : isMapping(call) ? undefined : kind;
    if (name !== undefined && KEEPING.has(name) && call.args.length === 1)
      return this.#kindOf(call.args[0]!, unit);
    return this.#joined(this.flow.sources.before(call, unit));
  }

  #method(owner: Kind, method: string, call: Call): Kind | undefined {
    if (owner === 'groups') return AGGREGATING.has(method) ? 'table' : undefined;
    if (owner === 'chunks') return method === 'get_chunk' ? 'frame' : undefined;
    if (call.keywords.some(({ name, value }) => name === 'inplace' && !isFalse(value))) return undefined;
    if (GROUPING.has(method)) return 'groups';
    if (TO_TABLE.has(method)) return owner === 'series' ? undefined : 'table';
    const ofFrame = FRAME_TO_FRAME.has(method) ? 'frame' : FRAME_TO_SERIES.has(method) ? 'series' : undefined;
    const ofSeries = SERIES_TO_FRAME.has(method)
      ? 'frame'
      : SERIES_TO_SERIES.has(method)
        ? 'series'
        : undefined;
    if (owner === 'frame') return ofFrame;
    if (owner === 'series') return ofSeries;
    return join([ofFrame, ofSeries]);
  }

  #item(node: Expression & { kind: 'Subscript' }, unit: FactUnit): Kind | undefined {
    const { value, index } = node;
    if (value.kind === 'Attribute' && INDEXERS.has(value.attr)) {
      const owner = this.#table(value.value, unit);
      return owner && located(owner, index);
    }
    const owner = this.#kindOf(value, unit);
    if (!owner || owner === 'chunks') return undefined;
    if (owner === 'groups') return 'groups';
    const isMany = isSeveral(index) || this.#table(index, unit) !== undefined;
    if (owner === 'frame') return index.kind === 'Str' ? 'series' : isMany ? 'frame' : 'table';
    return isMany ? owner : undefined;
  }
}

const frames = new WeakMap<ValueFlow, Frames>();

/** The tables of a program, found once for all who ask. */
export function framesOf(flow: ValueFlow): Frames {
  let found = frames.get(flow);
  if (!found) frames.set(flow, (found = new Frames(flow)));
  return found;
}

/** `frame.loc[rows, columns]`; undefined where it may be a single value. */
function located(owner: TableKind, index: Expression): Kind | undefined {
  if (owner !== 'frame') return isSeveral(index) ? owner : undefined;
  if (index.kind !== 'Tuple') return isSeveral(index) ? 'frame' : 'table';
  const [rows, columns] = index.elements;
  if (!rows || !columns) return undefined;
  if (isSeveral(rows) && isSeveral(columns)) return 'frame';
  if (isSeveral(rows) || isSeveral(columns)) return isScalar(rows) || isScalar(columns) ? 'series' : 'table';
  return undefined;
}

/** Whether an index takes several rows or columns, as far as it shows. */
function isSeveral(index: Expression): boolean {
  switch (index.kind) {
    case 'Slice':
    case 'List':
    case 'Compare':
      return true;
    case 'Comprehension':
      return index.type === 'list';
    case 'BinOp':
      return index.op === '&' || index.op === '|';
    case 'UnaryOp':
      return index.op === '~';
    default:
      return false;
  }
}

function isScalar(index: Expression): boolean {
  return index.kind === 'Str' || index.kind === 'Num' || index.kind === 'UnaryOp';
}

function isChunked(call: Call): boolean {
  return call.keywords.some(
    ({ name, value }) => name !== undefined && CHUNKING.has(name) && !isFalse(value) && !isNone(value),
  );
}

/** `read_excel(f, sheet_name=None)` reads all sheets. */
function isMapping(call: Call): boolean {
  return call.keywords.some(
    ({ name, value }) => name === 'sheet_name' && value.kind !== 'Str' && value.kind !== 'Num',
  );
}

function isFalse(node: Expression): boolean {
  return node.kind === 'Constant' && node.value === false;
}

function isNone(node: Expression): boolean {
  return node.kind === 'Constant' && node.value === null;
}

/** Undefined if one of them is none; a table where they differ. */
function join(kinds: readonly (Kind | undefined)[]): Kind | undefined {
  const [first] = kinds;
  if (first === undefined || kinds.includes(undefined)) return undefined;
  if (kinds.every((kind) => kind === first)) return first;
  return kinds.includes('groups') || kinds.includes('chunks') ? undefined : 'table';
}
