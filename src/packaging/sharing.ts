import { namesThere } from '../knowledge/builtins';
import {
  type NameProblem,
  isInOddDebugText,
  isSurelyBound,
  mayBeStarred,
  mayReadOutside,
  planNames,
  readsByName,
  deletionsStay,
  staysInStage,
  walruses,
  siblingsOf,
  withoutCrowds,
} from '../refactorings/extract-pipeline/names';
import { caughtUnbound } from '../refactorings/extract-pipeline/guardedCalls';
import { type Passing, bindsInClass, planPassing } from '../refactorings/extract-pipeline/passing';
import type { Roles } from '../refactorings/extract-pipeline/roles';
import { isWithin } from '../semantics/scope';
import type { FactUnit, PlacedBinding, PlacedReference, ProgramFacts } from '../semantics/facts';
import type { Evaluator } from '../semantics/values';
import type { Stage } from '../stages/stages';
import { testedName } from './membership';

/** Where the names live that the program binds while it runs. */
export interface Sharing {
  /** Of the package's module of shared names. */
  readonly shared: ReadonlySet<string>;
  /** Parameters and return values of stages. */
  readonly passing: Passing;
  /** Of one stage. */
  readonly locals: ReadonlySet<string>;
  /** Names that a statement binds and reads as its function's own: there is no other form for what binds them. */
  readonly own: ReadonlyMap<FactUnit, readonly string[]>;
  /** Of these, what is stored among the shared names behind the statement. */
  readonly stored: ReadonlyMap<FactUnit, readonly string[]>;
  /**
   * Reading a name that is not bound has to say what Python says of a module's name, and may have to find a builtin: the
   * module of shared names answers for it.
   */
  readonly answersForUnbound: boolean;
  readonly problems: readonly NameProblem[];
}

/** Decides where names live, for stages that are functions of modules. */
export function planSharing(
  facts: ProgramFacts,
  evaluator: Evaluator,
  roles: Roles,
  stages: readonly Stage[],
): Sharing {
  const plan = planNames(facts, evaluator, roles, stages);
  const reads = readsByName(facts);
  const tested = testedNames(facts, roles);
  const stageOf = new Map<FactUnit, Stage>();
  for (const stage of stages) for (const unit of stage.units) stageOf.set(unit, stage);
  const locals = new Set<string>();
  const others: string[] = [];
  for (const name of roles.moved) {
    const bindings = facts.moduleBindings(name);
    const references = reads.get(name) ?? [];
    const isOfOneStage =
      bindings.some((placed) => isMadeInStage(placed)) &&
      bindings.every(
        ({ binding, unit }) =>
          binding.scope.parent === undefined && stageOf.has(unit) && !bindsInClass(unit, name),
      ) &&
      references.every((read) => staysInStage(read, stageOf)) &&
      references.every((read) => !mayBeStarred(read)) &&
      deletionsStay(bindings, stageOf);
    // A function's own name never falls back to the builtin.
    const canBeLocal =
      !asksWhetherBound(bindings, references) && !tested.has(name) && !references.some(mayReadOutside);
    if (canBeLocal && (plan.locals.has(name) || isOfOneStage)) locals.add(name);
    else others.push(name);
  }
  const passing = withoutCrowds(others, { ...roles, shape: 'class' }, stages, {
    planOf: (names) =>
      planPassing(
        facts,
        evaluator,
        roles,
        stages,
        names.filter((name) => !tested.has(name) && !hasOddBinding(facts.moduleBindings(name))),
      ),
    siblingsOf: (name) => siblingsOf(name, facts),
  });
  const shared = new Set(others.filter((name) => !passing.passed.has(name)));
  const own = new Map<FactUnit, string[]>();
  const stored = new Map<FactUnit, string[]>();
  const put = (map: Map<FactUnit, string[]>, unit: FactUnit, name: string): void => {
    map.set(unit, [...(map.get(unit) ?? []), name]);
  };
  const problems: NameProblem[] = [];
  let answersForUnbound = tested.size > 0;
  for (const name of shared) {
    const bindings = facts.moduleBindings(name);
    const references = reads.get(name) ?? [];
    const mayBeUnbound = asksWhetherBound(bindings, references) || caughtUnbound(facts).has(name);
    if (mayBeUnbound || namesThere(facts.program.kind).has(name)) answersForUnbound = true;
    const involved = [...bindings, ...references].map(({ unit }) => stageOf.get(unit));
    const joins = involved.every((stage) => stage !== undefined) ? { joins: involved } : {};
    if (isHandlersOwn(bindings, references)) {
      for (const unit of new Set(bindings.map((placed) => placed.unit))) put(own, unit, name);
      continue;
    }
    for (const placed of bindings) {
      const form = formOf(name, placed, references);
      if (form === STORED) {
        put(own, placed.unit, name);
        put(stored, placed.unit, name);
      } else if (form !== undefined) {
        problems.push({ unit: placed.unit, node: placed.binding, reason: form.reason, ...joins });
      }
    }
    problems.push(...readProblems(name, references));
  }
  return { shared, passing, locals, own, stored, answersForUnbound, problems };
}

/** Bindings for which there is no form as an attribute, and definitions: as long as one stage needs them they can stay its own. */
function isMadeInStage(placed: PlacedBinding): boolean {
  return isOddBinding(placed) || ['function', 'class'].includes(placed.binding.source.type);
}

function isOddBinding({ binding, unit }: PlacedBinding): boolean {
  return binding.source.type === 'opaque' || walruses(unit).has(binding.start);
}

/** Bound by a handler alone, a name is unbound wherever anybody else looks for it. */
function hasOddBinding(bindings: readonly PlacedBinding[]): boolean {
  return bindings.some(({ binding }) => binding.block.kind === 'handler' && binding.source.type === 'opaque');
}

/**
 * Whether nothing but `except ... as name` binds a name, and what it binds is read in these clauses alone. Read elsewhere
 * it is unbound, then as before.
 */
function isHandlersOwn(bindings: readonly PlacedBinding[], references: readonly PlacedReference[]): boolean {
  const isHandler = ({ binding }: PlacedBinding): boolean =>
    binding.block.kind === 'handler' && ['opaque', 'deletion'].includes(binding.source.type);
  if (!bindings.every(isHandler)) return false;
  return references.every(({ reference, unit }) => {
    if (bindings.every((placed) => placed.unit !== unit)) return reference.time === 'now';
    return bindings.some(
      ({ binding, unit: where }) => where === unit && isWithin(reference.block, binding.block),
    );
  });
}

/** Whether the program catches that a name is not bound: a function's own name says so in other words. */
function asksWhetherBound(
  bindings: readonly PlacedBinding[],
  references: readonly PlacedReference[],
): boolean {
  return (
    references.some((placed) => placed.reference.isGuarded && !isSurelyBound(placed)) ||
    (bindings.some(({ binding }) => binding.source.type === 'deletion') &&
      references.some(({ reference }) => reference.isGuarded))
  );
}

/** Names that `"x" in globals()` asks about. */
function testedNames(facts: ProgramFacts, roles: Roles): ReadonlySet<string> {
  const names = new Set<string>();
  for (const unit of facts.units) {
    for (const { node } of unit.summary.calls) {
      const name = testedName(node, unit, roles.moved);
      if (name !== undefined) names.add(name);
    }
  }
  return names;
}

/** An attribute, but behind its statement. */
const STORED = Symbol('stored');

/** How a binding stores its name as an attribute: as it is, behind its statement, or not at all, with the reason. */
function formOf(
  name: string,
  { binding, unit }: PlacedBinding,
  references: readonly PlacedReference[],
): typeof STORED | { readonly reason: string } | undefined {
  const { source, start, statement } = binding;
  if (/^__(?!.*__$)/.test(name)) return { reason: `${name} would be another name within a class` };
  switch (source.type) {
    case 'opaque':
      return isStarred(unit, start)
        ? undefined
        : { reason: `a pattern or an except clause binds ${name}, which is needed elsewhere` };
    case 'value': {
      if (!walruses(unit).has(start)) return undefined;
      const isOnlyNow = references.every(
        ({ reference, unit: where }) => where === unit || reference.time === 'now',
      );
      const isSure = binding.block.parent === undefined && statement === unit.unit.statement;
      const isPlain =
        ['Expr', 'Assign', 'If', 'Assert'].includes(statement.kind) && isUnconditional(unit, start);
      const isUsedByStatement = references.some(
        ({ reference, unit: where }) => where === unit && reference.time !== 'now',
      );
      return isOnlyNow && isSure && isPlain && !isUsedByStatement
        ? STORED
        : { reason: `an assignment expression binds ${name}, which is needed elsewhere` };
    }
    case 'deletion':
      return isGuardedDeletion(unit, binding.statement)
        ? { reason: `whether ${name} is bound decides what happens here` }
        : undefined;
    default:
      return undefined;
  }
}

/** `first, *rest = ...`: the target may be an attribute as well. */
function isStarred(unit: FactUnit, start: number): boolean {
  for (const node of unit.summary.locate.keys()) {
    if (node.kind === 'Starred' && node.value.kind === 'Name' && node.value.start === start) return true;
  }
  return false;
}

/** Whether an assignment expression is evaluated whenever its statement is: nothing decides about it. */
function isUnconditional(unit: FactUnit, start: number): boolean {
  for (const node of unit.summary.locate.keys()) {
    const mayBeSkipped =
      node.kind === 'IfExp' ||
      node.kind === 'BoolOp' ||
      node.kind === 'Lambda' ||
      node.kind === 'Comprehension';
    if (!mayBeSkipped || start < node.start || start >= node.end) continue;
    if (node.kind === 'BoolOp' && start < node.left.end) continue;
    if (node.kind === 'IfExp' && node.test.start <= start && start < node.test.end) continue;
    return false;
  }
  return true;
}

function isGuardedDeletion(unit: FactUnit, statement: PlacedBinding['binding']['statement']): boolean {
  return (
    statement.kind === 'Delete' &&
    unit.summary.statements.some(({ node, at }) => node === statement && at.isGuarded)
  );
}

function readProblems(name: string, references: readonly PlacedReference[]): NameProblem[] {
  const problems: NameProblem[] = [];
  for (const placed of references) {
    const { reference, unit } = placed;
    const refuse = (reason: string): number => problems.push({ unit, node: reference.node, reason });
    if (isInOddDebugText(reference.node, unit)) {
      refuse(`{${name}=} prints the name, which would be another one`);
    } else if (mayBeStarred(placed)) {
      refuse(`${name} may come from a star import here`);
    }
  }
  return problems;
}
