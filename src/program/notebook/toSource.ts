import type { CellKind } from '../program';
import type { ProgramSource } from '../source';
import { savedOutput } from './outputs';
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
      ...tagsOf(cell.metadata),
      ...(cell.outputs.length > 0
        ? { outputs: cell.outputs.map((span) => savedOutput(notebook.text, span)) }
        : {}),
    })),
  };
}

/** The tags that a cell's metadata list, for spreading into a cell. */
export function tagsOf(metadata: unknown): { readonly tags?: readonly string[] } {
  const listed = isRecord(metadata) ? metadata['tags'] : undefined;
  const tags = Array.isArray(listed) ? listed.filter((tag) => typeof tag === 'string') : [];
  return tags.length === 0 ? {} : { tags };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function kindOf(cell: NotebookCell): CellKind {
  if (cell.type !== 'code') return cell.type;
  const language = cell.languageId?.toLowerCase();
  return language === undefined || language === 'python' ? 'code' : 'foreign';
}
