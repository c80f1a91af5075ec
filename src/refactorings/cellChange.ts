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

/** The same for several cells of one program. */
export function changedCells(
  path: string,
  edits: ReadonlyMap<CodeCell, readonly TextEdit[]>,
): Outcome & { readonly status: 'done' } {
  const [first] = edits.keys();
  const change =
    first && first.cell.index !== null
      ? {
          kind: 'notebook' as const,
          path,
          cells: [...edits].map(([{ cell }, list]) => ({
            cell: cell.index ?? 0,
            before: cell.source,
            edits: new EditSet(list),
          })),
        }
      : {
          kind: 'text' as const,
          path,
          before: first?.cell.source ?? '',
          edits: new EditSet([...edits.values()].flat()),
        };
  return { status: 'done', change: { files: [change] }, notes: [], refusals: [] };
}
