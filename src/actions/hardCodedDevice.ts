import { moveToConfig } from '../refactorings/paths-to-config';
import { whyNotFromConfig } from '../refactorings/paths-to-config/deviceLiterals';
import { folderOf } from '../text/workspace';
import type { Action } from './offer';
import { findingsAt } from './place';

const RULE = 'hard-coded-device';

/** Reads a fixed device from the configuration, and takes the CPU where there is no GPU. */
export const hardCodedDeviceAction: Action = {
  id: RULE,
  offer(analysis, place) {
    return findingsAt(analysis, place)
      .filter((finding) => finding.rule === RULE)
      .map((finding) => ({
        id: RULE,
        title: finding.fixes[0]?.title ?? 'Device from config',
        kind: 'changes',
        codeActionKind: 'quickfix.graduate.hardCodedDevice',
        isPreferred: false,
        disabled: whyNotFromConfig(analysis, finding),
        findings: [finding],
        target: { type: 'finding', finding },
      }));
  },
  async resolve(offer, analysis, context) {
    if (offer.target.type !== 'finding') throw new Error('a device is configured at a finding');
    const folder = folderOf(analysis.path);
    return moveToConfig({
      programs: [analysis],
      folder,
      fileName: await context.configFileIn?.(folder),
      only: offer.target.finding,
      workspace: context.workspace,
    });
  },
};
