import { BUILTIN_NAMES } from '../../knowledge/builtins';
import type { FactUnit, ProgramFacts } from '../../semantics/facts';
import type { Evaluator } from '../../semantics/values';
import type { Expression } from '../../syntax/ast';
import { isGuard } from '../extract-pipeline/guard';
import { isHoistable } from '../extract-pipeline/imports';
import { isMissedAbove } from '../extract-pipeline/missed';
import { evaluatesPurely, isPure, readsAttributes } from '../extract-pipeline/purity';
import { type Role, isConstant, onlyImports } from '../extract-pipeline/roles';
import { bindsSame } from '../extract-pipeline/sameImport';
import { keepSetup } from '../extract-pipeline/setup';
import { sharesLine } from '../../stages/stages';

/** What becomes of the statements of a script: those that run move into `main`, all others stay where they are. */
export interface MainRoles {
  readonly of: ReadonlyMap<FactUnit, Role>;
  /** Names of the module that moved statements bind. */
  readonly bound: ReadonlySet<string>;
}

interface Sorting {
  readonly facts: ProgramFacts;
  readonly evaluator: Evaluator;
  readonly roles: Map<FactUnit, Role>;
}

/**
 * Sorts the statements. What stays below a statement that runs will run before it: only what does nothing, needs
 * nothing of it, and is not missed by it may. All else moves, a definition too, and binds the module's name from there.
 */
export function mainRoles(facts: ProgramFacts, evaluator: Evaluator): MainRoles {
  const roles = new Map<FactUnit, Role>();
  for (const unit of facts.units) roles.set(unit, firstRole(unit, facts));
  keepSetup(facts, roles);
  const sorting = { facts, evaluator, roles };
  for (let isChanged = true; isChanged;) {
    isChanged = false;
    for (const unit of facts.units) {
      const role = roles.get(unit)!;
      if (role === 'run' || role === 'header' || role === 'setup' || mayStay(unit, role, sorting)) continue;
      roles.set(unit, 'run');
      isChanged = true;
    }
  }
  return { of: roles, bound: boundBy(facts, roles) };
}

/** Whether the statements that run do more than bind names: else there is no program to speak of. */
export function doesSomething(units: readonly FactUnit[]): boolean {
  return units.some(({ summary }) =>
    summary.statements.some(
      ({ node, at }) =>
        at.scope.parent === undefined &&
        ((node.kind === 'Expr' && node.value.kind !== 'Str') ||
          ['For', 'While', 'Raise', 'Assert'].includes(node.kind)),
    ),
  );
}

function firstRole(unit: FactUnit, facts: ProgramFacts): Role {
  const { statement } = unit.unit;
  switch (statement.kind) {
    case 'Expr':
      return unit.order === 0 && statement.value.kind === 'Str' ? 'header' : 'run';
    case 'Import':
      return 'import';
    case 'ImportFrom':
      return statement.module === '__future__' ? 'header' : 'import';
    case 'FunctionDef':
    case 'ClassDef':
    case 'TypeAlias':
      return 'definition';
    case 'Try':
    case 'If':
      return onlyImports([statement]) ? 'import' : 'run';
    case 'Assign': {
      const [target] = statement.targets;
      if (statement.targets.length !== 1 || target?.kind !== 'Name') return 'run';
      return isLiteralOf(target.id, statement.value, facts) ? 'constant' : 'run';
    }
    case 'AnnAssign': {
      const { target, value } = statement;
      if (target.kind !== 'Name') return 'run';
      // A declaration binds nothing.
      if (value === undefined) return 'constant';
      return isLiteralOf(target.id, value, facts) ? 'constant' : 'run';
    }
    case 'Pass':
      return 'definition';
    default:
      return 'run';
  }
}

/** A literal whose name no other statement of the module binds; one that can be changed only where functions read it. */
function isLiteralOf(name: string, value: Expression, facts: ProgramFacts): boolean {
  let own = 0;
  for (const { binding } of facts.moduleBindings(name)) {
    if (binding.scope.parent === undefined && ++own > 1) return false;
  }
  if (own !== 1) return false;
  if (isConstant(value)) return true;
  const isDisplay = ['List', 'Dict', 'Set', 'Tuple'].includes(value.kind) && isPure(value);
  return isDisplay && isNeededByDefinition(name, facts);
}

function isNeededByDefinition(name: string, facts: ProgramFacts): boolean {
  return (
    name.startsWith('__') ||
    facts.freeReferences.some(
      ({ reference, unit }) =>
        reference.name === name && ['FunctionDef', 'ClassDef'].includes(unit.unit.statement.kind),
    )
  );
}

function mayStay(unit: FactUnit, role: Role, sorting: Sorting): boolean {
  const { facts, evaluator, roles } = sorting;
  if (sharesLineWithRunning(unit, sorting)) return false;
  const above = facts.units.slice(0, unit.order).filter((other) => roles.get(other) === 'run');
  if (above.length === 0) return true;
  const bound = boundBy(facts, roles);
  const own = unit.summary.moduleBindings.filter(({ scope }) => scope.parent === undefined);
  if (own.some(({ name }) => bound.has(name) || isReplaced(name, unit, sorting))) return false;
  const needed = unit.summary.freeReferences.filter(({ time }) => time !== 'later');
  if (needed.some(({ name }) => bound.has(name))) return false;
  // Nobody sees in which order literals get their names.
  const active = above.filter((other) => !isPlainBinding(other));
  if (active.length === 0) return true;
  if ([...own, ...needed].some(({ name }) => isBoundInFunction(name, facts))) return false;
  if (own.some(({ name }) => isMissedAbove(name, unit, active, facts))) return false;
  if (role === 'constant') return true;
  if (role === 'definition') return evaluatesPurely(unit, evaluator) && !readsAttributes(unit, evaluator);
  return isHoistable(unit, { facts, evaluator, roles, moved: bound, problems: [], shape: 'functions' });
}

/** `rows = []` and the like, of names that no builtin has. */
function isPlainBinding({ unit: { statement } }: FactUnit): boolean {
  return (
    statement.kind === 'Assign' &&
    statement.targets.every((to) => to.kind === 'Name' && !BUILTIN_NAMES.has(to.id)) &&
    isPure(statement.value)
  );
}

/** `rate = 0.1; run(rate)`: one line is not torn apart. */
function sharesLineWithRunning(unit: FactUnit, { facts, roles }: Sorting): boolean {
  const runs = (other: FactUnit | undefined): boolean => other !== undefined && roles.get(other) === 'run';
  const [above, below] = [facts.units[unit.order - 1], facts.units[unit.order + 1]];
  return (runs(above) && sharesLine(above!, unit)) || (runs(below) && sharesLine(unit, below!));
}

function boundBy(facts: ProgramFacts, roles: ReadonlyMap<FactUnit, Role>): ReadonlySet<string> {
  const names = new Set<string>();
  for (const unit of facts.units) {
    if (roles.get(unit) !== 'run') continue;
    for (const { name, scope } of unit.summary.moduleBindings)
      if (scope.parent === undefined) names.add(name);
  }
  return names;
}

function isBoundInFunction(name: string, facts: ProgramFacts): boolean {
  return facts.moduleBindings(name).some(({ binding }) => binding.scope.parent !== undefined);
}

/** A name that means two things in turn, with something that runs in between, or at any time a function likes. */
function isReplaced(name: string, unit: FactUnit, { facts, roles }: Sorting): boolean {
  return facts.moduleBindings(name).some(({ unit: other }) => {
    const [first, last] = other.order < unit.order ? [other, unit] : [unit, other];
    if (other === unit || bindsSame(name, first, last)) return false;
    return facts.units.slice(first.order, last.order).some((between) => roles.get(between) === 'run');
  });
}

/** Nothing runs but what stands under the guard of a script: that has its function already. */
export function isOnlyGuard(running: readonly FactUnit[]): boolean {
  return running.every((unit) => isGuard(unit));
}
