import { namesThere } from '../../knowledge/builtins';
import { surelyBinds } from '../../semantics/definite';
import type { FactUnit, PlacedBinding, PlacedReference, ProgramFacts } from '../../semantics/facts';
import { reachingBindings } from '../../semantics/reaching';
import type { Evaluator } from '../../semantics/values';
import type { Expression } from '../../syntax/ast';
import type { Stage } from '../../stages/stages';
import { Lifetimes } from './lifetime';
import type { Roles } from './roles';
import { textReads } from './textReads';

/** Which names stages hand on, and how. */
export interface Passing {
  /** Names that are handed from stage to stage; everywhere else they are names of one stage. */
  readonly passed: ReadonlySet<string>;
  /** What a stage takes, in the order in which the program binds it. */
  parametersOf(stage: Stage): readonly string[];
  /** What a stage gives back, in that order. */
  returnsOf(stage: Stage): readonly string[];
}

export const NO_PASSING: Passing = { passed: new Set(), parametersOf: () => [], returnsOf: () => [] };

/** A stage, or in a notebook a statement that stays in its cell: what runs, in order, where the calls of stages stand. */
interface Step {
  /** Undefined for a statement that stays where the calls are, and so sees every name that is handed on. */
  readonly stage: Stage | undefined;
  readonly units: readonly FactUnit[];
}

interface Flow {
  readonly parameterOf: ReadonlySet<Step>;
  readonly returnedBy: ReadonlySet<Step>;
}

/** What a name's way through the steps is found from. */
interface Question {
  readonly name: string;
  readonly steps: readonly Step[];
  readonly stepOf: ReadonlyMap<FactUnit, Step>;
  readonly bindings: readonly PlacedBinding[];
  readonly references: readonly PlacedReference[];
  readonly evaluator: Evaluator;
}

/**
 * Finds the names that can be parameters and return values of stages so that every read gets what it got: bound by
 * the stages alone, surely bound wherever a stage needs them, and kept by nothing that runs later and could see another
 * value. Order and effects stay what they are, for nothing is evaluated at another place.
 *
 * @param names Those that are asked about, in the order in which the program binds them.
 */
export function planPassing(
  facts: ProgramFacts,
  evaluator: Evaluator,
  roles: Roles,
  stages: readonly Stage[],
  names: Iterable<string>,
): Passing {
  const steps = stepsOf(facts, roles, stages);
  const stepOf = new Map<FactUnit, Step>();
  for (const step of steps) for (const unit of step.units) stepOf.set(unit, step);
  const reads = new Map<string, PlacedReference[]>();
  for (const placed of facts.freeReferences) {
    const { name } = placed.reference;
    reads.set(name, [...(reads.get(name) ?? []), placed]);
  }
  const inTexts = textReads(facts, evaluator);
  const resized = resizedNames(facts);
  const there = namesThere(facts.program.kind);
  const diesLoudly = facts.program.kind !== 'notebook' && mayWatchDeath(facts);
  const lifetimes = new Lifetimes(evaluator);
  const flows = new Map<string, Flow>();
  for (const name of names) {
    if (there.has(name) || name.startsWith('__') || inTexts.has(name) || resized.has(name)) continue;
    const bindings = facts.moduleBindings(name);
    // Whoever hands it on would keep what `del` gives up.
    if (bindings.some(({ binding }) => binding.statement.kind === 'Delete')) continue;
    const question = { name, steps, stepOf, bindings, references: reads.get(name) ?? [], evaluator };
    if (!canBeHandedOn(question)) continue;
    const flow = flowOf(question, facts.program.kind === 'notebook');
    if (!flow) continue;
    const isPlain = bindings.every((placed) => lifetimes.isPlainBinding(placed));
    if (!isPlain && (diesLoudly || !livesOn(flow, question))) continue;
    flows.set(name, flow);
  }
  const namesOf = (stage: Stage, pick: (flow: Flow) => ReadonlySet<Step>): readonly string[] => {
    const step = stepOf.get(stage.units[0]!);
    return step ? [...flows].filter(([, flow]) => pick(flow).has(step)).map(([name]) => name) : [];
  };
  return {
    passed: new Set(flows.keys()),
    parametersOf: (stage) => namesOf(stage, ({ parameterOf }) => parameterOf),
    returnsOf: (stage) => namesOf(stage, ({ returnedBy }) => returnedBy),
  };
}

/** Arrays that are resized in place, which fails where somebody else holds them: the caller of a stage would. */
function resizedNames(facts: ProgramFacts): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { call } of facts.callsNamed('resize')) {
    const isUnchecked = call.keywords.some(({ name }) => name === 'refcheck');
    if (isUnchecked || call.func.kind !== 'Attribute' || call.func.value.kind !== 'Name') continue;
    names.add(call.func.value.id);
  }
  return names;
}

function stepsOf(facts: ProgramFacts, roles: Roles, stages: readonly Stage[]): readonly Step[] {
  const staying = facts.units
    .filter((unit) => roles.of.get(unit) === 'stay')
    .map((unit): Step => ({ stage: undefined, units: [unit] }));
  const steps = [...stages.map((stage): Step => ({ stage, units: stage.units })), ...staying];
  return steps.sort((a, b) => a.units[0]!.order - b.units[0]!.order);
}

/** Whether a finalizer, a thread or an exit handler could tell when a value is given up. */
function mayWatchDeath(facts: ProgramFacts): boolean {
  return facts.units.some(({ unit }) =>
    /\b(?:atexit|threading|_thread|weakref|__del__|finalize|multiprocessing|concurrent|gc)\b/.test(unit.text),
  );
}

/** Whether every binding is one of the stages', and nothing that runs later sees another value than it did. */
function canBeHandedOn({ name, bindings, references, stepOf }: Question): boolean {
  const isOurs = bindings.every(
    ({ binding, unit }) =>
      binding.scope.parent === undefined &&
      stepOf.has(unit) &&
      !['function', 'class', 'import', 'from-import'].includes(binding.source.type),
  );
  if (!isOurs || bindings.length === 0) return false;
  if (bindings.some(({ unit }) => bindsInClass(unit, name))) return false;
  const last = Math.max(...bindings.map(({ unit }) => stepOf.get(unit)!.units.at(-1)!.order));
  return references.every(({ reference, unit }) => {
    const step = stepOf.get(unit);
    if (!step || reference.isGuarded || bindsInClass(unit, name)) return false;
    // A function made here keeps the name of its stage: nobody may bind the name after that stage.
    return reference.time === 'now' || step.stage === undefined || last <= step.units.at(-1)!.order;
  });
}

/** `class A: x = x` reads the module's name and no other: in a function it would find none. */
export function bindsInClass({ summary }: FactUnit, name: string): boolean {
  return [...summary.scopeOf.values()].some(
    (scope) =>
      scope.kind === 'class' &&
      scope.bindingsOf(name).length > 0 &&
      scope.references.some((reference) => reference.name === name),
  );
}

/**
 * Undefined where some stage would get a name that may not be bound. A variable of the notebook has the last value in the
 * end, be it that a cell further up is run again.
 */
function flowOf(question: Question, isNotebook: boolean): Flow | undefined {
  const { steps, references, stepOf } = question;
  const isInCell = steps.some(
    (step) => !step.stage && references.some(({ unit }) => stepOf.get(unit) === step),
  );
  const flow = flowWith(question, isInCell);
  const isVariable = isNotebook && !isInCell && flow && flow.returnedBy.size > 0;
  return isVariable ? flowWith(question, true) : flow;
}

/** @param isNeeded Whether the name is needed when everything has run. */
function flowWith(question: Question, isNeeded: boolean): Flow | undefined {
  const { steps } = question;
  const needs = new Set<Step>();
  const returnedBy = new Set<Step>();
  let isNeededLater = isNeeded;
  for (const step of [...steps].reverse()) {
    const binds = bindsIn(step, question);
    const isSure = leavesBound(step, question);
    if (isNeededLater && binds && step.stage) returnedBy.add(step);
    const needsEntry: boolean = readsOutside(step, question) || (binds && !isSure && isNeededLater);
    if (needsEntry) needs.add(step);
    isNeededLater = needsEntry || (isNeededLater && !isSure);
  }
  let isBound = false;
  for (const step of steps) {
    if (needs.has(step) && !isBound) return undefined;
    if (deletesIn(step, question)) {
      // What is gone for certain is read by nobody; what may be gone cannot be given back.
      if (returnedBy.has(step) && !leavesBound(step, question)) return undefined;
      isBound = leavesBound(step, question);
    } else isBound ||= leavesBound(step, question);
  }
  const parameterOf = new Set([...needs].filter(({ stage }) => stage));
  return { parameterOf, returnedBy };
}

function bindsIn(step: Step, { bindings, stepOf }: Question): boolean {
  return bindings.some(({ unit }) => stepOf.get(unit) === step);
}

function deletesIn(step: Step, { bindings, stepOf }: Question): boolean {
  return bindings.some(
    ({ binding, unit }) => binding.source.type === 'deletion' && stepOf.get(unit) === step,
  );
}

/** Whether the name is surely bound by the step itself when it has ended. */
function leavesBound(step: Step, { name, bindings, evaluator }: Question): boolean {
  let isBound = false;
  for (const unit of step.units) {
    const own = bindings.filter((each) => each.unit === unit);
    if (own.length === 0) continue;
    if (own.some(({ binding }) => binding.source.type === 'deletion')) isBound = false;
    else if (bindsForSure(unit, name, evaluator, own)) isBound = true;
  }
  return isBound;
}

function bindsForSure(
  unit: FactUnit,
  name: string,
  evaluator: Evaluator,
  own: readonly PlacedBinding[],
): boolean {
  const { statement, escapes } = unit.unit;
  // `files = !ls` binds whatever happens.
  if (escapes.length > 0 && own.some(({ binding }) => binding.block.parent === undefined)) return true;
  return surelyBinds(statement, name, (context) => letsExceptionsPass(context, unit, evaluator));
}

/** Managers that swallow no exception. */
const PASSING_MANAGERS = new Set([
  ...['builtins.open', 'warnings.catch_warnings', 'contextlib.redirect_stdout', 'contextlib.nullcontext'],
  ...['contextlib.closing', 'contextlib.redirect_stderr', 'tempfile.TemporaryDirectory', 'gzip.open'],
  ...[
    'torch.no_grad',
    'torch.inference_mode',
    'torch.enable_grad',
    'torch.set_grad_enabled',
    'torch.autocast',
  ],
  ...['torch.amp.autocast', 'numpy.errstate', 'numpy.printoptions', 'pandas.option_context'],
  ...['sklearn.config_context', 'matplotlib.pyplot.style.context', 'matplotlib.pyplot.rc_context'],
  ...['joblib.parallel_backend', 'zipfile.ZipFile', 'tarfile.open', 'tempfile.NamedTemporaryFile'],
]);

function letsExceptionsPass(context: Expression, unit: FactUnit, evaluator: Evaluator): boolean {
  if (context.kind !== 'Call') return false;
  const callee = evaluator.calleeOf(context, unit);
  return callee !== undefined && PASSING_MANAGERS.has(callee);
}

/** Whether a step reads, adds to or deletes what stood in the name before it. */
function readsOutside(step: Step, question: Question): boolean {
  const { name, references, bindings, stepOf, evaluator } = question;
  const isOutside = ({ unit }: PlacedBinding): boolean => stepOf.get(unit) !== step;
  const reads = references.some(({ reference, unit }) => {
    if (stepOf.get(unit) !== step) return false;
    const { scope, block, node, time } = reference;
    // A function made here may run before the step has bound the name.
    if (time === 'later') return !isBoundBefore(unit, step, question);
    return reachingBindings(name, { unit, scope, block, offset: node.start }).some(isOutside);
  });
  if (reads) return true;
  const isRead = (unit: FactUnit): boolean =>
    stepOf.get(unit) === step && unit.unit.escapes.some((escape) => escape.reads.includes(name));
  if (step.units.some(isRead)) return true;
  return bindings.some(({ binding, unit }) => {
    if (stepOf.get(unit) !== step) return false;
    if (binding.source.type !== 'deletion' && binding.source.type !== 'augmented') return false;
    return !isBoundBefore(unit, step, question) && !binds(unit, name, evaluator);
  });
}

function binds(unit: FactUnit, name: string, evaluator: Evaluator): boolean {
  const { statement } = unit.unit;
  if (statement.kind === 'AugAssign' || statement.kind === 'Delete') return false;
  return surelyBinds(statement, name, (context) => letsExceptionsPass(context, unit, evaluator));
}

function isBoundBefore(unit: FactUnit, step: Step, { name, bindings, evaluator }: Question): boolean {
  return step.units.some(
    (other) =>
      other.order < unit.order &&
      bindings.some((each) => each.unit === other) &&
      binds(other, name, evaluator),
  );
}

/**
 * Whether a value lives as long as it did: whoever makes it gives it back, and no stage replaces what its caller holds.
 * It then goes when the program ends, as it did.
 */
function livesOn({ parameterOf, returnedBy }: Flow, { bindings, stepOf }: Question): boolean {
  return bindings.every(({ unit }) => {
    const step = stepOf.get(unit)!;
    return !step.stage || (returnedBy.has(step) && !parameterOf.has(step));
  });
}
