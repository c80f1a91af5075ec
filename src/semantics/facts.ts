import type { Call, Expression, NodeBase } from '../syntax/ast';
import type { CellSyntax, SyntaxProblem, Unit } from '../syntax/cell';
import type { Cell, Escape, Program } from '../program/program';
import type { LineIndex } from '../text/position';
import { type Range, type Span } from '../text/position';
import { parentsOf } from './parents';
import type { Binding, Reference } from './scope';
import { type Located, type UnitSummary, summarize } from './summary';

/** A code cell with its syntax. */
export interface CodeCell {
  readonly cell: Cell;
  readonly syntax: CellSyntax;
  /** Position among the program's code cells, zero-based. */
  readonly position: number;
  readonly lines: LineIndex;
}

/** How a message names a cell, by something in it: `cell 3`; in a notebook that is one text file, `line 12`. */
export function cellName({ cell, lines }: CodeCell, offset: number): string {
  if (cell.index !== null) return `cell ${cell.index + 1}`;
  return `line ${lines.positionAt(offset).line + 1}`;
}

/** A top-level statement in its place. */
export interface FactUnit {
  /** The program that it is a statement of. */
  readonly facts: ProgramFacts;
  readonly unit: Unit;
  readonly summary: UnitSummary;
  readonly cell: CodeCell;
  /** Offset of the statement in the cell's source. */
  readonly start: number;
  /** Position among all top-level statements of the program, in document order, zero-based. */
  readonly order: number;
}

export interface PlacedBinding {
  readonly binding: Binding;
  readonly unit: FactUnit;
}

export interface PlacedReference {
  readonly reference: Reference;
  readonly unit: FactUnit;
}

export interface PlacedCall {
  readonly call: Call;
  readonly at: Located;
  readonly unit: FactUnit;
}

/** Code that may bind, rebind or delete module names that nobody can list. */
export interface UnknownBinder {
  /** The statement; undefined for a cell that does not parse. */
  readonly unit: FactUnit | undefined;
  readonly cell: CodeCell;
  /** Statements from this position on see its effect. */
  readonly order: number;
  /** For a message: `from x import *`, `%run`. */
  readonly what: string;
  readonly span: Span;
}

/**
 * What is known about one program: its top-level statements in document order, joined. Made anew for each version in
 * about a millisecond per thousand statements; everything that depends on one statement alone is cached with it.
 */
export class ProgramFacts {
  readonly units: readonly FactUnit[];
  readonly unknownBinders: readonly UnknownBinder[];
  readonly #moduleBindings = new Map<string, PlacedBinding[]>();
  readonly #freeReferences: PlacedReference[] = [];
  #callers: Map<string, FactUnit[]> | undefined;

  constructor(
    readonly program: Program,
    readonly cells: readonly CodeCell[],
  ) {
    const units: FactUnit[] = [];
    const binders: UnknownBinder[] = [];
    for (const cell of cells) {
      if (cell.syntax.problem) binders.push(unparsedCell(cell, cell.syntax.problem, units.length));
      for (const placed of cell.syntax.units) {
        const summary = summarize(placed.unit);
        const unit: FactUnit = {
          facts: this,
          unit: placed.unit,
          summary,
          cell,
          start: placed.start,
          order: units.length,
        };
        units.push(unit);
        this.#join(unit);
        const binder = unknownBinderOf(unit);
        if (binder) binders.push(binder);
      }
    }
    this.units = units;
    this.unknownBinders = binders;
  }

  /** The bindings of a module name in document order, those under `global` in functions included. */
  moduleBindings(name: string): readonly PlacedBinding[] {
    return this.#moduleBindings.get(name) ?? [];
  }

  moduleNames(): Iterable<string> {
    return this.#moduleBindings.keys();
  }

  /** Reads of names that no function, class or comprehension around them binds, in document order. */
  get freeReferences(): readonly PlacedReference[] {
    return this.#freeReferences;
  }

  /** Where a node stands in its cell's source. */
  spanOf(unit: FactUnit, node: NodeBase): Span {
    return { start: node.start + unit.start, end: node.end + unit.start };
  }

  rangeOf(unit: FactUnit, node: NodeBase): Range {
    return unit.cell.lines.rangeOf(this.spanOf(unit, node));
  }

  /** Every cell is Python 3 that parses. */
  get isComplete(): boolean {
    return this.cells.every((cell) => !cell.syntax.problem);
  }

  /** Calls of `name(...)` and `x.name(...)`, in document order. */
  callsNamed(name: string): readonly PlacedCall[] {
    this.#callers ??= this.#indexCallers();
    const callers = this.#callers.get(name) ?? [];
    return callers.flatMap((unit) =>
      (callsByName(unit.summary).get(name) ?? []).map(({ node, at }) => ({ call: node, at, unit })),
    );
  }

  /** Which statements call something of a name; the calls themselves are indexed per statement and kept with it. */
  #indexCallers(): Map<string, FactUnit[]> {
    const callers = new Map<string, FactUnit[]>();
    for (const unit of this.units) {
      for (const name of callsByName(unit.summary).keys()) {
        const same = callers.get(name);
        if (same) same.push(unit);
        else callers.set(name, [unit]);
      }
    }
    return callers;
  }

  #join(unit: FactUnit): void {
    const { moduleBindings, freeReferences } = unit.summary;
    for (const reference of freeReferences) this.#freeReferences.push({ reference, unit });
    if (moduleBindings.length === 0 || isIsolated(unit)) return;
    for (const binding of moduleBindings) {
      const same = this.#moduleBindings.get(binding.name);
      if (same) same.push({ binding, unit });
      else this.#moduleBindings.set(binding.name, [{ binding, unit }]);
    }
  }
}

type SummaryCall = UnitSummary['calls'][number];
const callTables = new WeakMap<UnitSummary, ReadonlyMap<string, readonly SummaryCall[]>>();

function callsByName(summary: UnitSummary): ReadonlyMap<string, readonly SummaryCall[]> {
  const known = callTables.get(summary);
  if (known) return known;
  const table = new Map<string, SummaryCall[]>();
  for (const call of summary.calls) {
    const { func } = call.node;
    const name = func.kind === 'Name' ? func.id : func.kind === 'Attribute' ? func.attr : undefined;
    if (name === undefined) continue;
    const same = table.get(name);
    if (same) same.push(call);
    else table.set(name, [call]);
  }
  callTables.set(summary, table);
  return table;
}

/** `%timeit x = 1` runs in a namespace of its own, and `%%timeit` takes its whole cell with it. */
export function isIsolated(unit: FactUnit): boolean {
  const isolating = (escape: Escape): boolean => escape.isolated === true;
  if (unit.cell.cell.escapes.some((escape) => escape.kind === 'cell-magic' && isolating(escape))) return true;
  const line = unit.cell.lines.positionAt(unit.start).line;
  return unit.cell.cell.escapes.some(
    (escape) => isolating(escape) && unit.cell.lines.positionAt(escape.span.start).line === line,
  );
}

function unparsedCell(cell: CodeCell, problem: SyntaxProblem, order: number): UnknownBinder {
  const span = { start: problem.offset, end: problem.offset };
  return { unit: undefined, cell, order, what: `a cell that is ${problem.message}`, span };
}

function unknownBinderOf(unit: FactUnit): UnknownBinder | undefined {
  let found = binders.get(unit.unit);
  if (found === undefined) {
    found = findUnknownBinder(unit) ?? null;
    binders.set(unit.unit, found);
  }
  if (found === null) return undefined;
  const span = { start: found.node.start + unit.start, end: found.node.end + unit.start };
  return { unit, cell: unit.cell, order: unit.order, what: found.what, span };
}

interface UnplacedBinder {
  readonly what: string;
  readonly node: NodeBase;
}

/** Depends on the statement alone; null: there is none. */
const binders = new WeakMap<Unit, UnplacedBinder | null>();

function findUnknownBinder(unit: FactUnit): UnplacedBinder | undefined {
  const escape = unit.unit.escapes.find((candidate) => candidate.bindsUnknown);
  if (escape) {
    const sign = escape.kind === 'cell-magic' ? '%%' : '%';
    return { what: escape.name === '' ? 'a shell line' : `${sign}${escape.name}`, node: unit.unit.statement };
  }
  for (const { node } of unit.summary.statements) {
    if (node.kind === 'ImportFrom' && node.isStar) return { what: `from ${node.module} import *`, node };
  }
  for (const { node, at } of unit.summary.calls) {
    if (node.func.kind !== 'Name' || !['exec', 'globals', 'locals', 'vars'].includes(node.func.id)) continue;
    if (at.scope.ownerOf(node.func.id).parent !== undefined) continue;
    if (node.func.id === 'exec') return { what: 'exec', node };
    // locals() and vars() are the module's names only at module level; vars(x) is another thing.
    const isModuleLevel = at.scope.enclosingFunction === undefined;
    const isNamespace = node.func.id === 'globals' || (isModuleLevel && node.args.length === 0);
    if (isNamespace && changesNamespace(unit, node)) return { what: `${node.func.id}()`, node };
  }
  return undefined;
}

/** Functions that only look at the dictionary they are given. */
const LOOKING = new Set(
  'all any bool dict enumerate eval filter format frozenset id isinstance iter len list map max min pprint print repr set sorted str tuple type zip'.split(
    ' ',
  ),
);

/** Whether `globals()` here is more than read: an item set or deleted, a changing method, or handed to who knows whom. */
function changesNamespace(unit: FactUnit, call: Expression): boolean {
  const parents = parentsOf(unit.unit);
  const parent = parents.get(call);
  const around = parent && parents.get(parent);
  if (!parent) return false;
  switch (parent.kind) {
    case 'Subscript': {
      if (!around || parent.value !== call) return false;
      if (around.kind === 'Assign') return around.targets.includes(parent);
      if (around.kind === 'AugAssign' || around.kind === 'AnnAssign') return around.target === parent;
      if (around.kind === 'For') return around.target === parent;
      return around.kind === 'Delete';
    }
    case 'Attribute':
      return !['get', 'keys', 'values', 'items', 'copy'].includes(parent.attr);
    case 'Call':
      if (parent.keywords.some((keyword) => keyword.name === undefined && keyword.value === call))
        return false;
      return !(parent.func.kind === 'Name' && LOOKING.has(parent.func.id));
    case 'Compare':
    case 'Expr':
    case 'For':
    case 'Comprehension':
      return false;
    default:
      return true;
  }
}
