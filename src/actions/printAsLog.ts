import { logPrint, whyNotLoggedPrint } from '../refactorings/print-as-log';
import type { Action } from './offer';
import { findingsAt } from './place';

const RULE = 'print-as-log';

/** Logs the text of a print instead. */
export const printAsLogAction: Action = {
  id: RULE,
  offer(analysis, place) {
    return findingsAt(analysis, place)
      .filter((finding) => finding.rule === RULE)
      .map((finding) => ({
        id: RULE,
        title: finding.fixes[0]?.title ?? 'Log the text',
        kind: 'changes',
        codeActionKind: 'quickfix.graduate.printAsLog',
        isPreferred: false,
        disabled: whyNotLoggedPrint(analysis, finding),
        findings: [finding],
        target: { type: 'finding', finding },
      }));
  },
  resolve(offer, analysis) {
    if (offer.target.type !== 'finding') throw new Error('print-as-log is mended at a finding');
    return Promise.resolve(logPrint(analysis, offer.target.finding));
  },
};
