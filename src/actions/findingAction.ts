import type { AnalysedProgram, Outcome } from '../refactorings/outcome';
import type { Finding } from '../rules/rule';
import type { Action } from './offer';
import { findingsAt } from './place';

/** A fix on purpose of one finding at a time, by what is particular to it. */
export interface FindingFix {
  /** The rule whose findings it mends; the action is called the same. */
  readonly rule: string;
  /** The leaf of the code action's kind: `quickfix.graduate.<leaf>`. */
  readonly leaf: string;
  /** What the light bulb shows; without it, what the finding says. */
  title?(program: AnalysedProgram, finding: Finding): string;
  /** Why it cannot be done; undefined: it can. Cheap. */
  whyNot(program: AnalysedProgram, finding: Finding): string | undefined;
  change(program: AnalysedProgram, finding: Finding): Outcome;
}

export function findingAction(fix: FindingFix): Action {
  const { rule } = fix;
  return {
    id: rule,
    offer(analysis, place) {
      return findingsAt(analysis, place)
        .filter((finding) => finding.rule === rule)
        .map((finding) => ({
          id: rule,
          title: fix.title?.(analysis, finding) ?? finding.fixes[0]?.title ?? rule,
          kind: 'changes',
          codeActionKind: `quickfix.graduate.${fix.leaf}`,
          isPreferred: false,
          disabled: fix.whyNot(analysis, finding),
          findings: [finding],
          target: { type: 'finding', finding },
        }));
    },
    resolve(offer, analysis) {
      if (offer.target.type !== 'finding') throw new Error(`${rule} is mended at a finding`);
      return Promise.resolve(fix.change(analysis, offer.target.finding));
    },
  };
}
