import type { FactUnit, ProgramFacts } from '../../semantics/facts';
import { modulePurity } from './modulePurity';
import type { Role, Sorting } from './roles';
import { SETTINGS } from './setup';

/** Modules that say or do something when they are imported. */
const NOISY = new Set(['pygame', 'this', 'antigravity', '__hello__']);

/** Whether an import may be done before what runs above it. */
export function isHoistable(unit: FactUnit, { facts, evaluator, roles }: Sorting): boolean {
  const above = facts.units.slice(0, unit.order);
  const entry = facts.program.kind === 'notebook' ? moduleEntry(facts, roles) : 0;
  const before = above.filter((other) => {
    const role = roles.get(other);
    return role === 'run' || (role === 'stay' && other.order >= entry);
  });
  if (before.length === 0) return true;
  const known = new Set(above.filter((other) => roles.get(other) === 'import').flatMap(importedModules));
  const modules = importedModules(unit).filter((module) => !known.has(module));
  if (modules.length === 0) return true;
  const definitions = facts.units.filter(({ unit: { statement } }) => statement.kind === 'FunctionDef');
  const isPrepared = [...before, ...definitions].some((other) => SETTINGS.test(other.unit.text));
  if (isPrepared) return false;
  // A file that is named above may be written there.
  const isNamed = (module: string): boolean =>
    [...before, ...definitions].some((other) => other.unit.text.includes(`${module.split('.')[0]!}.py`));
  if (modules.some(isNamed)) return false;
  return modules.every((module) => {
    const own = evaluator.project?.moduleNamed(module);
    return own ? modulePurity(own) === undefined : !NOISY.has(module.split('.')[0]!);
  });
}

/** Where a notebook imports the module at the earliest: what stays in a cell above has run by then. */
function moduleEntry(facts: ProgramFacts, roles: ReadonlyMap<FactUnit, Role>): number {
  const inModule: readonly (Role | undefined)[] = ['run', 'definition', 'constant', 'method'];
  return facts.units.findIndex((unit) => inModule.includes(roles.get(unit)));
}

/** The modules that a statement imports, with leading dots where relative. */
export function importedModules({ summary }: FactUnit): readonly string[] {
  return summary.statements.flatMap(({ node }) => {
    if (node.kind === 'Import') return node.names.map(({ name }) => name);
    return node.kind === 'ImportFrom' ? ['.'.repeat(node.level) + node.module] : [];
  });
}
