import { extractFunction } from '../refactorings/extract-function';
import { type Selected, selectionOf } from '../refactorings/extract-function/selection';
import type { Analysis } from './engine';
import type { Action, Place } from './offer';

const ID = 'extract-function';

/** "Extract function": selected statements become a function, and a call of it. */
export const extractFunctionAction: Action = {
  id: ID,
  offer(analysis, place) {
    const selected = selectedAt(analysis, place);
    if (!selected || typeof selectionOf(analysis.facts, selected) === 'string') return [];
    return [
      {
        id: ID,
        title: 'Extract function',
        kind: 'refactor',
        codeActionKind: 'refactor.extract.graduate.extractFunction',
        isPreferred: false,
        disabled: undefined,
        findings: [],
        target: { type: 'selection', selected },
      },
    ];
  },
  resolve(offer, analysis) {
    if (offer.target.type !== 'selection') throw new Error('a function is made of a selection');
    return Promise.resolve(extractFunction(analysis, offer.target.selected));
  },
};

/** The lines that a place covers; a last line of which nothing is selected does not count. */
function selectedAt({ facts }: Analysis, { cell, start, end }: Place): Selected | undefined {
  const code = facts.cells.find((each) => each.cell.index === cell);
  if (!code || !facts.isComplete || end <= start) return undefined;
  if (code.cell.source.slice(start, end).trim() === '') return undefined;
  const [first, last] = [code.lines.positionAt(start), code.lines.positionAt(end)];
  const isOpen = last.character === 0 && last.line > first.line;
  return { type: 'lines', cell, first: first.line, last: isOpen ? last.line - 1 : last.line };
}
