import { nameInDependencyFile, whyNotNamed } from '../refactorings/install-in-notebook';
import { INSTALL_IN_NOTEBOOK } from '../rules/notebook/installInNotebook';
import type { Action } from './offer';
import { findingsAt } from './place';

/** Names what a line installs in the dependency file, and removes the line. */
export const installInNotebookAction: Action = {
  id: INSTALL_IN_NOTEBOOK,
  offer(analysis, place) {
    return findingsAt(analysis, place)
      .filter((finding) => finding.rule === INSTALL_IN_NOTEBOOK)
      .map((finding) => ({
        id: INSTALL_IN_NOTEBOOK,
        title: finding.fixes[0]?.title ?? 'Name the packages in the dependency file and remove this line',
        kind: 'changes',
        codeActionKind: 'quickfix.graduate.installInNotebook',
        isPreferred: false,
        disabled: whyNotNamed(finding),
        findings: [finding],
        target: { type: 'finding', finding },
      }));
  },
  resolve(offer, analysis, { workspace }) {
    if (offer.target.type !== 'finding') throw new Error('an installation is moved at a finding');
    return nameInDependencyFile(analysis, offer.target.finding, workspace);
  },
};
