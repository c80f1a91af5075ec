import { LineIndex } from '../text/position';
import type { Refusal } from '../text/refusal';
import type { Plan, PlanProblem } from './plan';

/** A plan with the document that it was read from. */
export interface PlanDocument {
  /** The document's path, as the workspace has it. */
  readonly path: string;
  readonly text: string;
  readonly plan: Plan;
}

/** A problem of a plan as a refusal, in its document. */
export function refusalInPlan(problem: PlanProblem, { path, text }: Omit<PlanDocument, 'plan'>): Refusal {
  const { message, span, hint } = problem;
  const line = new LineIndex(text).positionAt(span?.start ?? 0).line;
  return { path, cell: null, line, reason: hint === undefined ? message : `${message}; ${hint}` };
}
