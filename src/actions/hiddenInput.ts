import { addParameter, whyNoParameter } from '../refactorings/hidden-input';
import type { Action } from './offer';
import { findingsAt } from './place';

const RULE = 'hidden-input';

/** Makes the variable that a function reads a parameter of it, and hands it in at every call. */
export const hiddenInputAction: Action = {
  id: RULE,
  offer(analysis, place) {
    return findingsAt(analysis, place)
      .filter((finding) => finding.rule === RULE)
      .map((finding) => ({
        id: RULE,
        title: finding.fixes[0]?.title ?? 'Add a parameter',
        kind: 'keeps',
        codeActionKind: 'quickfix.graduate.hiddenInput',
        isPreferred: false,
        disabled: whyNoParameter(analysis, finding),
        findings: [finding],
        target: { type: 'finding', finding },
      }));
  },
  resolve(offer, analysis) {
    if (offer.target.type !== 'finding') throw new Error('a parameter is added at a finding');
    return Promise.resolve(addParameter(analysis, offer.target.finding));
  },
};
