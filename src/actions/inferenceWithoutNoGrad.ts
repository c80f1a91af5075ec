import { runWithoutGradients, whyNotWithoutGradients } from '../refactorings/inference-without-no-grad';
import type { Action } from './offer';
import { findingsAt } from './place';

const RULE = 'inference-without-no-grad';

/** Puts a statement that only evaluates a module under `with torch.no_grad():`. */
export const inferenceWithoutNoGradAction: Action = {
  id: RULE,
  offer(analysis, place) {
    return findingsAt(analysis, place)
      .filter((finding) => finding.rule === RULE)
      .map((finding) => ({
        id: RULE,
        title: finding.fixes[0]?.title ?? 'Run without gradients',
        kind: 'changes',
        codeActionKind: 'quickfix.graduate.inferenceWithoutNoGrad',
        isPreferred: false,
        disabled: whyNotWithoutGradients(analysis, finding),
        findings: [finding],
        target: { type: 'finding', finding },
      }));
  },
  resolve(offer, analysis) {
    if (offer.target.type !== 'finding') throw new Error('gradients are switched off at a finding');
    return Promise.resolve(runWithoutGradients(analysis, offer.target.finding));
  },
};
