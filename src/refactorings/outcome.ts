import type { Change } from '../text/change';
import type { Note, Refusal } from '../text/refusal';
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

/** A program as refactorings take it. */
export interface AnalysedProgram {
  readonly path: string;
  readonly facts: ProgramFacts;
  readonly context: RuleContext;
  readonly findings: readonly Finding[];
}
