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
  /** The edit that would lift it, shown before it is made. */
  readonly lift?: { readonly title: string; run(): unknown } | undefined;
}

/** Lists remarks; the chosen one's place is shown, or what would lift it. A single one's place is shown at once. */
export async function showRemarks(remarks: readonly Remark[]): Promise<void> {
  const chosen = remarks.length === 1 ? remarks[0] : await chosenFrom(remarks);
  if (!chosen?.uri) return;
  const { program, cell, line, uri } = chosen;
  const document =
    program?.kind === 'notebook' && cell !== null && cell < program.notebook.cellCount
      ? program.notebook.cellAt(cell).document.uri
      : uri;
  await showPlace(document, new vscode.Range(line, 0, line, 0));
}

interface RemarkItem extends vscode.QuickPickItem {
  readonly remark: Remark;
}

/** @returns The remark whose place is wanted; undefined where none is, or an edit is. */
function chosenFrom(remarks: readonly Remark[]): Promise<Remark | undefined> {
  const list = vscode.window.createQuickPick<RemarkItem>();
  list.items = remarks.map((remark) => ({
    label: remark.text,
    description: placeName(remark),
    remark,
    buttons: remark.lift
      ? [{ iconPath: new vscode.ThemeIcon('lightbulb'), tooltip: `${remark.lift.title} (preview)` }]
      : [],
  }));
  list.placeholder = 'Why not: choose one to see its place';
  return new Promise((resolve) => {
    list.onDidTriggerItemButton(({ item }) => {
      list.hide();
      void item.remark.lift?.run();
    });
    list.onDidAccept(() => {
      resolve(list.selectedItems[0]?.remark);
      list.hide();
    });
    list.onDidHide(() => {
      resolve(undefined);
      list.dispose();
    });
    list.show();
  });
}

function placeName({ uri, cell, line }: Remark): string {
  const file = uri ? vscode.workspace.asRelativePath(uri) : '';
  return cell === null ? `${file}, line ${line + 1}` : `${file}, cell ${cell + 1}, line ${line + 1}`;
}
