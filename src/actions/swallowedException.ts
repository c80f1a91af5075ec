import { logAndRaise, whyNotRaised } from '../refactorings/swallowed-exception';
import type { Action } from './offer';
import { findingsAt } from './place';

const RULE = 'swallowed-exception';

/** Logs a dropped exception and raises it again. */
export const swallowedExceptionAction: Action = {
  id: RULE,
  offer(analysis, place) {
    return findingsAt(analysis, place)
      .filter((finding) => finding.rule === RULE)
      .map((finding) => ({
        id: RULE,
        title: finding.fixes[0]?.title ?? 'Log and raise again',
        kind: 'changes',
        codeActionKind: 'quickfix.graduate.swallowedException',
        isPreferred: false,
        disabled: whyNotRaised(analysis, finding),
        findings: [finding],
        target: { type: 'finding', finding },
      }));
  },
  resolve(offer, analysis) {
    if (offer.target.type !== 'finding') throw new Error('swallowed-exception is mended at a finding');
    return Promise.resolve(logAndRaise(analysis, offer.target.finding));
  },
};
