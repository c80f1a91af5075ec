import type { Roles } from '../refactorings/extract-pipeline/roles';
import { formulaReads } from '../refactorings/extract-pipeline/textReads';
import { PHASE_GROUPS, type Phase } from '../knowledge/phases';
import type { FactUnit, ProgramFacts } from '../semantics/facts';
import type { Stage } from '../stages/stages';

/** One module of the package that holds the author's code. */
export interface Module {
  /** Without `.py`. */
  readonly name: string;
  /** A sentence for its docstring. */
  readonly summary: string;
  /** Functions, classes and constants, in document order. */
  readonly definitions: readonly FactUnit[];
  readonly stages: readonly Stage[];
}

/** What modules of stages are called, by the group of their phases, and what they do. */
const BY_GROUP: Readonly<Record<string, readonly [name: string, summary: string]>> = {
  configure: ['settings', 'Sets up the run.'],
  load: ['data', 'Loads the data.'],
  prepare: ['features', 'Prepares the data.'],
  model: ['training', 'Builds and trains the model.'],
  evaluate: ['evaluation', 'Evaluates the model.'],
  save: ['output', 'Saves the results.'],
  plot: ['plots', 'Plots the results.'],
  report: ['reporting', 'Reports the results.'],
};
const WITHOUT_PHASE: readonly [name: string, summary: string] = ['steps', 'Runs the steps.'];

/**
 * Sorts stages and definitions into modules: stages by phase; a definition goes where it is used, or into a module of its
 * own where several use it. So imports never lead in a circle.
 *
 * @param taken Names that a module must not have.
 */
export function modulesOf(
  facts: ProgramFacts,
  roles: Roles,
  stages: readonly Stage[],
  taken: ReadonlySet<string>,
): readonly Module[] {
  const grouped = byGroup(stages);
  const homes = homesOf(facts, roles, grouped);
  const used = new Set(taken);
  const nameFor = (wanted: string): string => {
    let name = wanted;
    for (let i = 2; used.has(name); i++) name = `${wanted}_${i}`;
    used.add(name);
    return name;
  };
  const shared = facts.units.filter((unit) => homes.get(unit) === SHARED);
  const modules: Module[] = [];
  if (shared.length > 0) {
    const [name, summary] = sharedName(shared);
    modules.push({ name: nameFor(name), summary, definitions: shared, stages: [] });
  }
  for (const [group, own] of grouped) {
    const [name, summary] = BY_GROUP[group] ?? WITHOUT_PHASE;
    const definitions = facts.units.filter((unit) => homes.get(unit) === own);
    modules.push({ name: nameFor(name), summary, definitions, stages: own });
  }
  return modules;
}

/** Stages of one phase, in the order in which phases first come up; one without a phase goes with what precedes it. */
function byGroup(stages: readonly Stage[]): ReadonlyMap<string, Stage[]> {
  const grouped = new Map<string, Stage[]>();
  let last = '';
  for (const stage of stages) {
    const group = groupOf(stage.phase) ?? last;
    grouped.set(group, [...(grouped.get(group) ?? []), stage]);
    last = group;
  }
  return grouped;
}

function groupOf(phase: Phase | undefined): string | undefined {
  return phase && PHASE_GROUPS[phase];
}

const SHARED = 'shared';
type Home = readonly Stage[] | typeof SHARED;

/** Where each definition and constant goes. */
function homesOf(
  facts: ProgramFacts,
  roles: Roles,
  grouped: ReadonlyMap<string, readonly Stage[]>,
): ReadonlyMap<FactUnit, Home> {
  const users = new Map<FactUnit, Set<readonly Stage[]>>();
  const kept = facts.units.filter((unit) => ['definition', 'constant'].includes(roles.of.get(unit)!));
  const byName = new Map<string, FactUnit[]>();
  const inFormulas = formulaReads(facts);
  const readsOf = (unit: FactUnit): readonly string[] => [
    ...unit.summary.freeReferences.map(({ name }) => name),
    ...inFormulas(unit),
  ];
  for (const unit of kept) {
    users.set(unit, new Set());
    for (const { name } of unit.summary.moduleBindings) {
      byName.set(name, [...(byName.get(name) ?? []), unit]);
    }
  }
  for (const stages of grouped.values()) {
    for (const { units } of stages) {
      for (const user of units) {
        for (const name of readsOf(user)) {
          for (const unit of byName.get(name) ?? []) users.get(unit)!.add(stages);
        }
      }
    }
  }
  spread(kept, byName, users, readsOf);
  // Nobody uses it: it stays with what several use, and so does what it needs.
  for (const stages of users.values()) if (stages.size === 0) for (const nobody of NOBODY) stages.add(nobody);
  spread(kept, byName, users, readsOf);
  const homes = new Map<FactUnit, Home>();
  for (const [unit, stages] of users) {
    const [only] = stages;
    homes.set(unit, stages.size === 1 && only ? only : SHARED);
  }
  return homes;
}

/** What a definition needs is needed wherever the definition is; two of one name stay together. */
function spread(
  kept: readonly FactUnit[],
  byName: ReadonlyMap<string, readonly FactUnit[]>,
  users: ReadonlyMap<FactUnit, Set<readonly Stage[]>>,
  readsOf: (unit: FactUnit) => readonly string[],
): void {
  for (let isChanged = true; isChanged;) {
    isChanged = false;
    for (const unit of kept) {
      const names = [...readsOf(unit), ...unit.summary.moduleBindings.map(({ name }) => name)];
      for (const needed of names.flatMap((name) => byName.get(name) ?? [])) {
        const theirs = users.get(needed)!;
        const size = theirs.size;
        for (const stages of users.get(unit)!) theirs.add(stages);
        isChanged ||= theirs.size > size;
      }
    }
  }
}

/** Stands for several users. */
const NOBODY: readonly (readonly Stage[])[] = [[], []];

function sharedName(units: readonly FactUnit[]): readonly [name: string, summary: string] {
  const kinds = new Set(units.map(({ unit }) => unit.statement.kind));
  if (kinds.has('FunctionDef')) return ['helpers', 'Functions and values that several stages use.'];
  if (kinds.has('ClassDef')) return ['models', 'Classes that several stages use.'];
  return ['constants', 'Values that several stages use.'];
}
