import * as vscode from 'vscode';
import type { Change, FileChange, NotebookChange } from '../../text/change';
import type { EditSet } from '../../text/edit';
import { openDocument, statOf } from '../documents/files';
import { isCell, replacementFor } from './outputs';
import type { OpenPrograms } from '../documents/openPrograms';
import { rebase, withLineEnds } from './texts';

/** Edits of one open document. */
export interface DocumentEdit {
  readonly document: vscode.TextDocument;
  /** The notebook that the document is a cell of. */
  readonly notebook: vscode.NotebookDocument | undefined;
  readonly before: string;
  readonly edits: EditSet;
}

/** A cell that is put in the place of another one, which is how VS Code lets outputs be changed. */
export interface CellReplacement {
  readonly notebook: vscode.NotebookDocument;
  readonly index: number;
  readonly before: vscode.NotebookCellData;
  readonly after: vscode.NotebookCellData;
}

export interface CreatedFile {
  readonly uri: vscode.Uri;
  readonly content: string;
}

/** A change bound to the documents that it edits, as they are at this moment. */
export interface BoundChange {
  readonly created: readonly CreatedFile[];
  readonly edited: readonly DocumentEdit[];
  /** Cells that lose outputs; edits of their text are part of it. */
  readonly replaced: readonly CellReplacement[];
}

/** Why a change cannot be applied: a sentence for the user, without a full stop. */
export interface Obstacle {
  readonly obstacle: string;
}

/** Finds the documents of a change, opening those that are not open, and checks that all is as the change expects. */
export async function bindChange(change: Change, programs: OpenPrograms): Promise<BoundChange | Obstacle> {
  const created: CreatedFile[] = [];
  const edited: DocumentEdit[] = [];
  const replaced: CellReplacement[] = [];
  for (const file of change.files) {
    const uri = programs.uriOf(file.path);
    if (!uri) return { obstacle: `${file.path} is in no folder of this window` };
    const bound = await bindFile(file, uri);
    if ('obstacle' in bound) return bound;
    created.push(...bound.created);
    edited.push(...bound.edited);
    replaced.push(...bound.replaced);
  }
  return { created, edited, replaced };
}

/** Whether the documents still have the texts that a change was bound to. */
export function isStillBound({ edited, replaced }: BoundChange): boolean {
  return (
    edited.every(({ document, before }) => !document.isClosed && document.getText() === before) &&
    replaced.every(({ notebook, index, before }) => !notebook.isClosed && isCell(notebook, index, before))
  );
}

async function bindFile(file: FileChange, uri: vscode.Uri): Promise<BoundChange | Obstacle> {
  switch (file.kind) {
    case 'create':
      return bindCreated(uri, file.content);
    case 'text': {
      const document = openDocument(uri) ?? (await openText(uri));
      if (!document) return { obstacle: `${nameOf(uri)} cannot be opened` };
      return bindDocument(document, undefined, file.before, file.edits, nameOf(uri));
    }
    case 'notebook':
      return bindNotebook(uri, file);
  }
}

async function bindCreated(uri: vscode.Uri, content: string): Promise<BoundChange | Obstacle> {
  if (uri.scheme === 'untitled') {
    return { obstacle: 'a file has to be made beside this document, which has no folder yet: save it first' };
  }
  if (openDocument(uri) !== undefined || (await statOf(uri)) !== undefined) {
    return { obstacle: `${nameOf(uri)} is there already` };
  }
  return { created: [{ uri, content }], edited: [], replaced: [] };
}

async function bindNotebook(
  uri: vscode.Uri,
  { cells, outputs = [] }: NotebookChange,
): Promise<BoundChange | Obstacle> {
  const key = uri.toString();
  const notebook =
    vscode.workspace.notebookDocuments.find((candidate) => candidate.uri.toString() === key) ??
    (await openNotebook(uri));
  if (!notebook) return { obstacle: `${nameOf(uri)} cannot be opened` };
  const edited: DocumentEdit[] = [];
  for (const { cell, before, edits } of cells) {
    const name = `cell ${cell + 1} of ${nameOf(uri)}`;
    const document = cell < notebook.cellCount ? notebook.cellAt(cell).document : undefined;
    if (!document) return { obstacle: `${name} is not there any more` };
    const bound = bindDocument(document, notebook, before, edits, name);
    if ('obstacle' in bound) return bound;
    edited.push(...bound.edited);
  }
  const replaced: CellReplacement[] = [];
  for (const removal of outputs) {
    const replacement = replacementFor(notebook, removal, edited);
    if (!replacement) {
      return {
        obstacle: `the outputs of cell ${removal.cell + 1} of ${nameOf(uri)} have changed in the meantime`,
      };
    }
    replaced.push(replacement);
  }
  const isReplaced = ({ document }: DocumentEdit): boolean =>
    replaced.some(({ index }) => notebook.cellAt(index).document === document);
  return { created: [], edited: edited.filter((edit) => !isReplaced(edit)), replaced };
}

function bindDocument(
  document: vscode.TextDocument,
  notebook: vscode.NotebookDocument | undefined,
  before: string,
  edits: EditSet,
  name: string,
): BoundChange | Obstacle {
  const present = document.getText();
  const rebased = rebase(edits, before, present);
  if (!rebased) return { obstacle: `${name} has changed in the meantime` };
  const lineEnd = document.eol === vscode.EndOfLine.CRLF ? '\r\n' : '\n';
  const bound = { document, notebook, before: present, edits: withLineEnds(rebased, lineEnd) };
  return { created: [], edited: rebased.isEmpty ? [] : [bound], replaced: [] };
}

async function openText(uri: vscode.Uri): Promise<vscode.TextDocument | undefined> {
  try {
    return await vscode.workspace.openTextDocument(uri);
  } catch {
    return undefined;
  }
}

async function openNotebook(uri: vscode.Uri): Promise<vscode.NotebookDocument | undefined> {
  try {
    return await vscode.workspace.openNotebookDocument(uri);
  } catch {
    return undefined;
  }
}

/** How users know a file. */
export function nameOf(uri: vscode.Uri): string {
  return vscode.workspace.asRelativePath(uri);
}
