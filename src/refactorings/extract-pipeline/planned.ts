import type { FactUnit, ProgramFacts } from '../../semantics/facts';
import type { Stage } from '../../stages/stages';
import { type PlanDocument, refusalInPlan } from '../../plan/document';
import { type Decisions, decisionsOf, followPlan } from '../../plan/follow';
import type { Note, Refusal } from '../../text/refusal';
import { refusalAt } from '../places';
import { isLook } from './looks';
import { takenNames } from './ours';
import type { Roles } from './roles';

/** A plan for the program at hand. */
export interface PlannedProgram {
  readonly document: PlanDocument;
  readonly decisions: Decisions;
}

/** Reads off a plan what it keeps and drops in a program. */
export function plannedProgram(document: PlanDocument, facts: ProgramFacts): PlannedProgram {
  return { document, decisions: decisionsOf(document.plan, facts, whyNotDropped) };
}

/** Only what shows a value and does nothing else can be left out. */
function whyNotDropped({ unit: { statement } }: FactUnit): string | undefined {
  const isOnlyLook = statement.kind === 'Expr' && isLook(statement.value);
  return isOnlyLook ? undefined : 'it does more than show what there is';
}

/** The stages that a plan makes of the proposed ones, and what stands against them. */
export function plannedStages(
  { document, decisions }: PlannedProgram,
  facts: ProgramFacts,
  proposed: readonly Stage[],
): {
  readonly stages: readonly Stage[];
  readonly refusals: readonly Refusal[];
  readonly notes: readonly Note[];
} {
  const { plan } = document;
  const { stages, problems, changes } = followPlan(plan, { facts, proposed, taken: takenNames(facts) });
  const notes = changes.map((message): Note => ({ path: document.path, cell: null, line: 0, message }));
  const all = [...decisions.problems, ...problems];
  if (all.length > 0)
    return { stages: proposed, refusals: all.map((problem) => refusalInPlan(problem, document)), notes };
  return { stages, refusals: [], notes };
}

/** What keeps cells of a notebook from being one stage: its one call stands where its first statement stood. */
export function joinedCells(
  stages: readonly Stage[],
  facts: ProgramFacts,
  roles: Roles,
  shown: ReadonlySet<FactUnit>,
): readonly Refusal[] {
  const { path } = facts.program;
  return stages.flatMap(({ name, units }) => {
    const [first] = units;
    const last = units.at(-1)!;
    const between = facts.units
      .slice(first!.order, last.order)
      .find((unit) => ['stay', 'setup'].includes(roles.of.get(unit)!));
    if (between) {
      const reason = `it stays in the notebook between statements of the stage ${name}, which run in one call`;
      return [refusalAt(path, between, between.unit.statement, reason)];
    }
    const inner = units.find((unit) => shown.has(unit) && unit !== last);
    if (!inner) return [];
    const reason = `its value is shown in the middle of the stage ${name}, which can show one at its end`;
    return [refusalAt(path, inner, inner.unit.statement, reason)];
  });
}
