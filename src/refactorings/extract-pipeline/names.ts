import type { FactUnit, PlacedBinding, PlacedReference, ProgramFacts } from '../../semantics/facts';
import { reachingBindings } from '../../semantics/reaching';
import type { Binding } from '../../semantics/scope';
import type { Evaluator } from '../../semantics/values';
import type { NodeBase } from '../../syntax/ast';
import { namesThere } from '../../knowledge/builtins';
import type { Stage } from '../../stages/stages';
import { debugHoles, debugText } from './debugText';
import { caughtUnbound } from './guardedCalls';
import { Lifetimes } from './lifetime';
import { type Passing, bindsInClass, planPassing } from './passing';
import type { Roles } from './roles';
import { textReads } from './textReads';

/** Something about a name for which there is no equal form. */
export interface NameProblem {
  readonly unit: FactUnit;
  readonly node: NodeBase;
  readonly reason: string;
  /** The name has no form outside of one stage: these, joined, would do. */
  readonly joins?: readonly Stage[];
}

/** Where the moved names live from now on. */
export interface NamePlan {
  /** Attributes of the pipeline object; with functions, variables of the module. */
  readonly shared: ReadonlySet<string>;
  /** Parameters and return values of stages. */
  readonly passing: Passing;
  /** Of one stage. */
  readonly locals: ReadonlySet<string>;
  readonly problems: readonly NameProblem[];
}

/** Parameters of a method, besides itself, and of a function, beyond which readers lose track (pylint, ruff PLR0913). */
export const MOST_PARAMETERS = 5;

/** Decides for each moved name whether it stays a name of its stage, is handed on, or is shared. */
export function planNames(
  facts: ProgramFacts,
  evaluator: Evaluator,
  roles: Roles,
  stages: readonly Stage[],
): NamePlan {
  const stageOf = new Map<FactUnit, Stage>();
  for (const stage of stages) for (const unit of stage.units) stageOf.set(unit, stage);
  const reads = readsByName(facts);
  const lifetimes = new Lifetimes(evaluator);
  const inTexts = textReads(facts, evaluator);
  const inEscapes = new Set(
    facts.units.flatMap(({ unit }) => unit.escapes.flatMap(({ reads: names }) => names)),
  );
  const locals = new Set<string>();
  const others: string[] = [];
  for (const name of [...roles.moved, ...suppliedNames(facts, roles)]) {
    const bindings = facts.moduleBindings(name);
    const references = reads.get(name) ?? [];
    const isLocal =
      !inTexts.has(name) &&
      !inEscapes.has(name) &&
      bindings.every((placed) => stageOf.has(placed.unit) && canBeLocal(placed, roles)) &&
      references.every((read) => staysInStage(read, stageOf) && !bindsInClass(read.unit, name)) &&
      deletionsStay(bindings, stageOf) &&
      (bindings.every((placed) => lifetimes.isPlainBinding(placed)) || bindings.some(isLocalOnly)) &&
      references.every(
        (placed) => !mayReadOutside(placed) && !decidesByBeingBound(placed) && !mayBeStarred(placed),
      );
    if (isLocal) locals.add(name);
    else others.push(name);
  }
  const passing = withoutCrowds(others, roles, stages, {
    planOf: (names) => planPassing(facts, evaluator, roles, stages, names),
    siblingsOf: (name) => siblingsOf(name, facts),
  });
  const shared = new Set(others.filter((name) => !passing.passed.has(name)));
  const problems: NameProblem[] = [];
  for (const name of shared) {
    problems.push(...sharedProblems(name, reads.get(name) ?? [], { facts, roles, stageOf }));
  }
  return { shared, passing, locals, problems };
}

/** Names that only statements which stay in the notebook bind (`files = !ls`), and that stages read. */
function suppliedNames(facts: ProgramFacts, roles: Roles): ReadonlySet<string> {
  const bound = new Set(
    facts.units
      .filter((unit) => roles.of.get(unit) === 'stay')
      .flatMap((unit) => unit.summary.moduleBindings.map(({ name }) => name)),
  );
  return new Set(
    facts.freeReferences
      .filter(({ reference: { name }, unit }) => roles.of.get(unit) !== 'stay' && bound.has(name))
      .map(({ reference: { name } }) => name)
      .filter((name) => !roles.moved.has(name)),
  );
}

/** The names that are bound together with a name: `X_train, X_test = split(X)`. */
export function siblingsOf(name: string, facts: ProgramFacts): ReadonlySet<string> {
  const statements = new Set(facts.moduleBindings(name).map(({ binding }) => binding.statement));
  return new Set(
    facts.units.flatMap(({ summary }) =>
      summary.moduleBindings
        .filter(({ statement }) => statement.kind === 'Assign' && statements.has(statement))
        .map((binding) => binding.name),
    ),
  );
}

interface PassingChoice {
  readonly planOf: (names: readonly string[]) => Passing;
  readonly siblingsOf: (name: string) => ReadonlySet<string>;
}

/**
 * In a class, what would crowd the parameters of a stage becomes an attribute: first what the most stages take, and with
 * it what is bound in the same statement.
 */
export function withoutCrowds(
  names: readonly string[],
  { shape }: Roles,
  stages: readonly Stage[],
  choice: PassingChoice,
): Passing {
  let passing = choice.planOf(names);
  if (shape === 'functions') return passing;
  for (let left = names; ;) {
    const taken = stages.map((stage) => passing.parametersOf(stage));
    const crowded = taken.find((each) => each.length > MOST_PARAMETERS);
    if (!crowded) return passing;
    const uses = (name: string): number => taken.filter((each) => each.includes(name)).length;
    const [most] = [...crowded].sort((a, b) => uses(b) - uses(a));
    const together = choice.siblingsOf(most!);
    left = left.filter((name) => name !== most && !together.has(name));
    passing = choice.planOf(left);
  }
}

/** Whether a binding means the same within a function, where nothing outside of it sees the name. */
function canBeLocal({ binding, unit }: PlacedBinding, roles: Roles): boolean {
  if (binding.scope.parent !== undefined || roles.of.get(unit) === 'method') return false;
  if (bindsInClass(unit, binding.name)) return false;
  // A function or class that is made within another one gets another `__qualname__`.
  return roles.shape === 'class' || !['function', 'class'].includes(binding.source.type);
}

interface Surroundings {
  readonly facts: ProgramFacts;
  readonly roles: Roles;
  readonly stageOf: ReadonlyMap<FactUnit, Stage>;
}

/** Why a name cannot be shared between stages. A variable of the module stays what it was, whatever reads it. */
function sharedProblems(
  name: string,
  references: readonly PlacedReference[],
  { facts, roles, stageOf }: Surroundings,
): readonly NameProblem[] {
  if (roles.shape === 'functions') return [];
  const bindings = facts.moduleBindings(name);
  const problems = readProblems(name, references);
  if (bindings.some(({ unit }) => roles.of.get(unit) === 'method')) return problems;
  const involved = [...bindings, ...references].map(({ unit }) => stageOf.get(unit));
  const joins = involved.every((stage) => stage !== undefined) ? involved : undefined;
  return [
    ...attributeProblems(name, bindings).map((each) => (joins ? { ...each, joins } : each)),
    ...problems,
  ];
}

/** Whether everything that a read may see is bound in its own stage. */
export function staysInStage(read: PlacedReference, stageOf: ReadonlyMap<FactUnit, Stage>): boolean {
  const stage = stageOf.get(read.unit);
  return stage !== undefined && seenBy(read).every(({ unit }) => stageOf.get(unit) === stage);
}

/** `del x` needs the x of its own stage; with one stage, or without `del`, there is no question. */
export function deletionsStay(
  bindings: readonly PlacedBinding[],
  stageOf: ReadonlyMap<FactUnit, Stage>,
): boolean {
  const isDeleted = bindings.some(({ binding }) => binding.statement.kind === 'Delete');
  return !isDeleted || new Set(bindings.map(({ unit }) => stageOf.get(unit))).size === 1;
}

/** Bindings for which there is no `self.` form, but which need none where only their stage reads the name. */
function isLocalOnly({ binding }: PlacedBinding): boolean {
  return binding.source.type === 'opaque';
}

export function readsByName(facts: ProgramFacts): ReadonlyMap<string, readonly PlacedReference[]> {
  const reads = new Map<string, PlacedReference[]>();
  for (const placed of facts.freeReferences) {
    const same = reads.get(placed.reference.name);
    if (same) same.push(placed);
    else reads.set(placed.reference.name, [placed]);
  }
  return reads;
}

export function seenBy({ reference, unit }: PlacedReference): readonly PlacedBinding[] {
  const { name, scope, block, node } = reference;
  return reachingBindings(name, { unit, scope, block, offset: node.start });
}

/** Whether a read may get the builtin of that name: above its first binding. */
export function mayReadOutside(placed: PlacedReference): boolean {
  const { reference } = placed;
  if (!namesThere(placed.unit.facts.program.kind).has(reference.name)) return false;
  return reference.time !== 'now' || !isSurelyBound(placed);
}

/** `except NameError` around a read of a name that may be unbound: it tells a name of a function from a module's. */
export function decidesByBeingBound(placed: PlacedReference): boolean {
  const { reference, unit } = placed;
  if (reference.time === 'later' && caughtUnbound(unit.facts).has(reference.name)) return true;
  return reference.isGuarded && !isSurelyBound(placed);
}

/** Whether a star import may have bound what is read. */
export function mayBeStarred(placed: PlacedReference): boolean {
  return placed.unit.facts.unknownBinders.length > 0 && !isSurelyBound(placed);
}

/** Whether one of the bindings that a read sees has run for certain. */
export function isSurelyBound(placed: PlacedReference): boolean {
  const { unit } = placed;
  return seenBy(placed).some(
    ({ binding, unit: where }) =>
      binding.scope.parent === undefined &&
      (where.order < unit.order || where === unit) &&
      binding.block.parent === undefined,
  );
}

function attributeProblems(name: string, bindings: readonly PlacedBinding[]): NameProblem[] {
  const problems: NameProblem[] = [];
  if (name.startsWith('__')) {
    const { binding, unit } = bindings[0]!;
    problems.push({ unit, node: binding, reason: `${name} would get another name within a class` });
  }
  for (const { binding, unit } of bindings) {
    const what = withoutAttributeForm(binding, unit);
    if (what !== undefined) {
      problems.push({ unit, node: binding, reason: `${what} binds ${name}, which is needed elsewhere` });
    }
  }
  return problems;
}

/** What binds a name in a way that an attribute cannot be bound. */
function withoutAttributeForm({ source, start }: Binding, unit: FactUnit): string | undefined {
  switch (source.type) {
    case 'opaque':
      return 'a pattern or an except clause';
    case 'class':
      return 'a class that is made while the program runs';
    case 'value':
      return walruses(unit).has(start) ? 'an assignment expression' : undefined;
    default:
      return undefined;
  }
}

export function walruses(unit: FactUnit): ReadonlySet<number> {
  const starts = new Set<number>();
  for (const node of unit.summary.locate.keys()) if (node.kind === 'NamedExpr') starts.add(node.target.start);
  return starts;
}

function readProblems(name: string, references: readonly PlacedReference[]): NameProblem[] {
  const problems: NameProblem[] = [];
  for (const placed of references) {
    const { reference, unit } = placed;
    const refuse = (reason: string): number => problems.push({ unit, node: reference.node, reason });
    if (isInOddDebugText(reference.node, unit)) {
      refuse(`{${name}=} prints the name, which would be another one`);
    } else if (mayReadOutside(placed) && seenBy(placed).length > 0) {
      refuse(`${name} may be the builtin here, or what the program binds to it`);
    } else if (mayBeStarred(placed)) {
      refuse(`${name} may come from a star import here`);
    } else if (decidesByBeingBound(placed)) {
      refuse(`whether ${name} is bound decides what happens here`);
    }
  }
  return problems;
}

/** Whether a name's read stands in a `{...=}` whose text cannot be written out in front of it. */
export function isInOddDebugText(node: NodeBase, unit: FactUnit): boolean {
  return debugHoles(unit).some(
    (hole) => hole.start <= node.start && node.end <= hole.end && debugText(hole, unit) === undefined,
  );
}

/** A read that surely gets a builtin stays one, although the name is bound further down. */
export function readsBuiltin(placed: PlacedReference): boolean {
  const there = namesThere(placed.unit.facts.program.kind);
  return there.has(placed.reference.name) && seenBy(placed).length === 0;
}
