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
  /** In document order; each statement of the proposed stages that is not dropped is in one. */
  readonly stages: readonly Stage[];
  /** Why it cannot be followed; then the stages are not to be used. */
  readonly problems: readonly PlanProblem[];
  /** What the program has that the plan does not know, or the other way round: for a note. */
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
  const atoms = atomsOf(facts.units);
  const isSame = fingerprintOf(facts.units) === plan.fingerprint;
  const problems: PlanProblem[] = [];
  const unitsOf = (parts: readonly Part[]): FactUnit[] => {
    const matching = matchParts(parts, atoms, isSame);
    problems.push(...matching.problems);
    return [...matching.matched.values()].flat().flatMap(({ units }) => units);
  };
  if (facts.program.kind !== 'notebook' && plan.keep.length > 0) {
    problems.push({ message: 'only a notebook can keep statements', span: plan.keep[0]!.span });
  }
  const keep = new Set(unitsOf(plan.keep).filter(({ unit }) => unit.statement.kind !== 'Import'));
  const drop = new Set<FactUnit>();
  for (const part of plan.drop) {
    for (const unit of unitsOf([part])) {
      const reason = mayDrop(unit);
      if (reason === undefined) drop.add(unit);
      else
        problems.push({
          message: `${partName(part)} cannot be left out: ${reason}`,
          span: part.span,
          hint: 'put it into a stage',
        });
    }
  }
  return { keep, drop, problems };
}

/** Sorts what runs into the stages of a plan. Nothing changes its order: a plan that wants that has a problem. */
export function followPlan(plan: Plan, { facts, proposed, taken }: Followed): Following {
  const atoms = atomsOf(proposed.flatMap(({ units }) => units));
  const isSame = fingerprintOf(facts.units) === plan.fingerprint;
  const parts = plan.stages.flatMap((stage) => stage.parts);
  const matching = matchParts(parts, atoms, isSame);
  const problems = [...matching.problems, ...nameProblems(plan.stages, taken)];
  if (problems.length === 0) problems.push(...orderProblems(plan.stages, matching, atoms));
  if (isSame) problems.push(...missing(matching, plan));
  if (problems.length > 0) return { stages: [], problems, changes: [] };
  return {
    stages: stagesWith(plan, matching, atoms, proposed, taken),
    problems,
    changes: changesOf(plan, matching),
  };
}

function nameProblems(stages: readonly PlannedStage[], taken: ReadonlySet<string>): readonly PlanProblem[] {
  return stages
    .filter(({ name }) => taken.has(name))
    .map(({ name, nameSpan }) => ({
      message: `${name} is a name of the program already`,
      span: nameSpan,
      hint: `another name for the stage, for example run_${name}`,
    }));
}

function orderProblems(
  stages: readonly PlannedStage[],
  { matched }: Matching,
  atoms: readonly Atom[],
): readonly PlanProblem[] {
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
function missing({ rest }: Matching, plan: Plan): readonly PlanProblem[] {
  const others = [...plan.keep, ...plan.drop];
  const lost = [...rest].filter(
    (atom) =>
      !others.some(
        ({ cell, lines }) =>
          atom.cell === cell &&
          (!lines || (atom.lines.first >= lines.first && atom.lines.first <= lines.last)),
      ),
  );
  const [first] = lost;
  if (!first) return [];
  const name = partName({
    ...first,
    span: undefined,
    lines: first.cell === undefined ? first.lines : undefined,
  });
  const more = lost.length > 1 ? ` (and ${lost.length - 1} more)` : '';
  return [
    {
      message: `${name} stands in no stage: ${first.code}${more}`,
      span: plan.stages.at(-1)?.nameSpan,
      hint: plan.program.endsWith('.ipynb')
        ? 'put it back, or list it under "keep" or "drop"'
        : 'put it back',
    },
  ];
}

function changesOf(plan: Plan, { matched, rest }: Matching): readonly string[] {
  const gone = [...matched].filter(([, atoms]) => atoms.length === 0).map(([part]) => part);
  const empty = plan.stages.filter(({ parts }) =>
    parts.every((part) => (matched.get(part) ?? []).length === 0),
  );
  return [
    ...[...rest].map((atom) => `${partName({ ...atom, span: undefined })} is not in the plan: ${atom.code}`),
    ...gone.map(
      (part) =>
        `${partName(part)} of the plan is not in the program any more${part.code === undefined ? '' : `: ${part.code}`}`,
    ),
    ...empty.map(({ name }) => `nothing is left of the stage ${name}`),
  ];
}

/** The stages, new statements included: with what stands above them, or as a stage of their own where they are one. */
function stagesWith(
  plan: Plan,
  { matched, rest }: Matching,
  atoms: readonly Atom[],
  proposed: readonly Stage[],
  taken: ReadonlySet<string>,
): readonly Stage[] {
  const planned = new Map<Atom, PlannedStage>();
  for (const stage of plan.stages) {
    for (const part of stage.parts) for (const atom of matched.get(part) ?? []) planned.set(atom, stage);
  }
  const ofUnit = new Map(proposed.flatMap((stage) => stage.units.map((unit) => [unit, stage])));
  const isNew = (stage: Stage): boolean =>
    atomsOf(stage.units).every((atom) => [...rest].some(({ units }) => units[0] === atom.units[0]));
  const used = new Set([...taken, ...plan.stages.map(({ name }) => name)]);
  const result: { owner: PlannedStage | Stage; name: string; units: FactUnit[] }[] = [];
  const laterPlanned = (from: number): Atom | undefined =>
    atoms.slice(from).find((atom) => planned.has(atom));
  for (const [i, atom] of atoms.entries()) {
    const own = ofUnit.get(atom.units[0]!)!;
    const last = result.at(-1);
    // A new stage does not tear one of the plan apart.
    const isWithin = last !== undefined && planned.get(laterPlanned(i)!) === last.owner;
    const owner = planned.get(atom) ?? (!last || (isNew(own) && !isWithin) ? own : last.owner);
    if (last && last.owner === owner) last.units.push(...atom.units);
    else
      result.push({
        owner,
        name: 'parts' in owner ? owner.name : freeName(owner.name, used),
        units: [...atom.units],
      });
  }
  return result.map(({ owner, name, units }) => ({ name, title: owner.title, phase: owner.phase, units }));
}

function freeName(name: string, used: Set<string>): string {
  let free = name;
  for (let i = 2; used.has(free); i++) free = `${name}_${i}`;
  used.add(free);
  return free;
}
