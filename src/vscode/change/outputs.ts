import * as vscode from 'vscode';
import { textOfOutput } from '../../program/outputs';
import type { OutputRemoval } from '../../text/change';
import { savedOutputs } from '../documents/outputs';
import type { CellReplacement, DocumentEdit } from './bind';

/**
 * A cell without some of its outputs. VS Code has no edit of outputs, only of whole cells; source, language, metadata
 * (the cell's id among it) and the other outputs are those of the old cell.
 *
 * @param edits Edits of cells in the same change; that of this cell's text becomes a part of it.
 * @returns Undefined if the outputs are not those that the removal was made for.
 */
export function replacementFor(
  notebook: vscode.NotebookDocument,
  { cell: index, count, removed }: OutputRemoval,
  edits: readonly DocumentEdit[],
): CellReplacement | undefined {
  const cell = index < notebook.cellCount ? notebook.cellAt(index) : undefined;
  if (cell?.outputs.length !== count) return undefined;
  const saved = savedOutputs(cell);
  const isSame = removed.every(({ index: at, text }) => saved[at] && textOfOutput(saved[at]) === text);
  if (!isSame) return undefined;
  const gone = new Set(removed.map(({ index: at }) => at));
  const before = dataOf(cell);
  const edit = edits.find(({ document }) => document === cell.document);
  const after = dataOf(cell);
  after.value = edit ? edit.edits.apply(before.value) : before.value;
  after.outputs = cell.outputs.filter((_, at) => !gone.has(at));
  return { notebook, index, before, after };
}

/** Whether the cell at an index is this one, as far as its text and outputs show. */
export function isCell(
  notebook: vscode.NotebookDocument,
  index: number,
  { value, outputs = [] }: vscode.NotebookCellData,
): boolean {
  const cell = index < notebook.cellCount ? notebook.cellAt(index) : undefined;
  if (!cell || cell.document.getText() !== value || cell.outputs.length !== outputs.length) return false;
  return cell.outputs.every((output, i) => sizeOf(output) === sizeOf(outputs[i]!));
}

/** Puts cells in the place of those that are at their indexes. */
export function setCells(
  edit: vscode.WorkspaceEdit,
  replaced: readonly Pick<CellReplacement, 'notebook' | 'index' | 'after'>[],
): void {
  for (const notebook of new Set(replaced.map((each) => each.notebook))) {
    const own = replaced.filter((each) => each.notebook === notebook);
    edit.set(
      notebook.uri,
      own.map(({ index, after }) =>
        vscode.NotebookEdit.replaceCells(new vscode.NotebookRange(index, index + 1), [after]),
      ),
    );
  }
}

function dataOf({
  kind,
  document,
  outputs,
  metadata,
  executionSummary,
}: vscode.NotebookCell): vscode.NotebookCellData {
  const data = new vscode.NotebookCellData(kind, document.getText(), document.languageId);
  data.outputs = [...outputs];
  data.metadata = metadata;
  if (executionSummary) data.executionSummary = executionSummary;
  return data;
}

/** Bytes of an output: VS Code makes its objects anew when a cell is replaced. */
function sizeOf({ items }: vscode.NotebookCellOutput): number {
  return items.reduce((sum, { data }) => sum + data.byteLength, 0);
}
