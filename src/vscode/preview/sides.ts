import * as vscode from 'vscode';
import { EditSet } from '../../text/edit';
import type { BoundChange, CellReplacement, DocumentEdit } from '../change/bind';
import { notebookText } from './notebookText';

/** One file of a change, before and after. */
export interface FileSides {
  readonly uri: vscode.Uri;
  /** The name of the virtual documents, so that they get the right colours. */
  readonly name: string;
  /** Undefined: the file is new. */
  readonly before: string | undefined;
  readonly after: string;
}

/** What each file of a change looks like before and after; notebooks as `# %%` Python. */
export function sidesOf({ edited, created, replaced }: BoundChange): readonly FileSides[] {
  const byNotebook = new Map<vscode.NotebookDocument, DocumentEdit[]>();
  const sides: FileSides[] = [];
  for (const edit of edited) {
    const { document, notebook, before, edits } = edit;
    if (!notebook) {
      sides.push({ uri: document.uri, name: baseName(document.uri), before, after: edits.apply(before) });
      continue;
    }
    const same = byNotebook.get(notebook);
    if (same) same.push(edit);
    else byNotebook.set(notebook, [edit]);
  }
  for (const { notebook } of replaced) if (!byNotebook.has(notebook)) byNotebook.set(notebook, []);
  for (const [notebook, edits] of byNotebook) {
    const own = replaced.filter((each) => each.notebook === notebook);
    sides.push(notebookSides(notebook, edits, own));
  }
  for (const { uri, content } of created) {
    const isNotebook = uri.path.endsWith('.ipynb');
    const name = isNotebook ? `${baseName(uri)}.py` : baseName(uri);
    sides.push({ uri, name, before: undefined, after: isNotebook ? madeNotebook(content) : content });
  }
  return sides;
}

/** A notebook that is made, whose JSON is ours. */
function madeNotebook(content: string): string {
  const { cells } = JSON.parse(content) as {
    readonly cells: readonly { readonly cell_type: string; readonly source: readonly string[] }[];
  };
  return notebookText(
    cells.map(({ cell_type: type, source }) => ({
      isMarkdown: type === 'markdown',
      languageId: 'python',
      source: source.join(''),
    })),
  );
}

function notebookSides(
  notebook: vscode.NotebookDocument,
  edits: readonly DocumentEdit[],
  replaced: readonly CellReplacement[],
): FileSides {
  const none = new EditSet([]);
  const text = (isAfter: boolean): string =>
    notebookText(
      notebook.getCells().map(({ kind, document, index }) => {
        const edit = edits.find((candidate) => candidate.document === document);
        const replacement = replaced.find((candidate) => candidate.index === index);
        const data = isAfter ? replacement?.after : replacement?.before;
        return {
          isMarkdown: kind === vscode.NotebookCellKind.Markup,
          languageId: document.languageId,
          source: data?.value ?? ((isAfter && edit?.edits) || none).apply(document.getText()),
          outputs: data?.outputs?.length,
        };
      }),
    );
  return {
    uri: notebook.uri,
    name: `${baseName(notebook.uri)}.py`,
    before: text(false),
    after: text(true),
  };
}

function baseName(uri: vscode.Uri): string {
  return uri.path.slice(uri.path.lastIndexOf('/') + 1);
}
