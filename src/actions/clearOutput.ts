import { clearSecretOutputs } from '../refactorings/clearOutput';
import { CLEAR_OUTPUT } from '../rules/configuration/credentialInOutput';
import type { Action } from './offer';
import { findingsAt } from './place';

/** Clears the saved outputs of a cell that hold a secret. */
export const clearOutputAction: Action = {
  id: CLEAR_OUTPUT,
  offer(analysis, place) {
    return findingsAt(analysis, place)
      .filter((finding) => finding.rule === 'credential-in-output')
      .map((finding) => ({
        id: CLEAR_OUTPUT,
        title: finding.fixes[0]?.title ?? 'Clear the saved output',
        kind: 'keeps',
        codeActionKind: 'quickfix.graduate.clearOutput',
        isPreferred: true,
        disabled: undefined,
        findings: [finding],
        target: { type: 'finding', finding },
      }));
  },
  resolve(offer, analysis) {
    if (offer.target.type !== 'finding') throw new Error('an output is cleared at a finding');
    return Promise.resolve(clearSecretOutputs(analysis, offer.target.finding));
  },
};
