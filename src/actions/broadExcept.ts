import { narrowHandler, narrowedTo } from '../refactorings/broad-except';
import type { Action } from './offer';
import { findingsAt } from './place';

const RULE = 'broad-except';

/** Catches what the calls in the block are known to raise, and nothing else. */
export const broadExceptAction: Action = {
  id: RULE,
  offer(analysis, place) {
    return findingsAt(analysis, place)
      .filter((finding) => finding.rule === RULE)
      .map((finding) => {
        const narrowed = narrowedTo(analysis, finding);
        return {
          id: RULE,
          title:
            'classes' in narrowed
              ? `Catch only ${listed(narrowed.classes)} (other errors go on to the caller)`
              : (finding.fixes[0]?.title ?? 'Catch less'),
          kind: 'changes',
          codeActionKind: 'quickfix.graduate.broadExcept',
          isPreferred: false,
          disabled: 'reason' in narrowed ? narrowed.reason : undefined,
          findings: [finding],
          target: { type: 'finding', finding },
        };
      });
  },
  resolve(offer, analysis) {
    if (offer.target.type !== 'finding') throw new Error('a handler is narrowed at a finding');
    return Promise.resolve(narrowHandler(analysis, offer.target.finding));
  },
};

function listed(names: readonly string[]): string {
  const last = names.at(-1) ?? '';
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} and ${last}`;
}
