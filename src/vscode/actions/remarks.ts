import * as vscode from 'vscode';
import type { OpenProgram } from '../documents/snapshot';
import { showPlace } from '../showPlace';

/** Something said about a place: why it was left alone, or what to know about a change. */
export interface Remark {
  readonly text: string;
  readonly uri: vscode.Uri | undefined;
  /** The program there, if it is open. */
  readonly program: OpenProgram | undefined;
  /** Zero-based; null in a script. */
  readonly cell: number | null;
  /** Zero-based in the cell or file. */
  readonly line: number;
}

/** Lists remarks; the chosen one's place is shown. A single one's place is shown at once. */
export async function showRemarks(remarks: readonly Remark[]): Promise<void> {
  const items = remarks.map((remark) => ({ label: remark.text, description: placeName(remark), remark }));
  const chosen = items.length === 1 ? items[0] : await vscode.window.showQuickPick(items);
  if (!chosen?.remark.uri) return;
  const { program, cell, line, uri } = chosen.remark;
  const document =
    program?.kind === 'notebook' && cell !== null && cell < program.notebook.cellCount
      ? program.notebook.cellAt(cell).document.uri
      : uri;
  await showPlace(document, new vscode.Range(line, 0, line, 0));
}

function placeName({ uri, cell, line }: Remark): string {
  const file = uri ? vscode.workspace.asRelativePath(uri) : '';
  return cell === null ? `${file}, line ${line + 1}` : `${file}, cell ${cell + 1}, line ${line + 1}`;
}
