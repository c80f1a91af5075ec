import type { CellKind } from '../program';
import type { ProgramSource } from '../source';
import type { NotebookCell, NotebookFile } from './read';

/** A notebook file as the engine takes it. */
export function notebookSource(path: string, notebook: NotebookFile): ProgramSource {
  return {
    path,
    kind: 'notebook',
    isPython: notebook.language === 'python',
    cells: notebook.cells.map((cell) => ({
      index: cell.index,
      kind: kindOf(cell),
      source: cell.source,
      executionCount: cell.executionCount,
    })),
  };
}

function kindOf(cell: NotebookCell): CellKind {
  if (cell.type !== 'code') return cell.type;
  const language = cell.languageId?.toLowerCase();
  return language === undefined || language === 'python' ? 'code' : 'foreign';
}
