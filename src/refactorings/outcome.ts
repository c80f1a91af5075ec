import type { Change, FileChange } from '../text/change';
import { type Note, type Refusal, uniqueRefusals } from '../text/refusal';
import type { Finding, RuleContext } from '../rules/rule';
import type { ProgramFacts } from '../semantics/facts';

/** What computing a refactoring's edit gives. */
export type Outcome =
  | {
      readonly status: 'done';
      readonly change: Change;
      readonly notes: readonly Note[];
      /** Targets that were left alone. */
      readonly refusals: readonly Refusal[];
    }
  /** There is nothing of the kind here. */
  | { readonly status: 'nothing'; readonly notes: readonly Note[]; readonly refusals: readonly Refusal[] }
  /** Nothing is changed, for these reasons. */
  | { readonly status: 'refused'; readonly notes: readonly Note[]; readonly refusals: readonly Refusal[] };

/** There is nothing of the kind here. */
export const NOTHING: Outcome = { status: 'nothing', notes: [], refusals: [] };

/** These files are changed. */
export function done(files: readonly FileChange[]): Outcome {
  return { status: 'done', change: { files }, notes: [], refusals: [] };
}

/** Nothing is changed; each reason is given once. */
export function refused(refusals: readonly Refusal[]): Outcome {
  return { status: 'refused', notes: [], refusals: uniqueRefusals(refusals) };
}

/** Nothing is changed, because the text that was made is not Python. */
export function invalid(path: string, problem: string): Outcome {
  return refused([{ path, cell: null, line: 0, reason: `the result would not be valid Python: ${problem}` }]);
}

/** A program as refactorings take it. */
export interface AnalysedProgram {
  readonly path: string;
  readonly facts: ProgramFacts;
  readonly context: RuleContext;
  readonly findings: readonly Finding[];
}
