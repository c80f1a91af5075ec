import { removeSuppression } from '../refactorings/remove-suppression';
import type { Action } from './offer';
import { findingsAt } from './place';

/** Removes a suppression that hides nothing. */
export const removeSuppressionAction: Action = {
  id: 'remove-suppression',
  offer(analysis, place) {
    return findingsAt(analysis, place)
      .filter((finding) => finding.rule === 'unused-suppression')
      .map((finding) => ({
        id: 'remove-suppression',
        title: 'Remove the suppression',
        kind: 'keeps',
        codeActionKind: 'quickfix.graduate.removeSuppression',
        isPreferred: true,
        disabled: undefined,
        findings: [finding],
        target: { type: 'finding', finding },
      }));
  },
  resolve(offer, analysis) {
    if (offer.target.type !== 'finding') throw new Error('a suppression is removed at a finding');
    return Promise.resolve(removeSuppression(analysis, offer.target.finding));
  },
};
