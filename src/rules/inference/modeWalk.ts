import type { FactUnit } from '../../semantics/facts';
import type { UnitSummary } from '../../semantics/summary';
import type { ValueFlow } from '../../semantics/valueFlow';
import type { Call, Expression, FunctionDef, If, NodeBase, Parameter, Statement } from '../../syntax/ast';
import type { ModeEvents, ModeFrame } from './modeEvents';
import { type ModeIndex, modeIndexOf } from './modeIndex';
import { MODE, type ModeState, withMode } from './modeState';

const MAX_CALLS = 5;
/** Statements run for one question; more is given up. */
const MAX_STEPS = 4000;

/** Ways out of a run of statements. */
interface Exits {
  returned: ModeState;
  broken: ModeState;
}

/** What is true where the module is called: tests of the branches around that call, by their text. */
export type Assumed = ReadonlyMap<string, boolean>;

/**
 * Runs statements in the head, as far as the mode of one module goes: branches are joined, loops run at least once,
 * functions of the program are entered. Notes in which state a call is reached.
 */
export class ModeWalk {
  /** The state in which the call was reached, on any path; undefined: not at all. */
  reached: ModeState | undefined;
  /** The functions that were entered. */
  readonly entered = new Set<FunctionDef>();
  readonly #index: ModeIndex;
  #steps = 0;
  #depth = 0;

  constructor(
    private readonly flow: ValueFlow,
    private readonly events: ModeEvents,
    private readonly wanted: { readonly call: Call; readonly unit: FactUnit } | undefined,
    private readonly assumed: Assumed,
  ) {
    this.#index = modeIndexOf(flow, events.modules);
  }

  /** Too long to tell. */
  get isGivenUp(): boolean {
    return this.#steps > MAX_STEPS;
  }

  /** @returns The state after the last statement, or where it returns. */
  runFunction(frame: ModeFrame, state: ModeState): ModeState {
    this.entered.add(frame.function);
    const exits: Exits = { returned: 0, broken: 0 };
    const end = this.#runAll(frame.function.body, frame.unit, state, frame, exits);
    return (end ?? 0) | exits.returned;
  }

  runModule(units: readonly FactUnit[], before: ModeState = 0): ModeState {
    let state = before;
    for (const unit of units) {
      if (!this.#isWorth(unit)) continue;
      const exits: Exits = { returned: 0, broken: 0 };
      state = this.#run(unit.unit.statement, unit, state, undefined, exits) ?? state;
    }
    return state;
  }

  /** Undefined: the end is not reached. */
  #runAll(
    statements: readonly Statement[],
    unit: FactUnit,
    state: ModeState,
    frame: ModeFrame | undefined,
    exits: Exits,
  ): ModeState | undefined {
    let at: ModeState | undefined = state;
    for (let i = 0; i < statements.length && at !== undefined; i++) {
      const [statement, next] = [statements[i]!, statements[i + 1]];
      const branches = branchesOf(statement, next, unit);
      if (branches) {
        at = this.#either(...branches, unit, at, frame, exits);
        i++;
      } else {
        at = this.#run(statement, unit, at, frame, exits);
      }
    }
    return at;
  }

  /** `if train: ...` and then `if not train: ...`. */
  #either(
    first: If,
    second: If,
    unit: FactUnit,
    state: ModeState,
    frame: ModeFrame | undefined,
    exits: Exits,
  ): ModeState | undefined {
    const other = this.assumed.get(textOf(second.test, unit));
    const known = this.assumed.get(textOf(first.test, unit)) ?? (other === undefined ? undefined : !other);
    return join([
      known === false ? undefined : this.#runAll(first.body, unit, state, frame, exits),
      known === true ? undefined : this.#runAll(second.body, unit, state, frame, exits),
    ]);
  }

  #run(
    statement: Statement,
    unit: FactUnit,
    before: ModeState,
    frame: ModeFrame | undefined,
    exits: Exits,
  ): ModeState | undefined {
    if (++this.#steps > MAX_STEPS) return before;
    if (statement.kind === 'FunctionDef' || statement.kind === 'ClassDef') return before;
    const state = this.#calls(statement, unit, before, frame);
    switch (statement.kind) {
      case 'If':
        return this.#branch(statement, unit, state, frame, exits);
      case 'For':
      case 'While':
        return this.#loop(statement, unit, state, frame, exits);
      case 'With':
        return this.#runAll(statement.body, unit, state, frame, exits);
      case 'Try':
        return this.#try(statement, unit, state, frame, exits);
      case 'Match': {
        const ends = statement.cases.map((one) => this.#runAll(one.body, unit, state, frame, exits));
        const isWhole = statement.cases.some(({ pattern, guard }) => pattern.isIrrefutable && !guard);
        return join(isWhole ? ends : [...ends, state]);
      }
      case 'Return':
        exits.returned |= state;
        return undefined;
      case 'Raise':
        return undefined;
      case 'Break':
      case 'Continue':
        exits.broken |= state;
        return undefined;
      default:
        return state;
    }
  }

  #branch(
    statement: If,
    unit: FactUnit,
    state: ModeState,
    frame: ModeFrame | undefined,
    exits: Exits,
  ): ModeState | undefined {
    const known = this.assumed.get(textOf(statement.test, unit));
    const body = known === false ? undefined : this.#runAll(statement.body, unit, state, frame, exits);
    const orelse = known === true ? undefined : this.#runAll(statement.orelse, unit, state, frame, exits);
    return join([body, orelse]);
  }

  /** Twice, so that what the end of a round does is seen at its beginning. */
  #loop(
    statement: Statement & { kind: 'For' | 'While' },
    unit: FactUnit,
    state: ModeState,
    frame: ModeFrame | undefined,
    exits: Exits,
  ): ModeState | undefined {
    const own: Exits = { returned: 0, broken: 0 };
    const first = this.#runAll(statement.body, unit, state, frame, own);
    const second = this.#runAll(statement.body, unit, (first ?? 0) | own.broken | state, frame, own);
    exits.returned |= own.returned;
    const end = own.broken === 0 ? join([first, second]) : join([first, second, own.broken]);
    return this.#runAll(statement.orelse, unit, end ?? state, frame, exits);
  }

  #try(
    statement: Statement & { kind: 'Try' },
    unit: FactUnit,
    state: ModeState,
    frame: ModeFrame | undefined,
    exits: Exits,
  ): ModeState | undefined {
    const body = this.#runAll(statement.body, unit, state, frame, exits);
    const handled = statement.handlers.map((handler) =>
      this.#runAll(handler.body, unit, state | (body ?? 0), frame, exits),
    );
    const orelse = body === undefined ? undefined : this.#runAll(statement.orelse, unit, body, frame, exits);
    const end = join([orelse, ...handled]);
    const last = this.#runAll(statement.finalbody, unit, end ?? state, frame, exits);
    return end === undefined ? undefined : last;
  }

  #calls(statement: Statement, unit: FactUnit, before: ModeState, frame: ModeFrame | undefined): ModeState {
    let state = before;
    for (const call of callsIn(unit.summary).get(statement) ?? [])
      state = this.#call(call, unit, state, frame);
    return state;
  }

  #call(call: Call, unit: FactUnit, state: ModeState, frame: ModeFrame | undefined): ModeState {
    if (call === this.wanted?.call && unit === this.wanted.unit) {
      this.reached = (this.reached ?? 0) | state;
      return state;
    }
    const done = this.events.after(call, unit, state, frame);
    if (done !== undefined) return done;
    const callees = this.flow.calls.calleesOf(call, unit);
    const isModuleMade = callees.classes.some(
      ({ node, unit: where }) => this.flow.calls.methodOf(node, 'forward', where) !== undefined,
    );
    const isKnown =
      callees.isComplete && callees.functions.length + callees.classes.length > 0 && !isModuleMade;
    if (!isKnown && this.events.isHandedOver(call, unit, frame)) return withMode(state, MODE.UNKNOWN);
    const touching = callees.functions.filter((one) => this.#touches(one.function, one.unit));
    if (touching.length === 0) return state;
    if (this.#depth >= MAX_CALLS) return withMode(state, MODE.UNKNOWN);
    this.#depth++;
    let after: ModeState = 0;
    for (const callee of touching) {
      const given = new Set<Parameter>();
      for (const argument of [...call.args, ...call.keywords.map(({ value }) => value)]) {
        const arrives = this.flow.calls.parameterFor(callee, call, argument);
        if (arrives?.path.length === 0 && this.events.isTarget(argument, unit, frame))
          given.add(arrives.parameter);
      }
      after |= this.runFunction({ function: callee.function, unit: callee.unit, given }, state);
    }
    this.#depth--;
    return touching.length === callees.functions.length ? after : after | state;
  }

  /** Whether a function may do something to the mode of the module, or make it, itself or through others. */
  #touches(node: FunctionDef, unit: FactUnit): boolean {
    const { roots, isSwitching, isTraining } = this.#index.ofFunction(node, unit);
    return isSwitching || isTraining || this.#isTargeted(roots);
  }

  #isTargeted(roots: ReadonlySet<NodeBase>): boolean {
    return this.events.target.roots.some(({ node }) => roots.has(node));
  }

  /** Whether a top-level statement may concern the module, or the training of what stood above it. */
  #isWorth(unit: FactUnit): boolean {
    const isHere = this.events.target.roots.some((root) => root.unit === unit);
    if (isHere || unit === this.wanted?.unit) return true;
    const { roots, isTraining } = this.#index.ofUnit(unit);
    return this.#isTargeted(roots) || (isTraining && roots.size === 0);
  }
}

const calls = new WeakMap<UnitSummary, ReadonlyMap<Statement, readonly Call[]>>();

/** The calls that each statement makes itself when it runs, in order of evaluation. */
function callsIn(summary: UnitSummary): ReadonlyMap<Statement, readonly Call[]> {
  const known = calls.get(summary);
  if (known) return known;
  const found = new Map<Statement, Call[]>();
  for (const { node, at } of summary.calls) {
    if (at.scope.kind === 'lambda') continue;
    const same = found.get(at.statement);
    if (same) same.push(node);
    else found.set(at.statement, [node]);
  }
  calls.set(summary, found);
  return found;
}

function join(states: readonly (ModeState | undefined)[]): ModeState | undefined {
  const reached = states.filter((state) => state !== undefined);
  return reached.length === 0 ? undefined : reached.reduce((all, state) => all | state, 0);
}

/** The text of a test, for comparing it with another one. */
export function textOf(node: { readonly start: number; readonly end: number }, { unit }: FactUnit): string {
  return unit.text.slice(node.start, node.end);
}

/** Two tests one behind the other of which exactly one holds. */
function branchesOf(
  first: Statement,
  second: Statement | undefined,
  unit: FactUnit,
): readonly [If, If] | undefined {
  if (first.kind !== 'If' || second?.kind !== 'If') return undefined;
  if (first.orelse.length > 0 || second.orelse.length > 0) return undefined;
  const [a, b] = [plainTest(first.test, unit), plainTest(second.test, unit)];
  return a.text === b.text && a.holds !== b.holds ? [first, second] : undefined;
}

/** A test without its `not`, `== True` and `is False`. */
function plainTest(test: Expression, unit: FactUnit): { readonly text: string; readonly holds: boolean } {
  if (test.kind === 'UnaryOp' && test.op === 'not') {
    const inner = plainTest(test.operand, unit);
    return { ...inner, holds: !inner.holds };
  }
  const [left, right] = test.kind === 'Compare' ? test.operands : [];
  const op = test.kind === 'Compare' && test.ops.length === 1 ? test.ops[0] : undefined;
  if (
    left &&
    right?.kind === 'Constant' &&
    typeof right.value === 'boolean' &&
    (op === '==' || op === 'is')
  ) {
    const inner = plainTest(left, unit);
    return { ...inner, holds: inner.holds === right.value };
  }
  return { text: textOf(test, unit), holds: true };
}
