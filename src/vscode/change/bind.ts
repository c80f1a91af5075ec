import * as vscode from 'vscode';
import type { CellChange, Change, FileChange } from '../../text/change';
import type { EditSet } from '../../text/edit';
import { openDocument, statOf } from '../documents/files';
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

export interface CreatedFile {
  readonly uri: vscode.Uri;
  readonly content: string;
}

/** A change bound to the documents that it edits, as they are at this moment. */
export interface BoundChange {
  readonly created: readonly CreatedFile[];
  readonly edited: readonly DocumentEdit[];
}

/** Why a change cannot be applied: a sentence for the user, without a full stop. */
export interface Obstacle {
  readonly obstacle: string;
}

/** Finds the documents of a change, opening those that are not open, and checks that all is as the change expects. */
export async function bindChange(change: Change, programs: OpenPrograms): Promise<BoundChange | Obstacle> {
  const created: CreatedFile[] = [];
  const edited: DocumentEdit[] = [];
  for (const file of change.files) {
    const uri = programs.uriOf(file.path);
    if (!uri) return { obstacle: `${file.path} is in no folder of this window` };
    const bound = await bindFile(file, uri);
    if ('obstacle' in bound) return bound;
    created.push(...bound.created);
    edited.push(...bound.edited);
  }
  return { created, edited };
}

/** Whether the documents still have the texts that a change was bound to. */
export function isStillBound({ edited }: BoundChange): boolean {
  return edited.every(({ document, before }) => !document.isClosed && document.getText() === before);
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
      return bindNotebook(uri, file.cells);
  }
}

async function bindCreated(uri: vscode.Uri, content: string): Promise<BoundChange | Obstacle> {
  if (uri.scheme === 'untitled') {
    return { obstacle: 'a file has to be made beside this document, which has no folder yet: save it first' };
  }
  if (openDocument(uri) !== undefined || (await statOf(uri)) !== undefined) {
    return { obstacle: `${nameOf(uri)} is there already` };
  }
  return { created: [{ uri, content }], edited: [] };
}

async function bindNotebook(uri: vscode.Uri, cells: readonly CellChange[]): Promise<BoundChange | Obstacle> {
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
  return { created: [], edited };
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
  return { created: [], edited: rebased.isEmpty ? [] : [bound] };
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
