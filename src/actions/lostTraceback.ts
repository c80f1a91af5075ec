import { logTraceback, whyNotWithTraceback } from '../refactorings/lost-traceback';
import type { Action } from './offer';
import { findingsAt } from './place';

const RULE = 'lost-traceback';

/** Logs the traceback of an exception, too. */
export const lostTracebackAction: Action = {
  id: RULE,
  offer(analysis, place) {
    return findingsAt(analysis, place)
      .filter((finding) => finding.rule === RULE)
      .map((finding) => ({
        id: RULE,
        title: finding.fixes[0]?.title ?? 'Log the traceback, too',
        kind: 'changes',
        codeActionKind: 'quickfix.graduate.lostTraceback',
        isPreferred: false,
        disabled: whyNotWithTraceback(analysis, finding),
        findings: [finding],
        target: { type: 'finding', finding },
      }));
  },
  resolve(offer, analysis) {
    if (offer.target.type !== 'finding') throw new Error('lost-traceback is mended at a finding');
    return Promise.resolve(logTraceback(analysis, offer.target.finding));
  },
};
