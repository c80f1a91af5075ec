import { makeLoadSafe, whyNotSafe } from '../refactorings/unsafe-model-load';
import type { Action } from './offer';
import { findingsAt } from './place';

const RULE = 'unsafe-model-load';

/** Makes a load refuse code; greyed, with the conversion that the file needs, where there is no safe form. */
export const unsafeModelLoadAction: Action = {
  id: RULE,
  offer(analysis, place) {
    return findingsAt(analysis, place)
      .filter((finding) => finding.rule === RULE)
      .map((finding) => ({
        id: RULE,
        title: finding.fixes[0]?.title ?? 'Load without running code',
        kind: 'changes',
        codeActionKind: 'quickfix.graduate.unsafeModelLoad',
        isPreferred: false,
        disabled: whyNotSafe(analysis, finding),
        findings: [finding],
        target: { type: 'finding', finding },
      }));
  },
  resolve(offer, analysis) {
    if (offer.target.type !== 'finding') throw new Error('a load is made safe at a finding');
    return Promise.resolve(makeLoadSafe(analysis, offer.target.finding));
  },
};
