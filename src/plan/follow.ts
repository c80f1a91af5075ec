import type { FactUnit, ProgramFacts } from '../semantics/facts';
import type { Stage } from '../stages/stages';
import { type Atom, atomsOf, fingerprintOf } from './atoms';
import { type Matching, matchParts } from './match';
import { type Part, type Plan, type PlanProblem, type PlannedStage, partName } from './plan';

/** The program, as a plan for it is followed. */
export interface Followed {
  readonly facts: ProgramFacts;
  /** The stages without a plan: they hold all that runs, and new statements go where they put them. */
  readonly proposed: readonly Stage[];
  /** Names that a stage must not have. */
  readonly taken: ReadonlySet<string>;
}

/** What a plan comes to in a program. */
export interface Following {
  /** In document order; each statement of the proposed stages is in one. */
  readonly stages: readonly Stage[];
  /** Why it cannot be followed; then there are no stages. */
  readonly problems: readonly PlanProblem[];
  /** What the program has that the plan does not know, or the other way round: for notes. */
  readonly changes: readonly string[];
}

/** Statements that a plan has decided about otherwise than by a stage. */
export interface Decisions {
  readonly keep: ReadonlySet<FactUnit>;
  readonly drop: ReadonlySet<FactUnit>;
  readonly problems: readonly PlanProblem[];
}

/**
 * What a plan keeps in the notebook and what it leaves out.
 *
 * @param mayDrop Why a statement cannot be left out; undefined if it only looks.
 */
export function decisionsOf(
  plan: Plan,
  facts: ProgramFacts,
  mayDrop: (unit: FactUnit) => string | undefined,
): Decisions {
  const matching = matchAll(plan, facts);
  const unitsOf = (part: Part): readonly FactUnit[] =>
    (matching.matched.get(part) ?? []).flatMap(({ units }) => units);
  const problems: PlanProblem[] = [];
  if (facts.program.kind !== 'notebook' && plan.keep.length > 0) {
    problems.push({ message: 'only a notebook can keep statements', span: plan.keep[0]!.span });
  }
  const drop = new Set<FactUnit>();
  for (const part of plan.drop) {
    const reason = unitsOf(part)
      .map(mayDrop)
      .find((each) => each !== undefined);
    if (reason === undefined) unitsOf(part).forEach((unit) => drop.add(unit));
    else {
      const message = `${partName(part)} cannot be left out: ${reason}`;
      problems.push({ message, span: part.span, hint: 'put it into a stage' });
    }
  }
  return { keep: new Set(plan.keep.flatMap(unitsOf)), drop, problems };
}

/** Sorts what runs into the stages of a plan. Nothing changes its order: a plan that wants that has a problem. */
export function followPlan(plan: Plan, { facts, proposed, taken }: Followed): Following {
  const matching = matchAll(plan, facts);
  const running = new Set(proposed.flatMap(({ units }) => units));
  const problems = [...matching.problems, ...nameProblems(plan.stages, taken)];
  if (problems.length === 0) problems.push(...orderProblems(plan.stages, matching));
  if (problems.length === 0) problems.push(...missing(matching, plan, facts, running));
  if (problems.length > 0) return { stages: [], problems, changes: [] };
  return {
    stages: stagesWith(plan, matching, proposed, taken),
    problems,
    changes: changesOf(plan, matching, running),
  };
}

interface Matches extends Matching {
  readonly atoms: readonly Atom[];
}

/** Stages, what is kept and what is dropped are found together: none of them takes the other's statements. */
function matchAll(plan: Plan, facts: ProgramFacts): Matches {
  const atoms = atomsOf(facts.units);
  const parts = [...plan.stages.flatMap((stage) => stage.parts), ...plan.keep, ...plan.drop];
  const isSame = fingerprintOf(facts.units) === plan.fingerprint;
  return { ...matchParts(parts, atoms, isSame), atoms };
}

function nameProblems(stages: readonly PlannedStage[], taken: ReadonlySet<string>): readonly PlanProblem[] {
  return stages
    .filter(({ name }) => taken.has(name))
    .map(({ name, nameSpan }) => ({
      message: `${name} is a name of the program already`,
      span: nameSpan,
      hint: `take another name for the stage, for example run_${name}`,
    }));
}

function orderProblems(stages: readonly PlannedStage[], { matched, atoms }: Matches): readonly PlanProblem[] {
  const place = new Map(atoms.map((atom, i) => [atom, i]));
  let last = -1;
  let before: { readonly part: Part; readonly stage: PlannedStage } | undefined;
  for (const stage of stages) {
    for (const part of stage.parts) {
      const places = (matched.get(part) ?? []).map((atom) => place.get(atom)!);
      if (places.length === 0) continue;
      if (before && Math.min(...places) < last) {
        const [here, there] = [partName(part), partName(before.part)];
        return [
          {
            message: `${here} stands behind ${there} in the plan and above it in the program: what runs would change its order`,
            span: part.span,
            hint:
              before.stage === stage
                ? `move it above ${there}`
                : `move it to a stage above ${before.stage.name}, or to the beginning of that one`,
          },
        ];
      }
      last = Math.max(last, ...places);
      before = { part, stage };
    }
  }
  return [];
}

/** Statements of the program that a plan made for it has lost. */
function missing(
  { rest }: Matches,
  plan: Plan,
  facts: ProgramFacts,
  running: ReadonlySet<FactUnit>,
): readonly PlanProblem[] {
  if (fingerprintOf(facts.units) !== plan.fingerprint) return [];
  // Whether a definition runs in a stage depends on the shape; a plan need not know.
  const [first, ...more] = [...rest].filter(({ units }) =>
    units.some((unit) => running.has(unit) && !DEFINING.has(unit.unit.statement.kind)),
  );
  if (!first) return [];
  const name = partName({
    ...first,
    span: undefined,
    lines: first.cell === undefined ? first.lines : undefined,
  });
  const others = more.length > 0 ? ` (and ${more.length} more)` : '';
  return [
    {
      message: `${name} stands in no stage: ${first.code}${others}`,
      span: plan.stages.at(-1)?.nameSpan,
      hint:
        facts.program.kind === 'notebook'
          ? 'put it back, or list it under "keep" or "drop"'
          : 'put it back into its stage',
    },
  ];
}

const DEFINING: ReadonlySet<string> = new Set([
  'Import',
  'ImportFrom',
  'FunctionDef',
  'ClassDef',
  'TypeAlias',
]);

function changesOf(
  plan: Plan,
  { matched, rest }: Matches,
  running: ReadonlySet<FactUnit>,
): readonly string[] {
  const isGone = (part: Part): boolean => (matched.get(part) ?? []).length === 0;
  const added = [...rest].filter(({ units }) => units.some((unit) => running.has(unit)));
  return [
    ...added.map((atom) => `${partName({ ...atom, span: undefined })} is not in the plan: ${atom.code}`),
    ...[...matched.keys()].filter(isGone).map((part) => {
      const code = part.code === undefined ? '' : `: ${part.code}`;
      return `${partName(part)} of the plan is not in the program any more${code}`;
    }),
    ...plan.stages
      .filter(({ parts }) => parts.every(isGone))
      .map(({ name }) => `nothing is left of the stage ${name}`),
  ];
}

/** The stages, new statements included: with what stands above them, or as a stage of their own where they are one. */
function stagesWith(
  plan: Plan,
  { matched, atoms }: Matches,
  proposed: readonly Stage[],
  taken: ReadonlySet<string>,
): readonly Stage[] {
  const planned = new Map<FactUnit, PlannedStage>();
  for (const stage of plan.stages) {
    for (const part of stage.parts) {
      for (const { units } of matched.get(part) ?? []) for (const unit of units) planned.set(unit, stage);
    }
  }
  const ofUnit = new Map(proposed.flatMap((stage) => stage.units.map((unit) => [unit, stage])));
  const groups = atoms
    .map(({ units }) => units.filter((unit) => ofUnit.has(unit)))
    .filter((units) => units.length > 0);
  const isNew = ({ units }: Stage): boolean => units.every((unit) => !planned.has(unit));
  const plannedBehind = (from: number): PlannedStage | undefined => {
    const next = groups.slice(from).find((units) => planned.has(units[0]!));
    return next && planned.get(next[0]!);
  };
  const used = new Set([...taken, ...plan.stages.map(({ name }) => name)]);
  const result: { owner: PlannedStage | Stage; name: string; units: FactUnit[] }[] = [];
  for (const [i, units] of groups.entries()) {
    const own = ofUnit.get(units[0]!)!;
    const last = result.at(-1);
    // A new stage does not tear one of the plan apart.
    const isWithin = last !== undefined && plannedBehind(i) === last.owner;
    const owner = planned.get(units[0]!) ?? (!last || (isNew(own) && !isWithin) ? own : last.owner);
    if (last && last.owner === owner) last.units.push(...units);
    else {
      const name = 'parts' in owner ? owner.name : freeName(owner.name, used);
      result.push({ owner, name, units: [...units] });
    }
  }
  return result.map(({ owner, name, units }) => ({ name, title: owner.title, phase: owner.phase, units }));
}

function freeName(name: string, used: Set<string>): string {
  let free = name;
  for (let i = 2; used.has(free); i++) free = `${name}_${i}`;
  used.add(free);
  return free;
}
