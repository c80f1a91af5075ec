import { STANDARD_MODULES } from '../../knowledge/standardModules';
import type { FactUnit, ProgramFacts } from '../../semantics/facts';
import type { ModuleView } from '../../semantics/project';
import type { Evaluator } from '../../semantics/values';
import type { Expression } from '../../syntax/ast';
import { modulePurity } from './modulePurity';
import type { Role, Sorting } from './roles';
import { mayPrepare } from './setup';

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
  const called = facts.units
    .flatMap(importedModules)
    .flatMap((module) => evaluator.project?.moduleNamed(module)?.facts.units ?? []);
  if (takesValueOfTheMoment(unit, evaluator, [...before, ...functionsOf(facts), ...called])) return false;
  const known = new Set(above.filter((other) => roles.get(other) === 'import').flatMap(importedModules));
  const modules = importedModules(unit).filter((module) => !known.has(module));
  if (modules.length === 0) return true;
  const definitions = functionsOf(facts);
  const isPrepared = [...before, ...definitions].some((other) => mayPrepare(other.unit.text));
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

function functionsOf(facts: ProgramFacts): readonly FactUnit[] {
  return facts.units.filter(({ unit: { statement } }) => statement.kind === 'FunctionDef');
}

/** What may bind a module's names without an assignment that shows. */
const REBINDING = /\b(?:setattr|reload|patch|monkeypatch)\s*\(|__dict__|\bvars\(/;

/** `from counters import total` copies a value: what is bound anew before has to be bound before it still. */
function takesValueOfTheMoment(unit: FactUnit, evaluator: Evaluator, earlier: readonly FactUnit[]): boolean {
  const taken = unit.summary.statements.flatMap(({ node }) =>
    node.kind === 'ImportFrom' && node.module !== '__future__' ? [node] : [],
  );
  if (taken.length === 0) return false;
  const stored = new Set(earlier.flatMap(storedAttributes));
  const mayRebind = earlier.some((other) => REBINDING.test(other.unit.text));
  const isFoundElsewhere = unit.facts.units.some((other) => /\bsys\s*\.\s*path\b/.test(other.unit.text));
  return taken.some(({ module, names, level }) => {
    const own = evaluator.project?.moduleNamed('.'.repeat(level) + module);
    if (mayRebind && own) return true;
    // A module in a folder that the program adds to where modules are found: nobody knows what changes it.
    if (!own && isFoundElsewhere && isImportedAbove(module, unit)) return true;
    const all = names.length === 0 || names.some(({ name }) => name === '*');
    const listed = all ? [...(own?.facts.units ?? [])].flatMap(boundNames) : names.map(({ name }) => name);
    return listed.some((name) => stored.has(name) || (own !== undefined && isRebound(name, own)));
  });
}

function isImportedAbove(module: string, unit: FactUnit): boolean {
  const [root = ''] = module.split('.');
  return (
    !STANDARD_MODULES.has(root) &&
    unit.facts.units
      .slice(0, unit.order)
      .flatMap(importedModules)
      .some((name) => name.split('.')[0] === root)
  );
}

/** The attributes that a statement assigns or deletes, whatever they belong to. */
function storedAttributes({ summary }: FactUnit): readonly string[] {
  return summary.statements.flatMap(({ node }) => {
    const targets =
      node.kind === 'Assign' || node.kind === 'Delete'
        ? node.targets
        : node.kind === 'AugAssign' || node.kind === 'AnnAssign' || node.kind === 'For'
          ? [node.target]
          : [];
    return targets.flatMap((target) => attributesIn(target));
  });
}

function attributesIn(target: Expression): readonly string[] {
  if (target.kind === 'Attribute') return [target.attr];
  return target.kind === 'Tuple' || target.kind === 'List' ? target.elements.flatMap(attributesIn) : [];
}

function boundNames({ summary }: FactUnit): readonly string[] {
  return summary.moduleBindings.map(({ name }) => name);
}

/** Whether a function of the module binds one of its names anew. */
function isRebound(name: string, { facts }: ModuleView): boolean {
  return facts.moduleBindings(name).some(({ binding }) => binding.scope.parent !== undefined);
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
