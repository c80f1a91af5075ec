import { addMain } from '../refactorings/add-main';
import type { Action } from './offer';
import { problemOf } from './validity';

const ID = 'add-main';

/** "Add main function": what a script runs goes into a function that its guard calls. */
export const addMainAction: Action = {
  id: ID,
  offer({ facts }) {
    const runs = facts.units.some(({ unit: { statement, text } }) => {
      if (statement.kind === 'Expr') return statement.value.kind !== 'Str';
      return ['For', 'While', 'With'].includes(statement.kind) && text !== '';
    });
    if (facts.program.kind !== 'script' || !facts.isComplete || !runs) return [];
    return [
      {
        id: ID,
        title: 'Add main function',
        kind: 'refactor',
        codeActionKind: 'refactor.rewrite.graduate.addMain',
        isPreferred: false,
        disabled: undefined,
        findings: [],
        target: { type: 'program' },
      },
    ];
  },
  resolve(_offer, analysis, context) {
    return Promise.resolve(addMain(analysis, (text) => problemOf(text, analysis, context)));
  },
};
