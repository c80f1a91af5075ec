import { isNotebookParameter } from '../../semantics/configured';
import type { FactUnit, ProgramFacts } from '../../semantics/facts';
import { ANY, SpelledTypes } from '../../semantics/spelledTypes';
import { joinedStages } from '../../stages/joining';
import { type Stage, cellStages, sharesLine, stagesOf } from '../../stages/stages';
import { type Note, type Refusal, uniqueRefusals } from '../../text/refusal';
import type { AnalysedProgram } from '../outcome';
import { refusalAt } from '../places';
import { isGuard } from './guard';
import { isLook, isOnlySeen, isShown } from './looks';
import { type Pipeline } from './moved';
import { type NamePlan, planNames } from './names';
import { notebookObstacles, shownUnits } from './notebookObstacles';
import { obstacles } from './obstacles';
import { type PlannedProgram, joinedCells, plannedStages } from './planned';
import { namesOfOurs, takenNames } from './ours';
import { regionsOf, withSectionComments } from './regions';
import { type Roles, type Shape, rolesOf } from './roles';

/** What one shape of a pipeline comes to. */
export interface Attempt {
  readonly shape: Shape;
  /** Undefined where nothing runs. */
  readonly pipeline: Pipeline | undefined;
  /** Why it would not be equal; empty where it is. */
  readonly refusals: readonly Refusal[];
  /** What the plan does not know of the program, or the other way round. */
  readonly notes: readonly Note[];
}

/** How often statements of a notebook are sent back to their cells before it is given up. */
const MAX_ROUNDS = 12;

/** Sorts a program into stages of a shape, and says what stands against it. */
export function attempt(program: AnalysedProgram, shape: Shape, planned?: PlannedProgram): Attempt {
  const { facts } = program;
  if (facts.program.kind !== 'notebook')
    return attemptWith(program, shape, { staying: new Set(), apart: new Set(), planned });
  const kept = planned?.decisions.keep ?? facts.units.filter((unit) => isShown(unit, facts) && looks(unit));
  let staying: ReadonlySet<FactUnit> = new Set([...kept, ...facts.units.filter(isNotebookParameter)]);
  // What does something and is shown is a stage of its own where the stage above it hands something on.
  const apart = new Set<FactUnit>();
  let last: Attempt | undefined;
  for (let round = 0; round < MAX_ROUNDS; round++) {
    last = attemptWith(program, shape, { staying, apart, planned });
    const { pipeline } = last;
    if (!pipeline) return last;
    const next = new Set(staying);
    const cuts = apart.size;
    // With functions, what reads a variable of the module has to be where that is.
    if (shape === 'functions')
      for (const unit of staying) if (isTiedToModule(unit, pipeline)) next.delete(unit);
    for (const stage of pipeline.stages) {
      const { passing } = pipeline.names;
      const [shown] = stage.units.filter((unit) => pipeline.shown.has(unit));
      // One call gives back either what is shown or what is handed on.
      if (!shown || passing.returnsOf(stage).length === 0 || isTiedToModule(shown, pipeline)) continue;
      const canBeApart = !planned && shown !== stage.units[0] && !isOnlySeen(shown);
      if (canBeApart && !sharesLine(stage.units.at(-2)!, shown)) apart.add(shown);
      else next.add(shown);
    }
    const isSettled = next.size === staying.size && [...next].every((unit) => staying.has(unit));
    if (isSettled && apart.size === cuts) break;
    staying = next;
  }
  return last!;
}

/** How the statements of a notebook are cut. */
interface Cutting {
  /** Statements that stay in their cells. */
  readonly staying: ReadonlySet<FactUnit>;
  /** Statements that are stages of their own. */
  readonly apart: ReadonlySet<FactUnit>;
  readonly planned: PlannedProgram | undefined;
}

function attemptWith(
  program: AnalysedProgram,
  shape: Shape,
  { staying, apart, planned: wanted }: Cutting,
): Attempt {
  const { facts, context, path } = program;
  const isNotebook = facts.program.kind === 'notebook';
  const dropped = wanted?.decisions.drop ?? new Set();
  const roles = rolesOf(facts, context.evaluator, { shape, staying, dropped });
  const running = facts.units.filter((unit) => roles.of.get(unit) === 'run');
  if (running.length === 0 || isOnlyGuard(facts, roles)) {
    return { shape, pipeline: undefined, refusals: [], notes: [] };
  }
  const taken = takenNames(facts);
  const proposed = isNotebook
    ? cellStages(runsOf(facts, roles, apart), taken, context.evaluator)
    : stagesOf(running, taken, context.evaluator);
  const chosen = wanted && plannedStages(wanted, facts, proposed);
  // Cells are never joined, and what somebody has cut stays cut.
  const { stages, names } =
    isNotebook || chosen
      ? planned(program, roles, chosen?.stages ?? proposed)
      : plan(program, roles, proposed);
  const shown = isNotebook ? shownUnits(facts, context.evaluator, roles) : new Set<FactUnit>();
  const refusals: Refusal[] = [
    ...(chosen?.refusals ?? []),
    ...(isNotebook && chosen ? joinedCells(stages, facts, roles, shown) : []),
    ...obstacles(program, roles),
    ...(isNotebook ? notebookObstacles(program, roles, names) : []),
    ...names.problems.map(({ unit, node, reason, joins }) =>
      refusalAt(path, unit, node, wanted ? withJoin(reason, joins) : reason),
    ),
  ];
  const pipeline: Pipeline = {
    roles,
    stages,
    names,
    // A notebook's cells keep their imports, and what stands above these.
    regions: isNotebook ? regionsOf(facts) : withSectionComments(regionsOf(facts), roles, facts),
    shown,
    types: typesOf(program, roles),
    ...namesOfOurs(path, facts, roles, stages, wanted?.document.plan.className),
  };
  if (refusals.length === 0) refusals.push(...torn(program, pipeline));
  return { shape, pipeline, refusals: uniqueRefusals(refusals), notes: chosen?.notes ?? [] };
}

/** Says which stages of a plan would have to be one. */
export function withJoin(reason: string, joins: readonly Stage[] | undefined): string {
  const names = [...new Set(joins?.map(({ name }) => name))];
  return names.length < 2 ? reason : `${reason}; in one stage (${names.join(', ')}) it can stay`;
}

/** How names are annotated; where `Any` is something else, or a class would be looked for too early, not at all. */
function typesOf({ facts, context }: AnalysedProgram, roles: Roles): SpelledTypes | undefined {
  const isFixed = (name: string): boolean => {
    const bindings = facts.moduleBindings(name);
    return (
      bindings.length > 0 &&
      bindings.every(({ unit, binding }) => {
        // `try: import torch` may have left something else in the name.
        if (binding.scope.parent !== undefined || binding.block.parent !== undefined) return false;
        const role = roles.of.get(unit);
        return role === 'import' || (role === 'definition' && bindings.length === 1);
      })
    );
  };
  const isAnyOurs =
    facts.moduleBindings(ANY).length > 0 &&
    !facts
      .moduleBindings(ANY)
      .every(({ binding: { source } }) => source.type === 'from-import' && source.module === 'typing');
  return isAnyOurs ? undefined : new SpelledTypes(facts, context.evaluator, isFixed);
}

/** A stage cannot both hand on names and give back what is shown. */
function torn({ path }: AnalysedProgram, { stages, names, shown }: Pipeline): readonly Refusal[] {
  return stages.flatMap((stage) => {
    const unit = stage.units.find((each) => shown.has(each));
    if (!unit || names.passing.returnsOf(stage).length === 0) return [];
    return [
      refusalAt(path, unit, unit.unit.statement, 'what is shown here reads what is shared between stages'),
    ];
  });
}

function looks(unit: FactUnit): boolean {
  const { statement } = unit.unit;
  return statement.kind === 'Expr' && isLook(statement.value);
}

/** Whether a statement cannot stay in its cell: with functions, what it reads has to be the notebook's. */
function isTiedToModule(unit: FactUnit, { names, roles }: Pipeline): boolean {
  return (
    (roles.of.get(unit) !== 'stay' && unit.summary.moduleBindings.length > 0) ||
    (roles.shape === 'functions' && unit.summary.freeReferences.some(({ name }) => names.shared.has(name)))
  );
}

/** Statements that run one after another in one cell, with nothing between them that stays in the cell. */
function runsOf(
  facts: ProgramFacts,
  roles: Roles,
  apart: ReadonlySet<FactUnit>,
): readonly (readonly FactUnit[])[] {
  const runs: FactUnit[][] = [];
  let isOpen = false;
  for (const unit of facts.units) {
    const role = roles.of.get(unit);
    if (role === 'stay' || role === 'setup') isOpen = false;
    if (role !== 'run') continue;
    const last = runs.at(-1);
    if (isOpen && last?.at(-1)?.cell === unit.cell && !apart.has(unit)) last.push(unit);
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
  const { stages, plan: names } = joinedStages(
    cut,
    (each) => planNames(facts, context.evaluator, roles, each),
    ({ problems }) => problems,
  );
  return { stages, names };
}

/** Nothing runs but what stands under the guard of a script: that has its functions already. */
function isOnlyGuard(facts: ProgramFacts, roles: Roles): boolean {
  return facts.units.every((unit) => roles.of.get(unit) !== 'run' || isGuard(unit));
}
