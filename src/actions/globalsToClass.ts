import { globalsToClass } from '../refactorings/globals-to-class';
import type { Action } from './offer';
import { problemOf } from './validity';

const ID = 'globals-to-class';
/** The rules about what it mends. */
const RULES = ['global-statement', 'mutable-global'];

/** "Turn globals into a class": variables that functions change become attributes, those functions methods. */
export const globalsToClassAction: Action = {
  id: ID,
  offer({ facts, findings }, place) {
    const own = findings.filter(({ rule }) => RULES.includes(rule));
    if (own.length === 0 || !facts.isComplete) return [];
    const here = own.filter(
      ({ cell, span }) =>
        cell.cell.index === place.cell && span.start <= place.end && place.start <= span.end,
    );
    return [
      {
        id: ID,
        title: 'Turn globals into a class',
        kind: 'refactor',
        codeActionKind: 'refactor.rewrite.graduate.globalsToClass',
        isPreferred: false,
        disabled: undefined,
        findings: here,
        target: { type: 'program' },
      },
    ];
  },
  resolve(_offer, analysis, context) {
    return globalsToClass(analysis, {
      check: (text) => problemOf(text, analysis, context),
      exists: (path) => context.workspace.exists(path),
      root: context.workspace.root,
    });
  },
};
