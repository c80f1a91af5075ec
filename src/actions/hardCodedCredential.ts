import {
  readFromEnvironment,
  sameSecret,
  whyNotFromEnvironment,
} from '../refactorings/hard-coded-credential';
import type { Action } from './offer';
import { findingsAt } from './place';

const RULE = 'hard-coded-credential';

/** Reads a secret from the environment. */
export const hardCodedCredentialAction: Action = {
  id: RULE,
  offer(analysis, place) {
    return findingsAt(analysis, place)
      .filter((finding) => finding.rule === RULE)
      .map((finding) => ({
        id: RULE,
        title: finding.fixes[0]?.title ?? 'Read from the environment',
        kind: 'changes',
        codeActionKind: 'quickfix.graduate.hardCodedCredential',
        isPreferred: false,
        disabled: whyNotFromEnvironment(analysis, finding),
        findings: sameSecret(analysis, finding),
        target: { type: 'finding', finding },
      }));
  },
  resolve(offer, analysis) {
    if (offer.target.type !== 'finding')
      throw new Error('a secret is read from the environment at a finding');
    return Promise.resolve(readFromEnvironment(analysis, offer.target.finding));
  },
};
