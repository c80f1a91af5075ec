import { PHASE_OF_CALL, PHASE_OF_METHOD, PHASE_PATTERNS, TELLING_METHODS } from '../knowledge/phaseCalls';
import { PHASE_RANK, PHASE_WEIGHT, PHASE_WORDS, type Phase } from '../knowledge/phases';
import type { FactUnit, ProgramFacts } from '../semantics/facts';
import { Evaluator } from '../semantics/values';
import type { Call, Expression, Statement } from '../syntax/ast';
import { type Thing, Things } from './things';

/** What one call, or another part of a statement, says about what the statement does. */
export interface Sign {
  readonly phase: Phase;
  readonly call: Call | undefined;
  /** The dotted name of what is called, where it is known. */
  readonly callee: string | undefined;
  readonly method: string | undefined;
  /** Whose method it is. */
  readonly receiver: Expression | undefined;
  readonly thing: Thing | undefined;
}

/** The phases of one program's statements. */
export class ProgramPhases {
  readonly #signs = new Map<FactUnit, readonly Sign[]>();
  readonly #functions = new Map<string, Phase | null>();
  readonly #things: Things;

  constructor(
    private readonly facts: ProgramFacts,
    private readonly evaluator: Evaluator,
  ) {
    this.#things = new Things(facts, evaluator);
    for (const unit of facts.units) {
      this.#signs.set(unit, this.#signsOf(unit));
      this.#things.pass(unit);
    }
  }

  /** What the calls and stores of a statement say, in the order in which they happen. */
  signsOf(unit: FactUnit): readonly Sign[] {
    return this.#signs.get(unit) ?? [];
  }

  /** The phase of a statement; functions that it defines do not run with it. */
  phaseOf(unit: FactUnit): Phase | undefined {
    return strongest(this.signsOf(unit).map(({ phase }) => phase));
  }

  /** Whether a name stands for a figure, or a part of one, at the end of the program. */
  isFigure(name: string): boolean {
    return this.#things.named(name)?.kind === 'axes';
  }

  /** Whether a name stands for a network at the end of the program. */
  isNetwork(name: string): boolean {
    return this.#things.named(name)?.kind === 'network';
  }

  /** The phase that says most about several statements together, by their number and what one of them says. */
  phaseOfAll(units: readonly FactUnit[]): Phase | undefined {
    const weights = new Map<Phase, number>();
    for (const unit of units) {
      const phase = this.phaseOf(unit);
      if (!phase) continue;
      // A loop that trains is the training, whatever was built for it.
      const isLoop = phase === 'train' && ['For', 'While'].includes(unit.unit.statement.kind);
      weights.set(phase, (weights.get(phase) ?? 0) + PHASE_WEIGHT[phase] * (isLoop ? 3 : 1));
    }
    const most = Math.max(...weights.values());
    return PHASE_RANK.find((phase) => weights.get(phase) === most);
  }

  #signsOf(unit: FactUnit): readonly Sign[] {
    const { statement } = unit.unit;
    if (statement.kind === 'FunctionDef' || statement.kind === 'ClassDef') return [];
    const signs: Sign[] = [];
    for (const { node, at } of unit.summary.calls) {
      if (at.time !== 'now') continue;
      const sign = this.#signOfCall(node, unit);
      if (sign) signs.push(sign);
    }
    const bare = this.#withoutCall(statement, unit);
    if (bare && !signs.some(({ phase }) => phase !== 'report')) signs.push(bare);
    return signs;
  }

  #signOfCall(call: Call, unit: FactUnit): Sign | undefined {
    const { func } = call;
    const callee = this.evaluator.calleeOf(call, unit);
    const method = func.kind === 'Attribute' ? func.attr : undefined;
    const receiver = func.kind === 'Attribute' ? func.value : undefined;
    const owner = receiver && this.#things.of(receiver, unit);
    const sign = (phase: Phase | undefined, thing: Thing | undefined = owner): Sign | undefined =>
      phase && { phase, call, callee, method, receiver: callee === undefined ? receiver : undefined, thing };
    if (callee !== undefined) return sign(phaseOfCallee(callee, call, unit), undefined);
    if (func.kind === 'Name') {
      const made = this.#things.of(call, unit);
      if (made?.kind === 'network') return sign('build', made);
      if (this.#things.of(func, unit)?.kind === 'network')
        return sign('predict', this.#things.of(func, unit));
      return sign(this.#phaseOfFunction(func.id));
    }
    if (method === undefined) return undefined;
    if (receiver?.kind === 'Attribute' && receiver.attr === 'plot' && owner?.kind === 'frame')
      return sign('plot');
    if (owner?.kind) return sign(PHASE_OF_METHOD[owner.kind].get(method) ?? TELLING_METHODS.get(method));
    return sign(TELLING_METHODS.get(method));
  }

  /** Looks, stores and selections that have no call. */
  #withoutCall(statement: Statement, unit: FactUnit): Sign | undefined {
    const sign = (phase: Phase, receiver: Expression, thing: Thing | undefined): Sign => ({
      phase,
      call: undefined,
      callee: undefined,
      method: undefined,
      receiver,
      thing,
    });
    if (statement.kind === 'Expr') {
      const { value } = statement;
      if (value.kind === 'Call' || value.kind === 'Str' || value.kind === 'Escape') return undefined;
      const thing = this.#things.of(value, unit);
      return sign(thing?.kind === 'frame' ? 'explore' : 'report', value, thing);
    }
    if (statement.kind !== 'Assign' && statement.kind !== 'AugAssign') return undefined;
    const targets = statement.kind === 'Assign' ? statement.targets : [statement.target];
    for (const target of targets) {
      if (target.kind !== 'Subscript' && target.kind !== 'Attribute') continue;
      const name = this.evaluator.qualifiedName(target.value, unit);
      if (
        name !== undefined &&
        /^(?:os\.environ|matplotlib\.(?:\w+\.)*rcParams|pandas\.options|torch\.backends)/.test(name)
      )
        return sign('configure', target, undefined);
      const thing = this.#things.of(target.value, unit);
      if (thing?.kind === 'frame') return sign('prepare', target, thing);
    }
    const thing = this.#things.of(statement.value, unit);
    if (thing?.kind !== 'frame' || statement.value.kind === 'Name') return undefined;
    return sign('prepare', statement.value, thing);
  }

  /** Of a function of the program: what its name says, else what its calls do. */
  #phaseOfFunction(name: string): Phase | undefined {
    const known = this.#functions.get(name);
    if (known !== undefined) return known ?? undefined;
    this.#functions.set(name, null);
    const definition = this.facts
      .moduleBindings(name)
      .find(({ binding }) => binding.source.type === 'function');
    if (!definition) return undefined;
    const [verb = ''] = name.replace(/^_+/, '').toLowerCase().split('_');
    const phase = PHASE_WORDS.get(verb) ?? this.#phaseOfBody(definition.unit);
    if (phase) this.#functions.set(name, phase);
    return phase;
  }

  #phaseOfBody(unit: FactUnit): Phase | undefined {
    const phases = unit.summary.calls.map(({ node }) => this.#signOfCall(node, unit)?.phase);
    return strongest(phases.filter((phase) => phase !== 'report' && phase !== 'configure'));
  }
}

/** `plt.switch_backend("Agg")`: what is drawn below it is drawn otherwise. */
export function switchesBackend({ unit: { statement } }: FactUnit): boolean {
  const call = statement.kind === 'Expr' ? statement.value : undefined;
  return call?.kind === 'Call' && call.func.kind === 'Attribute' && call.func.attr === 'switch_backend';
}

function phaseOfCallee(callee: string, call: Call, { unit }: FactUnit): Phase | undefined {
  if (callee === 'builtins.open' || callee === 'io.open') return isWriting(call) ? 'save' : 'load';
  if (/^(?:pandas|polars)\.(?:DataFrame|Series)$/.test(callee)) {
    // Data that is written down in the program is where it starts from.
    const [first] = call.args;
    return first && ['Dict', 'List'].includes(first.kind) && !isOfResults(first) ? 'load' : 'prepare';
  }
  // A figure that is made is used below; what for is said there. One that is closed ends what stands above.
  if (/^matplotlib\.pyplot\.(?:subplots|gca|gcf|close)$/.test(callee)) return undefined;
  const isShown = unit.statement.kind === 'Expr' && unit.statement.value === call;
  if (isShown && callee.startsWith('builtins.')) return 'report';
  return PHASE_OF_CALL.get(callee) ?? PHASE_PATTERNS.find(([pattern]) => pattern.test(callee))?.[1];
}

/** `{"truth": y_test, "found": y_pred}`: a table of what the program has already. */
function isOfResults(node: Expression): boolean {
  if (node.kind !== 'Dict') return false;
  const values = node.entries.map(({ value }) => value);
  const named = values.filter(({ kind }) => kind === 'Name' || kind === 'Subscript' || kind === 'Attribute');
  return named.length * 2 > values.length;
}

function isWriting(call: Call): boolean {
  const mode = call.args[1] ?? call.keywords.find(({ name }) => name === 'mode')?.value;
  return mode?.kind === 'Str' && /[wax]/.test(mode.value ?? '');
}

function strongest(phases: readonly (Phase | undefined)[]): Phase | undefined {
  const all = new Set(phases);
  return PHASE_RANK.find((phase) => all.has(phase));
}

const known = new WeakMap<ProgramFacts, ProgramPhases>();

/** The phases of a program, found once for all who ask. */
export function phasesOf(facts: ProgramFacts, evaluator?: Evaluator): ProgramPhases {
  let phases = known.get(facts);
  if (!phases) known.set(facts, (phases = new ProgramPhases(facts, evaluator ?? new Evaluator(facts))));
  return phases;
}
