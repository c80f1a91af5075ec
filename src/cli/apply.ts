import { readNotebook } from '../program/notebook/read';
import { applyCellEdits } from '../program/notebook/cell-edits';
import { removeOutputs } from '../program/notebook/remove-outputs';
import type { FileChange, NotebookChange, TextFileChange } from '../text/change';
import { encode, type TextEncoding } from '../text/encoding';
import type { Refusal } from '../text/refusal';

/** What a file is before a change: its text, and how it is written. */
export interface CurrentFile {
  readonly text: string;
  readonly encoding: TextEncoding;
}

/** What a changed file will be. */
export interface EditedFile {
  readonly path: string;
  readonly text: string;
  readonly encoding: TextEncoding;
}

const NEW_FILE: Pick<TextEncoding, 'encoding' | 'bom'> = { encoding: 'utf-8', bom: false };

/**
 * Computes one file of a change, without touching the disk.
 *
 * @param current The file as it is; undefined if there is none.
 * @returns The new content, or why this file cannot hold it.
 * @throws {Error} if the change was computed on another text than the current one.
 */
export function editedFile(
  change: FileChange,
  current: CurrentFile | undefined,
  kind: TextEncoding['kind'],
): EditedFile | Refusal {
  const { path } = change;
  const text = newText(change, current);
  if (typeof text !== 'string') return text;
  const encoding = current?.encoding ?? { kind, ...NEW_FILE };
  const bytes = encode(text, encoding);
  if ('reason' in bytes) return { path, cell: null, line: bytes.line ?? 0, reason: bytes.reason };
  return { path, text, encoding };
}

function newText(change: FileChange, current: CurrentFile | undefined): string | Refusal {
  if (change.kind === 'create') {
    if (current) throw new Error(`${change.path} is there already`);
    return change.content;
  }
  if (!current) throw new Error(`${change.path} is not there any more`);
  return change.kind === 'text' ? editedText(change, current.text) : editedNotebook(change, current.text);
}

function editedText(change: TextFileChange, text: string): string {
  if (text !== change.before) throw new Error(`${change.path} is not the text that the change was made for`);
  return change.edits.apply(text);
}

function editedNotebook(change: NotebookChange, text: string): string | Refusal {
  const { path } = change;
  const notebook = readNotebook(text);
  if ('reason' in notebook) return { path, cell: null, line: notebook.line, reason: notebook.reason };
  for (const { cell, before } of change.cells) {
    if (notebook.cells[cell]?.source !== before) {
      throw new Error(`${path}, cell ${cell + 1} is not the text that the change was made for`);
    }
  }
  const cells = change.cells.map(({ cell, before, edits }) => ({ cell, newSource: edits.apply(before) }));
  const without = removeOutputs(text, change.outputs ?? []);
  const edited = typeof without === 'string' ? applyCellEdits(without, cells) : without;
  if (typeof edited === 'string') return edited;
  const first = change.cells[0] ?? change.outputs?.[0];
  return { path, cell: first?.cell ?? null, line: 0, reason: edited.reason };
}
