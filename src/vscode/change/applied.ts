import * as vscode from 'vscode';
import type { EditSet } from '../../text/edit';
import { openDocument, readFile } from '../documents/files';
import { type BoundChange, type CellReplacement, type CreatedFile, nameOf } from './bind';
import { isCell, setCells } from './outputs';

/** A change that was applied, with all that taking it back needs. */
export interface AppliedChange {
  readonly title: string;
  readonly created: readonly CreatedFile[];
  readonly edited: readonly AppliedEdit[];
  readonly replaced: readonly CellReplacement[];
}

interface AppliedEdit {
  /** Of the script or the cell; a cell keeps its URI as long as its notebook is open. */
  readonly uri: vscode.Uri;
  readonly notebook: vscode.Uri | undefined;
  /** How users know it. */
  readonly name: string;
  readonly before: string;
  readonly after: string;
  readonly inverse: EditSet;
}

/** What taking back has to do. */
export type UndoPlan =
  | { readonly kind: 'ready'; readonly edit: vscode.WorkspaceEdit }
  /** All is as it was before: somebody else has undone it. */
  | { readonly kind: 'undone' }
  /** Not possible without losing what was done since; a sentence without a full stop. */
  | { readonly kind: 'blocked'; readonly reason: string };

export function appliedChange({ created, edited, replaced }: BoundChange, title: string): AppliedChange {
  return {
    title,
    created,
    replaced,
    edited: edited.map(({ document, notebook, before, edits }) => ({
      uri: document.uri,
      notebook: notebook?.uri,
      name: notebook ? cellName(notebook, document) : nameOf(document.uri),
      before,
      after: edits.apply(before),
      inverse: edits.inverse(before),
    })),
  };
}

/** The places of a change: the files that it edits or makes, a notebook once. */
export function filesOf({ created, edited, replaced }: BoundChange | AppliedChange): readonly vscode.Uri[] {
  const uris = new Map<string, vscode.Uri>();
  for (const edit of edited) {
    const notebook = edit.notebook && 'uri' in edit.notebook ? edit.notebook.uri : edit.notebook;
    const uri = notebook ?? ('document' in edit ? edit.document.uri : edit.uri);
    uris.set(uri.toString(), uri);
  }
  for (const { notebook } of replaced) uris.set(notebook.uri.toString(), notebook.uri);
  for (const { uri } of created) uris.set(uri.toString(), uri);
  return [...uris.values()];
}

/** So many new files are named one by one. */
const NAMED_FILES = 3;

/** What a change does or has done, in the words of the caller: `change 2 files, create a.py`. */
export function effectOf(change: BoundChange | AppliedChange, words: readonly [string, string]): string {
  const made = change.created.map(({ uri }) => nameOf(uri));
  const edited = filesOf(change).length - made.length;
  const [changing, creating] = words;
  return [
    ...(edited > 0 ? [`${changing} ${edited} ${edited === 1 ? 'file' : 'files'}`] : []),
    ...(made.length > NAMED_FILES ? [`${creating} ${made.length} files`] : []),
    ...(made.length > 0 && made.length <= NAMED_FILES ? [`${creating} ${made.join(', ')}`] : []),
  ].join(', ');
}

/** Whether the documents have the texts that the change gave them. */
export function isInPlace({ edited, replaced }: AppliedChange): boolean {
  return (
    edited.every((edit) => documentOf(edit)?.getText() === edit.after) &&
    replaced.every(({ notebook, index, after }) => isCell(notebook, index, after))
  );
}

/** How to take a change back, as things are now. */
export async function planUndo({ created, edited, replaced }: AppliedChange): Promise<UndoPlan> {
  const workspaceEdit = new vscode.WorkspaceEdit();
  let steps = 0;
  for (const edit of edited) {
    const document = documentOf(edit) ?? (await reopen(edit));
    if (!document) return { kind: 'blocked', reason: `${edit.name} is not there any more` };
    const present = document.getText();
    if (present === edit.before) continue;
    if (present !== edit.after) return { kind: 'blocked', reason: `${edit.name} has been edited since` };
    for (const { span, newText } of edit.inverse.edits) {
      const range = new vscode.Range(document.positionAt(span.start), document.positionAt(span.end));
      workspaceEdit.replace(document.uri, range, newText);
    }
    steps++;
  }
  const back: CellReplacement[] = [];
  for (const replacement of replaced) {
    const { notebook, index, before, after } = replacement;
    if (isCell(notebook, index, before)) continue;
    const name = `cell ${index + 1} of ${nameOf(notebook.uri)}`;
    // A closed notebook's outputs may have been saved without what was taken out; nothing tells what it is now.
    if (notebook.isClosed) return { kind: 'blocked', reason: `${nameOf(notebook.uri)} was closed since` };
    if (!isCell(notebook, index, after)) return { kind: 'blocked', reason: `${name} has changed since` };
    back.push({ ...replacement, before: after, after: before });
  }
  setCells(workspaceEdit, back);
  steps += back.length;
  for (const { uri, content } of created) {
    const present = openDocument(uri)?.getText() ?? (await readFile(uri));
    if (present === undefined) continue;
    if (present !== content) return { kind: 'blocked', reason: `${nameOf(uri)} has been edited since` };
    workspaceEdit.deleteFile(uri, { ignoreIfNotExists: true });
    steps++;
  }
  return steps === 0 ? { kind: 'undone' } : { kind: 'ready', edit: workspaceEdit };
}

function documentOf({ uri }: AppliedEdit): vscode.TextDocument | undefined {
  return openDocument(uri);
}

/** Opens a script again that was closed since. A closed notebook's cells come back as other documents: found by text. */
async function reopen(edit: AppliedEdit): Promise<vscode.TextDocument | undefined> {
  try {
    if (!edit.notebook) return await vscode.workspace.openTextDocument(edit.uri);
    const notebook = await vscode.workspace.openNotebookDocument(edit.notebook);
    const documents = notebook.getCells().map((cell) => cell.document);
    const same = documents.filter((document) => [edit.after, edit.before].includes(document.getText()));
    return same.length === 1 ? same[0] : undefined;
  } catch {
    return undefined;
  }
}

function cellName(notebook: vscode.NotebookDocument, document: vscode.TextDocument): string {
  const cell = notebook.getCells().find((candidate) => candidate.document === document);
  return `cell ${(cell?.index ?? 0) + 1} of ${nameOf(notebook.uri)}`;
}
