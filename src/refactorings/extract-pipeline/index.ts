import { BUILTIN_NAMES } from '../../knowledge/builtins';
import type { FactUnit, ProgramFacts } from '../../semantics/facts';
import { type Stage, cellStages, stagesOf } from '../../stages/stages';
import type { FileChange } from '../../text/change';
import { EditSet } from '../../text/edit';
import type { Refusal } from '../../text/refusal';
import { baseName, folderOf, joinPath } from '../../text/workspace';
import type { AnalysedProgram, Outcome } from '../outcome';
import { refusalAt, refusalInCell } from '../places';
import { isGuard } from './guard';
import { type NamePlan, planNames } from './names';
import { obstacles } from './obstacles';
import { type Roles, rolesOf } from './roles';
import { type Pipeline } from './moved';
import { notebookFiles } from './notebook';
import { notebookObstacles, shownUnits } from './notebookObstacles';
import { regionsOf } from './regions';
import { scriptText } from './script';

/** What the adapter knows of the files around. */
export interface Surroundings {
  /** Why a text is no valid Python; undefined if it is. Asked before anything is given back. */
  check(text: string): string | undefined;
  exists(path: string): Promise<boolean>;
}

/**
 * Turns the statements of a program into the stages of a class. Names that stages share become attributes, functions
 * that read them become methods; everything else stays as it is. In a script `main` calls the stages in their order; of
 * a notebook the class becomes a module beside it, and the cells call the stages.
 */
export async function extractPipeline(program: AnalysedProgram, around: Surroundings): Promise<Outcome> {
  const { facts, path, context } = program;
  const isNotebook = facts.program.kind === 'notebook';
  const broken = facts.cells.find(({ syntax }) => syntax.problem);
  if (broken?.syntax.problem) {
    const { offset, message } = broken.syntax.problem;
    return refused([refusalInCell(path, broken, offset, `the code is ${message}`)]);
  }
  if (isNotebook && facts.cells.some(({ cell }) => cell.index === null)) {
    return refused([
      { path, cell: null, line: 0, reason: 'notebooks in one text file cannot be converted yet' },
    ]);
  }
  const roles = rolesOf(facts, context.evaluator);
  const running = facts.units.filter((unit) => roles.of.get(unit) === 'run');
  if (running.length === 0 || isOnlyGuard(facts, roles)) return NOTHING;
  const taken = takenNames(facts);
  const { stages, names } = isNotebook
    ? planned(program, roles, cellStages(runsOf(facts, roles), taken, context.evaluator))
    : plan(program, roles, stagesOf(running, taken, context.evaluator));
  const refusals: Refusal[] = [
    ...obstacles(program, roles),
    ...(isNotebook ? notebookObstacles(program, roles) : []),
    ...names.problems.map(({ unit, node, reason }) => refusalAt(path, unit, node, reason)),
  ];
  if (refusals.length > 0) return refused(unique(refusals));
  const pipeline: Pipeline = {
    roles,
    stages,
    names,
    regions: regionsOf(facts),
    shown: isNotebook ? shownUnits(facts, roles) : new Set(),
    ...namesOfOurs(path, facts, roles, stages),
  };
  return isNotebook ? notebookOutcome(program, pipeline, around) : scriptOutcome(program, pipeline, around);
}

function scriptOutcome({ facts, path }: AnalysedProgram, pipeline: Pipeline, around: Surroundings): Outcome {
  const [cell] = facts.cells;
  const text = scriptText(pipeline, facts);
  const problem = around.check(text);
  if (problem !== undefined) return invalid(path, problem);
  const before = cell!.cell.source;
  const edits = new EditSet([{ span: { start: 0, end: before.length }, newText: text }]);
  return done([{ kind: 'text', path, before, edits }]);
}

async function notebookOutcome(
  { facts, path }: AnalysedProgram,
  pipeline: Pipeline,
  around: Surroundings,
): Promise<Outcome> {
  const stem = baseName(path)
    .replace(/\.ipynb$/, '')
    .replace(/\W+/g, '_')
    .replace(/^(?=\d)/, '_');
  const moduleName = `${stem}_pipeline`;
  const modulePath = joinPath(folderOf(path), `${moduleName}.py`);
  for (const file of [modulePath, joinPath(folderOf(path), `${moduleName}/__init__.py`)]) {
    if (await around.exists(file)) {
      return refused([{ path, cell: null, line: 0, reason: `${file} is there already` }]);
    }
  }
  const objectName = takenNames(facts).has('pipeline') ? 'the_pipeline' : 'pipeline';
  const importAt = facts.units.find((unit) => pipeline.roles.of.get(unit) === 'run')!;
  const files = notebookFiles(pipeline, facts, { path, modulePath, moduleName, objectName, importAt });
  const [module] = files;
  const problem = module?.kind === 'create' ? around.check(module.content) : undefined;
  return problem === undefined ? done(files) : invalid(path, problem);
}

function done(files: readonly FileChange[]): Outcome {
  return { status: 'done', change: { files }, notes: [], refusals: [] };
}

function invalid(path: string, problem: string): Outcome {
  return refused([{ path, cell: null, line: 0, reason: `the result would not be valid Python: ${problem}` }]);
}

/** Statements that run one after another in one cell, with nothing between them that stays in the cell. */
function runsOf(facts: ProgramFacts, roles: Roles): readonly (readonly FactUnit[])[] {
  const runs: FactUnit[][] = [];
  let isOpen = false;
  for (const unit of facts.units) {
    const role = roles.of.get(unit);
    if (role === 'stay' || role === 'setup') isOpen = false;
    if (role !== 'run') continue;
    const last = runs.at(-1);
    if (isOpen && last?.at(-1)?.cell === unit.cell) last.push(unit);
    else runs.push([unit]);
    isOpen = true;
  }
  return runs;
}

function planned(
  { facts, context }: AnalysedProgram,
  roles: Roles,
  stages: readonly Stage[],
): { readonly stages: readonly Stage[]; readonly names: NamePlan } {
  return { stages, names: planNames(facts, context.evaluator, roles, stages) };
}

/** Decides where names live; stages between which a name cannot be handed on are joined. */
function plan(
  program: AnalysedProgram,
  roles: Roles,
  cut: readonly Stage[],
): { readonly stages: readonly Stage[]; readonly names: NamePlan } {
  const { facts, context } = program;
  let stages = cut;
  for (;;) {
    const names = planNames(facts, context.evaluator, roles, stages);
    const joins = names.problems.find((problem) => new Set(problem.joins).size > 1)?.joins;
    if (!joins) return { stages, names };
    const places = joins.map((stage) => stages.indexOf(stage));
    const [first, last] = [Math.min(...places), Math.max(...places)];
    const joined = { ...stages[first]!, units: stages.slice(first, last + 1).flatMap(({ units }) => units) };
    // One stage that holds most of the program would be no stage.
    const total = stages.reduce((sum, { units }) => sum + units.length, 0);
    if (joined.units.length * 2 > total) return { stages, names };
    stages = [...stages.slice(0, first), joined, ...stages.slice(last + 1)];
  }
}

const NOTHING: Outcome = { status: 'nothing', notes: [], refusals: [] };

function refused(refusals: readonly Refusal[]): Outcome {
  return { status: 'refused', notes: [], refusals };
}

/** Nothing runs but what stands under the guard of a script: that has its functions already. */
function isOnlyGuard(facts: ProgramFacts, roles: Roles): boolean {
  return facts.units.every((unit) => roles.of.get(unit) !== 'run' || isGuard(unit));
}

/** Names that nothing of ours may have. */
function takenNames(facts: ProgramFacts): ReadonlySet<string> {
  const taken = new Set([...facts.moduleNames(), ...BUILTIN_NAMES]);
  for (const unit of facts.units) {
    for (const scope of unit.summary.scopeOf.values()) for (const name of scope.names()) taken.add(name);
    for (const { name } of unit.summary.freeReferences) taken.add(name);
  }
  return taken;
}

function namesOfOurs(path: string, facts: ProgramFacts, roles: Roles, stages: readonly Stage[]) {
  const taken = new Set([...takenNames(facts), ...stages.map(({ name }) => name)]);
  const free = (...candidates: string[]): string => {
    const [last = 'it'] = candidates.slice(-1);
    for (const name of [...candidates, ...Array.from({ length: 50 }, (_, i) => `${last}_${i + 2}`)]) {
      if (taken.has(name)) continue;
      taken.add(name);
      return name;
    }
    return `${last}_${taken.size}`;
  };
  const stem = baseName(path).replace(/\.(?:py|ipynb)$/, '');
  const words = stem.split(/[^A-Za-z0-9]+/).filter((word) => /^[A-Za-z]/.test(word));
  const camel = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
  return {
    className: free(`${camel}Pipeline`, 'Pipeline'),
    mainName: free('main', 'run_pipeline'),
    runName: free('run', 'run_all'),
    receiver: receiverFor(facts, roles),
    summary: `What ${baseName(path).replaceAll('\\', '/')} does, stage by stage`,
  };
}

/** `self`, unless moved code has a `self` of its own. */
function receiverFor(facts: ProgramFacts, roles: Roles): string {
  const moved = facts.units.filter((unit) => ['run', 'method'].includes(roles.of.get(unit)!));
  const isUsed = (name: string): boolean =>
    moved.some((unit) => new RegExp(`\\b${name}\\b`).test(unit.unit.text));
  return ['self', 'pipeline', 'this_pipeline'].find((name) => !isUsed(name)) ?? 'the_pipeline_';
}

function unique(refusals: readonly Refusal[]): Refusal[] {
  const seen = new Set<string>();
  return refusals.filter((refusal) => {
    const key = JSON.stringify(refusal);
    return !seen.has(key) && seen.add(key);
  });
}
