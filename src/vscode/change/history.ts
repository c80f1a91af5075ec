import * as vscode from 'vscode';
import type { Log } from '../log';
import { type AppliedChange, filesOf, isInPlace, planUndo } from './applied';

const CAN_UNDO = 'graduate.canUndo';
const DEPTH = 20;

/**
 * The changes that Graduate made in this session, for "Undo last change". The editor's own undo reaches a change over
 * several documents only from some of them; this one works from anywhere, as long as nobody edited what was written.
 */
export class ChangeHistory {
  readonly #changes: AppliedChange[] = [];

  constructor(private readonly log: Log) {}

  remember(change: AppliedChange): void {
    if (!isInPlace(change)) {
      // Should not happen; undoing would say that the text was edited, which is right as far as it goes.
      this.log.warn(`after "${change.title}" a document has another text than was written`);
    }
    this.#changes.push(change);
    if (this.#changes.length > DEPTH) this.#changes.shift();
    this.#update();
  }

  /** Takes the last change back, or says why not. Changes that the editor's undo has taken back are passed over. */
  async undoLast(): Promise<void> {
    for (let change = this.#changes.at(-1); change; change = this.#changes.at(-1)) {
      if ((await this.undo(change)) !== 'undone') return;
    }
    void vscode.window.showInformationMessage('Graduate: there is no change to undo.');
  }

  async undo(change: AppliedChange): Promise<'done' | 'undone' | 'blocked'> {
    const plan = await planUndo(change);
    switch (plan.kind) {
      case 'undone':
        this.#forget(change);
        return 'undone';
      case 'blocked':
        void vscode.window.showWarningMessage(
          `Graduate: "${change.title}" cannot be undone: ${plan.reason}. Nothing was changed.`,
        );
        return 'blocked';
      case 'ready': {
        if (!(await vscode.workspace.applyEdit(plan.edit))) {
          void vscode.window.showWarningMessage(`Graduate: the editor did not undo "${change.title}".`);
          return 'blocked';
        }
        this.#forget(change);
        const count = filesOf(change).length;
        vscode.window.setStatusBarMessage(
          `Graduate: undone in ${count} ${count === 1 ? 'file' : 'files'}`,
          5000,
        );
        return 'done';
      }
    }
  }

  #forget(change: AppliedChange): void {
    const at = this.#changes.indexOf(change);
    if (at >= 0) this.#changes.splice(at, 1);
    this.#update();
  }

  #update(): void {
    void vscode.commands.executeCommand('setContext', CAN_UNDO, this.#changes.length > 0);
  }
}
