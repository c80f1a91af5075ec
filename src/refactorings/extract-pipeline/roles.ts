import { type FactUnit, type ProgramFacts, isIsolated } from '../../semantics/facts';
import { sharesLine } from '../../stages/stages';
import { parentsOf } from '../../semantics/parents';
import type { Located } from '../../semantics/summary';
import type { Evaluator } from '../../semantics/values';
import type { Expression, Statement } from '../../syntax/ast';
import { childBlocks, childExpressions } from '../../syntax/walk';
import { fillingsOf } from './fillings';
import { isHoistable } from './imports';
import { isMissedAbove } from './missed';
import { evaluatesPurely, isPure, readsAttributes } from './purity';
import { bindsSame } from './sameImport';
import { keepSetup } from './setup';
import { isNeverChanged } from './unchanged';

/**
 * What becomes of a top-level statement. `header`, `import`, `setup` (what an import below depends on), `definition` and
 * `constant` stay at module level, in their order; `method` is a function that needs what stages compute; `stay` is a
 * magic line that only a notebook can have; `drop` is a look that a plan leaves out; all else runs, in a stage.
 */
export type Role =
  'header' | 'import' | 'setup' | 'definition' | 'constant' | 'method' | 'stay' | 'drop' | 'run';

/** Why a statement can become nothing of the kind. */
export interface RoleProblem {
  readonly unit: FactUnit;
  readonly node: Statement | Expression;
  readonly reason: string;
}

export interface Roles {
  readonly shape: Shape;
  readonly of: ReadonlyMap<FactUnit, Role>;
  readonly problems: readonly RoleProblem[];
  /** Module names that stages bind or that are methods: what is read elsewhere becomes an attribute. */
  readonly moved: ReadonlySet<string>;
}

/** What the stages become: methods of a class, or functions whose shared names stay variables of the module. */
export type Shape = 'class' | 'functions';

/** What is wanted of the roles. */
export interface RoleWishes {
  readonly shape: Shape;
  /** Statements of a notebook that stay in their cells. */
  readonly staying?: ReadonlySet<FactUnit>;
  /** Looks that are left out. */
  readonly dropped?: ReadonlySet<FactUnit>;
  /** Stages may wait, so what waits outside of functions need not stay in a notebook. */
  readonly mayAwait?: boolean;
  /** Statements that run in a stage, although they could stay at module level. */
  readonly running?: ReadonlySet<FactUnit>;
}

/** Sorts the statements of a program. */
export function rolesOf(
  facts: ProgramFacts,
  evaluator: Evaluator,
  { shape, staying = new Set(), dropped = new Set(), mayAwait = false, running = new Set() }: RoleWishes = {
    shape: 'class',
  },
): Roles {
  const roles = new Map<FactUnit, Role>();
  for (const unit of facts.units) {
    const first = running.has(unit) ? 'run' : firstRole(unit, { facts, evaluator, mayAwait });
    roles.set(unit, dropped.has(unit) ? 'drop' : staying.has(unit) ? 'stay' : first);
  }
  keepSetup(facts, roles);
  const problems: RoleProblem[] = [];
  let moved = movedNames(facts, roles);
  // A definition that needs a moved name moves itself, and then so does whatever needs its name.
  for (let isChanged = true; isChanged;) {
    isChanged = false;
    problems.length = 0;
    for (const unit of facts.units) {
      const role = roles.get(unit)!;
      const next = nextRole(unit, role, { facts, evaluator, roles, moved, problems, shape });
      if (next === role) continue;
      roles.set(unit, next);
      isChanged = true;
    }
    moved = movedNames(facts, roles);
  }
  return { shape, of: roles, problems: [...problems], moved };
}

interface Around {
  readonly facts: ProgramFacts;
  readonly evaluator: Evaluator;
  readonly mayAwait: boolean;
}

function firstRole(unit: FactUnit, around: Around): Role {
  const { mayAwait } = around;
  const { statement } = unit.unit;
  if (staysInNotebook(unit, mayAwait)) return 'stay';
  switch (statement.kind) {
    case 'Expr':
      return unit.order === 0 && unit.cell.cell.index === null && statement.value.kind === 'Str'
        ? 'header'
        : 'run';
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
      return staysConstant(target.id, statement.value, unit, around) ? 'constant' : 'run';
    }
    case 'AnnAssign': {
      const { target, value } = statement;
      if (target.kind !== 'Name') return 'run';
      // A declaration binds nothing.
      return value === undefined || staysConstant(target.id, value, unit, around) ? 'constant' : 'run';
    }
    default:
      return 'run';
  }
}

/** Cell magics below whose line Python runs as it does without them. */
const TRANSPARENT_MAGICS = new Set(['time', 'prun']);

/** Whether only IPython can run a statement: a magic, a shell line, or code in a cell that a magic takes over. */
function staysInNotebook(unit: FactUnit, mayAwait: boolean): boolean {
  if (unit.unit.escapes.length > 0 || isIsolated(unit)) return true;
  if (!mayAwait && unit.cell.cell.index !== null && awaits(unit)) return true;
  return unit.cell.cell.escapes.some(
    ({ kind, name }) => kind === 'cell-magic' && !TRANSPARENT_MAGICS.has(name),
  );
}

/** Whether a statement waits outside of any function, which IPython allows. */
export function awaits({ unit, summary }: FactUnit): boolean {
  if (!/\bawait\b|\basync\b/.test(unit.text)) return false;
  const isOutside = (at: Located | undefined): boolean =>
    at !== undefined && at.scope.enclosingFunction === undefined;
  return (
    [...summary.locate].some(
      ([node, at]) =>
        (node.kind === 'Await' ||
          (node.kind === 'Comprehension' && node.clauses.some((clause) => clause.isAsync))) &&
        isOutside(at),
    ) ||
    summary.statements.some(
      ({ node, at }) => (node.kind === 'For' || node.kind === 'With') && node.isAsync && isOutside(at),
    )
  );
}

/** A literal that is bound once; one that can be changed only where nobody does, or where functions and classes read it. */
function staysConstant(
  name: string,
  value: Expression,
  unit: FactUnit,
  { facts, evaluator }: Around,
): boolean {
  if (!isBoundOnce(name, facts)) return false;
  if (isConstant(value)) return true;
  if (!['List', 'Dict', 'Set', 'Tuple'].includes(value.kind) || !isPure(value)) return false;
  if (childExpressions(value).every(isConstant) && isNeverChanged(name, facts, evaluator)) return true;
  // A cell that is run again makes it anew.
  if (unit.cell.cell.isInNotebook && fillingsOf(name, facts).length > 0) return false;
  return facts.freeReferences.some(
    ({ reference, unit: reader }) =>
      reference.name === name &&
      reference.time === 'later' &&
      ['FunctionDef', 'ClassDef'].includes(reader.unit.statement.kind),
  );
}

function isBoundOnce(name: string, facts: ProgramFacts): boolean {
  return facts.moduleBindings(name).length === 1;
}

/** A value that nobody can change and that is the same whenever it is made. */
export function isConstant(value: Expression): boolean {
  switch (value.kind) {
    case 'Num':
    case 'Constant':
      return true;
    case 'Str':
      return value.tokens.every((token) => token.pieces.every((piece) => piece.kind === 'text'));
    case 'UnaryOp':
      return value.operand.kind === 'Num';
    case 'Tuple':
      return value.elements.every(isConstant);
    default:
      return false;
  }
}

/** `try: import x` with a fallback that is a literal, or `if TYPE_CHECKING: import x`. */
export function onlyImports(statements: readonly Statement[]): boolean {
  let hasImport = false;
  const isFit = (statement: Statement): boolean => {
    switch (statement.kind) {
      case 'Import':
      case 'ImportFrom':
        hasImport = true;
        return true;
      case 'Pass':
        return true;
      case 'Assign':
        return statement.targets.every((target) => target.kind === 'Name') && isConstant(statement.value);
      case 'Try':
        return childBlocks(statement).every((block) => block.every(isFit));
      case 'If':
        return isTypeChecking(statement.test) && childBlocks(statement).every((block) => block.every(isFit));
      default:
        return false;
    }
  };
  return statements.every(isFit) && hasImport;
}

function isTypeChecking(test: Expression): boolean {
  return (
    (test.kind === 'Name' && test.id === 'TYPE_CHECKING') ||
    (test.kind === 'Attribute' && test.attr === 'TYPE_CHECKING')
  );
}

/** The names that are no longer the module's: bound by what runs, by functions through `global`, and methods. */
function movedNames(facts: ProgramFacts, roles: ReadonlyMap<FactUnit, Role>): ReadonlySet<string> {
  const names = new Set<string>();
  for (const unit of facts.units) {
    const role = roles.get(unit)!;
    if (role === 'stay' || role === 'drop') continue;
    for (const { name, scope } of unit.summary.moduleBindings) {
      if (role === 'run' || role === 'method' || scope.parent !== undefined) names.add(name);
    }
  }
  return names;
}

/** What is known while statements are sorted. */
export interface Sorting {
  readonly facts: ProgramFacts;
  readonly evaluator: Evaluator;
  readonly roles: ReadonlyMap<FactUnit, Role>;
  readonly moved: ReadonlySet<string>;
  readonly problems: RoleProblem[];
  readonly shape: Shape;
}

function nextRole(unit: FactUnit, role: Role, sorting: Sorting): Role {
  if (['run', 'header', 'stay', 'drop'].includes(role)) return role;
  const { moved, problems } = sorting;
  const { statement } = unit.unit;
  const own = unit.summary.moduleBindings.filter(({ scope }) => scope.parent === undefined);
  const above = sorting.facts.units.slice(0, unit.order).filter((other) => isRunning(other, sorting));
  const clash = own.find(
    ({ name }) =>
      moved.has(name) ||
      isReplacedLater(name, unit, sorting) ||
      isMissedAbove(name, unit, above, sorting.facts),
  );
  if (role === 'import') {
    return clash || !isHoistable(unit, sorting) ? 'run' : role;
  }
  if (role === 'setup') return role;
  const isNeededNow = unit.summary.freeReferences.some(
    ({ name, time }) => moved.has(name) && time !== 'later',
  );
  if (role === 'constant') return clash || isNeededNow || runsOnItsLine(unit, sorting) ? 'run' : role;
  const isClass = statement.kind !== 'FunctionDef';
  const needed = unit.summary.freeReferences.find(({ name }) => moved.has(name));
  const rebinds = unit.summary.moduleBindings.some(({ scope }) => scope.parent !== undefined);
  const isOwnName = clash !== undefined && role !== 'method';
  if (sorting.shape === 'functions') {
    // What it reads later is still the module's; made within a stage, `global` keeps its name what it was.
    return isOwnName || isNeededNow || !staysEqual(unit, sorting) ? 'run' : role;
  }
  if (isClass) {
    const why =
      needed !== undefined
        ? `the class reads ${needed.name}, which is computed when the program runs`
        : rebinds
          ? 'a method of the class binds a name of the module'
          : isOwnName || !staysEqual(unit, sorting)
            ? 'the class is made while the program runs, by what stands above it'
            : undefined;
    if (why !== undefined) problems.push({ unit, node: statement, reason: why });
    return role;
  }
  if (role === 'method') return isNeededNow || !canBeMethod(unit, sorting) ? 'run' : role;
  if (isOwnName || isNeededNow || !staysEqual(unit, sorting)) return 'run';
  if (needed === undefined && !rebinds) return role;
  return canBeMethod(unit, sorting) ? 'method' : 'run';
}

function isRunning(unit: FactUnit, { roles }: Sorting): boolean {
  const role = roles.get(unit);
  return role === 'run' || role === 'stay';
}

/** `rate = 0.1; run(rate)`: one line is not torn apart. */
function runsOnItsLine(unit: FactUnit, { facts, roles }: Sorting): boolean {
  const [above, below] = [facts.units[unit.order - 1], facts.units[unit.order + 1]];
  const runs = (other: FactUnit | undefined): boolean => other !== undefined && roles.get(other) === 'run';
  return (runs(above) && sharesLine(above!, unit)) || (runs(below) && sharesLine(unit, below!));
}

/** Whether a name means two things in turn, with something that runs in between: only the last would be left. */
function isReplacedLater(name: string, unit: FactUnit, { facts, roles }: Sorting): boolean {
  return facts.moduleBindings(name).some(({ unit: other }) => {
    const [first, last] = other.order < unit.order ? [other, unit] : [unit, other];
    if (other === unit || (roles.get(other) === 'import' && bindsSame(name, first, last))) return false;
    return facts.units
      .slice(first.order + 1, last.order)
      .some((between) => ['run', 'stay', 'setup'].includes(roles.get(between)!));
  });
}

/** Whether a definition may be made before what runs above it: it has no effect, or nothing runs above it. */
function staysEqual(unit: FactUnit, { facts, evaluator, roles }: Sorting): boolean {
  const runsBefore = facts.units.slice(0, unit.order).some((other) => roles.get(other) === 'run');
  return !runsBefore || (evaluatesPurely(unit, evaluator) && !readsAttributes(unit, evaluator));
}

/** Whether a function can be a method: one binding, no decorator, and its name is only called. */
function canBeMethod(unit: FactUnit, { facts, evaluator }: Sorting): boolean {
  const { statement } = unit.unit;
  if (statement.kind !== 'FunctionDef' || statement.decorators.length > 0 || statement.typeParams.length > 0)
    return false;
  if (!isBoundOnce(statement.name, facts) || !evaluatesPurely(unit, evaluator)) return false;
  return facts.freeReferences.every(
    ({ reference: { name, node }, unit: where }) => name !== statement.name || isCalled(node, where),
  );
}

/**
 * Whether a name is called. Only then a method does as well: one that is handed on takes its object with it, which copies
 * (`sklearn.base.clone`), comparisons with `is` and pickles notice.
 */
function isCalled(node: Expression, unit: FactUnit): boolean {
  const parent = parentsOf(unit.unit).get(node);
  return parent?.kind === 'Call' && parent.func === node;
}
