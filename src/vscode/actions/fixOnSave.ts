import * as vscode from 'vscode';
import type { OpenPrograms } from '../documents/openPrograms';
import type { FixAll } from './fixAll';

/**
 * Fixes a notebook on save where VS Code does not: it asks for `notebook.codeActionsOnSave` at the first cell, which it
 * cannot open if that holds text. The setting is the same.
 */
export class FixOnSave implements vscode.Disposable {
  readonly #subscriptions: vscode.Disposable[];

  constructor(
    private readonly programs: OpenPrograms,
    private readonly fixAll: FixAll,
  ) {
    /** What is told when a save is done, so that the change can be taken back. */
    const commands = new WeakMap<vscode.NotebookDocument, vscode.Command>();
    this.#subscriptions = [
      vscode.workspace.onWillSaveNotebookDocument((event) => {
        if (!this.#isOurs(event)) return;
        const action = this.#actionOf(event).then((found) => {
          if (found?.command) commands.set(event.notebook, found.command);
          return found?.edit ?? new vscode.WorkspaceEdit();
        });
        event.waitUntil(action);
      }),
      vscode.workspace.onDidSaveNotebookDocument((notebook) => {
        const command = commands.get(notebook);
        commands.delete(notebook);
        if (command)
          void vscode.commands.executeCommand(command.command, ...((command.arguments ?? []) as unknown[]));
      }),
    ];
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  #isOurs({ notebook, reason }: vscode.NotebookDocumentWillSaveEvent): boolean {
    if (notebook.cellCount === 0 || notebook.cellAt(0).kind !== vscode.NotebookCellKind.Markup) return false;
    const value = vscode.workspace
      .getConfiguration('notebook', notebook.uri)
      .get<unknown>('codeActionsOnSave');
    return isWanted(value, reason);
  }

  async #actionOf({
    notebook,
    token,
  }: vscode.NotebookDocumentWillSaveEvent): Promise<vscode.CodeAction | undefined> {
    const program = this.programs.byUri(notebook.uri);
    return program && this.fixAll.notebookAction(program, token);
  }
}

/** The kinds that stand for ours, the most particular last, which is the one that counts. */
const KINDS = ['notebook', 'notebook.source', 'notebook.source.fixAll', 'notebook.source.fixAll.graduate'];

/**
 * Whether the value of `notebook.codeActionsOnSave` wants the whole notebook fixed.
 *
 * `always` is for saves when another window or file is turned to, too; no value is for those that a timer makes.
 */
function isWanted(value: unknown, reason: vscode.TextDocumentSaveReason): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const own = KINDS.map((kind) => (value as Record<string, unknown>)[kind]).filter(
    (each) => each !== undefined,
  );
  const last = own.at(-1);
  if (reason === vscode.TextDocumentSaveReason.AfterDelay) return false;
  const isManual = reason === vscode.TextDocumentSaveReason.Manual;
  return last === 'always' || (isManual && (last === 'explicit' || last === true));
}
