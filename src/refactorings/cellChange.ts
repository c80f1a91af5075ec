import type { CodeCell } from '../semantics/facts';
import { EditSet, type TextEdit } from '../text/edit';
import type { Outcome } from './outcome';

/** A change of one cell, or of a script, by edits whose offsets count in its source. */
export function editedCell(path: string, { cell }: CodeCell, edits: readonly TextEdit[]): Outcome {
  const set = new EditSet(edits);
  const before = cell.source;
  const change =
    cell.index === null
      ? { kind: 'text' as const, path, before, edits: set }
      : { kind: 'notebook' as const, path, cells: [{ cell: cell.index, before, edits: set }] };
  return { status: 'done', change: { files: [change] }, notes: [], refusals: [] };
}
