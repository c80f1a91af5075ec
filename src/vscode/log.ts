import * as vscode from 'vscode';

/** The "Graduate" output channel, and the one way in which users hear about internal errors. */
export class Log implements vscode.Disposable {
  readonly #channel = vscode.window.createOutputChannel('Graduate', { log: true });
  readonly #told = new Set<string>();

  debug(message: string): void {
    this.#channel.debug(message);
  }

  warn(message: string): void {
    this.#channel.warn(message);
  }

  /** An internal error, with its stack, for the log only. */
  error(what: string, error: unknown): void {
    this.#channel.error(
      `${what}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
    );
  }

  /**
   * An internal error that the user should know of.
   *
   * @param once Say it once per session: for what would come back with every key press.
   */
  report(what: string, error: unknown, once = false): void {
    this.error(what, error);
    if (once && this.#told.has(what)) return;
    this.#told.add(what);
    const showLog = 'Show log';
    const detail = error instanceof Error ? error.message : String(error);
    void vscode.window.showErrorMessage(`Graduate: ${what}. ${detail}`, showLog).then((choice) => {
      if (choice === showLog) this.show();
    });
  }

  show(): void {
    this.#channel.show();
  }

  dispose(): void {
    this.#channel.dispose();
  }
}
