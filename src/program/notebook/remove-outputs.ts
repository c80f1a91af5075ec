import type { OutputRemoval } from '../../text/change';
import { EditSet, type TextEdit } from '../../text/edit';
import { textOfOutput } from '../outputs';
import type { NotebookRefusal } from './cell-edits';
import { memberOf } from './json';
import { savedOutput } from './outputs';
import { parseNotebook } from './tree';

/**
 * A notebook's JSON text without some of its saved outputs. Only these objects go, with the comma and white space that
 * they leave over; every other byte stays. A list that becomes empty is `[]`, as every writer has it.
 *
 * @returns the new text, or why it cannot be: not a notebook, a format other than 4.
 * @throws {Error} if the outputs are not those that the removal was made for.
 */
export function removeOutputs(text: string, removals: readonly OutputRemoval[]): string | NotebookRefusal {
  if (removals.length === 0) return text;
  const tree = parseNotebook(text);
  if ('reason' in tree) return { reason: tree.reason };
  if (tree.readOnly !== undefined) return { reason: tree.readOnly };
  const edits: TextEdit[] = [];
  for (const { cell, count, removed } of removals) {
    const list = memberOf(tree.cells[cell]?.node, 'outputs');
    const items = list?.kind === 'array' ? list.items : [];
    const isSame = removed.every(({ index, text: before }) => {
      const item = items[index];
      return item && textOfOutput(savedOutput(text, item)) === before;
    });
    if (!list || items.length !== count || !isSame) {
      throw new Error(`the outputs of cell ${cell + 1} are not those that the change was made for`);
    }
    const gone = new Set(removed.map(({ index }) => index));
    if (gone.size === 0) continue;
    if (gone.size === items.length) {
      edits.push({ span: { start: list.start, end: list.end }, newText: '[]' });
      continue;
    }
    for (let i = 0; i < items.length; i++) {
      if (!gone.has(i)) continue;
      const first = i;
      while (gone.has(i + 1)) i++;
      const next = items[i + 1];
      // A run goes up to the item behind it, or from the end of the one in front of it.
      const start = next ? items[first]!.start : items[first - 1]!.end;
      edits.push({ span: { start, end: next ? next.start : items[i]!.end }, newText: '' });
    }
  }
  return new EditSet(edits).apply(text);
}
