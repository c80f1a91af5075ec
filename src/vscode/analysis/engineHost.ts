import * as vscode from 'vscode';
import { Engine } from '../../actions/engine';
import { PythonParser } from '../../syntax/parser';
import type { Log } from '../log';

/** Makes the engine when it is first asked for: loading the parser takes 30 ms that activation does not have. */
export class EngineHost {
  #engine: Promise<Engine> | undefined;

  /** @param folder Where the two wasm files are: beside the bundle. */
  constructor(
    private readonly folder: vscode.Uri,
    private readonly log: Log,
  ) {}

  engine(): Promise<Engine> {
    this.#engine ??= this.#load().catch((error: unknown) => {
      // The next one to ask tries again.
      this.#engine = undefined;
      throw error;
    });
    return this.#engine;
  }

  async #load(): Promise<Engine> {
    const start = performance.now();
    const file = (name: string): vscode.Uri => vscode.Uri.joinPath(this.folder, name);
    const runtime = file('web-tree-sitter.wasm');
    const parser = await PythonParser.load({
      // web-tree-sitter reads this one itself: a path in Node, a URL in a browser.
      runtime: runtime.scheme === 'file' ? runtime.fsPath : runtime.toString(true),
      grammar: await vscode.workspace.fs.readFile(file('tree-sitter-python.wasm')),
    });
    this.log.debug(`the parser was loaded in ${(performance.now() - start).toFixed(0)} ms`);
    return new Engine(parser);
  }
}
