import { type PlannedProgram, plannedProgram, plannedStages } from '../refactorings/extract-pipeline/planned';
import type { Roles } from '../refactorings/extract-pipeline/roles';
import type { AnalysedProgram } from '../refactorings/outcome';
import { type PlanDocument, refusalInPlan } from '../plan/document';
import { partName } from '../plan/plan';
import { joinedStages } from '../stages/joining';
import type { Stage } from '../stages/stages';
import type { Note, Refusal } from '../text/refusal';
import { type Sharing, planSharing } from './sharing';

/** The stages of a package, and where their names live. */
export interface SharedStages {
  readonly stages: readonly Stage[];
  readonly sharing: Sharing;
  readonly refusals: readonly Refusal[];
  /** What a plan and the program do not know of one another. */
  readonly notes: readonly Note[];
}

/** Names of `pipeline.py` and of every package that no stage can have. */
const RESERVED_STAGES: ReadonlySet<string> = new Set(['run', 'main']);

/** A plan for a program of which a package is made. */
export function plannedPackage(
  document: PlanDocument | undefined,
  { facts }: AnalysedProgram,
): PlannedProgram | undefined {
  return document && plannedProgram(document, facts);
}

/**
 * Decides where names live. Without a plan, stages between which a name cannot be handed on are joined; what a plan has cut
 * stays cut.
 */
export function sharedStages(
  program: AnalysedProgram,
  roles: Roles,
  proposed: readonly Stage[],
  planned: PlannedProgram | undefined,
): SharedStages {
  const { facts, context } = program;
  const sharingOf = (stages: readonly Stage[]): Sharing =>
    planSharing(facts, context.evaluator, roles, stages);
  if (!planned) {
    const { stages, plan: sharing } = joinedStages(proposed, sharingOf, ({ problems }) => problems);
    return { stages, sharing, refusals: [], notes: [] };
  }
  const { stages, refusals, notes } = plannedStages(planned, facts, proposed);
  const { document } = planned;
  const { keep, drop } = document.plan;
  const reserved = document.plan.stages
    .filter(({ name }) => RESERVED_STAGES.has(name))
    .map(({ name, nameSpan: span }) =>
      refusalInPlan({ message: `${name} is a function of every package already`, span }, document),
    );
  // What is only looked at may be gone before the plan is followed.
  const quiet = new Set([...keep, ...drop].flatMap(({ code }) => (code === undefined ? [] : [code])));
  return {
    stages,
    sharing: sharingOf(stages),
    refusals: [...refusals, ...reserved],
    notes: [
      ...notes.filter(({ message }) => ![...quiet].some((code) => message.endsWith(`: ${code}`))),
      ...(planned.decisions.keep.size > 0
        ? keep.map((part): Note => ({
            path: document.path,
            cell: null,
            line: 0,
            message: `the plan keeps ${partName(part)} in the notebook; the package, which has to do the same, runs it`,
          }))
        : []),
    ],
  };
}
