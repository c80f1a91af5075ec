import * as vscode from 'vscode';
import { hasNotebooks, isExcluded } from '../preferences';
import { PathMap, type Place } from './paths';
import type { OpenProgram } from './snapshot';

const NOTEBOOK_TYPE = 'jupyter-notebook';

/**
 * The open scripts and notebooks, and what happens to them. A document that changes its language leaves and may come
 * back; when the window's folders change, every program leaves and comes back under its new path.
 *
 * VS Code keeps documents that an extension has opened for minutes after their tab was closed, so the last tab's end
 * counts as closing.
 */
export class OpenPrograms implements vscode.Disposable {
  readonly #programs = new Map<string, OpenProgram>();
  readonly #opened = new vscode.EventEmitter<OpenProgram>();
  readonly #changed = new vscode.EventEmitter<OpenProgram>();
  readonly #closed = new vscode.EventEmitter<OpenProgram>();
  readonly #subscriptions: vscode.Disposable[];
  /** Documents that nobody sees any more, though VS Code still has them. */
  readonly #left = new Set<string>();
  #paths = currentPaths();
  readonly #outputCounts = new WeakMap<vscode.NotebookCell, number>();

  readonly onDidOpen = this.#opened.event;
  readonly onDidChange = this.#changed.event;
  readonly onDidClose = this.#closed.event;

  constructor() {
    this.#subscriptions = [
      this.#opened,
      this.#changed,
      this.#closed,
      vscode.workspace.onDidOpenTextDocument((document) => this.#documentOpened(document)),
      vscode.workspace.onDidCloseTextDocument((document) => this.#documentClosed(document)),
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        // Also fires when only the dirty mark changes.
        if (contentChanges.length > 0) this.#documentChanged(document);
      }),
      vscode.workspace.onDidOpenNotebookDocument((notebook) => this.#notebookOpened(notebook)),
      vscode.workspace.onDidCloseNotebookDocument((notebook) => this.#gone(notebook.uri)),
      vscode.workspace.onDidChangeNotebookDocument((event) => this.#notebookChanged(event)),
      vscode.window.tabGroups.onDidChangeTabs(({ opened, closed }) => this.#tabsChanged(opened, closed)),
      vscode.workspace.onDidChangeWorkspaceFolders(() => this.#reopenAll()),
    ];
  }

  get paths(): PathMap {
    return this.#paths;
  }

  get all(): readonly OpenProgram[] {
    return [...this.#programs.values()];
  }

  /** Finds what is open already; call it once, when others listen. */
  start(): void {
    this.#openDocuments((key) => !this.#left.has(key));
  }

  /** The program that a document is, or is a cell of. */
  of(document: vscode.TextDocument): OpenProgram | undefined {
    const uri = notebookOf(document)?.uri ?? document.uri;
    return this.#programs.get(uri.toString());
  }

  byUri(uri: vscode.Uri): OpenProgram | undefined {
    return this.#programs.get(uri.toString());
  }

  byPath(path: string): OpenProgram | undefined {
    return this.all.find((program) => program.path === path);
  }

  pathOf(uri: vscode.Uri): string {
    return this.#paths.pathOf(uri);
  }

  uriOf(path: string): vscode.Uri | undefined {
    // URIs may have a query, which paths have not: untitled notebooks do.
    const open = this.byPath(path);
    if (open) return open.uri;
    const place = this.#paths.placeOf(path);
    return place && vscode.Uri.from(place);
  }

  /** Closes and opens every notebook or script that a setting newly shuts out or lets in. */
  refresh(): void {
    this.#reopenAll();
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
    this.#programs.clear();
  }

  #documentOpened(document: vscode.TextDocument): void {
    const notebook = notebookOf(document);
    // A cell that changed its language is closed and opened again.
    if (notebook) this.#touch(notebook.uri);
    else if (document.languageId === 'python' && isWanted(document.uri)) {
      const { uri } = document;
      this.#open({ kind: 'script', path: this.pathOf(uri), uri, document });
    }
  }

  #documentChanged(document: vscode.TextDocument): void {
    const program = this.of(document);
    if (program) this.#changed.fire(program);
  }

  #documentClosed(document: vscode.TextDocument): void {
    if (document.uri.scheme === 'vscode-notebook-cell') {
      const notebook = notebookOf(document);
      if (notebook) this.#touch(notebook.uri);
    } else this.#gone(document.uri);
  }

  /** VS Code has the document no more: opened again, it is another one. */
  #gone(uri: vscode.Uri): void {
    this.#left.delete(uri.toString());
    this.#close(uri);
  }

  #notebookOpened(notebook: vscode.NotebookDocument): void {
    if (notebook.notebookType !== NOTEBOOK_TYPE || !isWanted(notebook.uri)) return;
    const { uri } = notebook;
    if (!hasNotebooks(uri)) return;
    this.#open({ kind: 'notebook', path: this.pathOf(uri), uri, notebook });
  }

  #notebookChanged(event: vscode.NotebookDocumentChangeEvent): void {
    const matters =
      event.metadata !== undefined ||
      event.contentChanges.length > 0 ||
      event.cellChanges.some(
        (change) =>
          change.document ??
          change.metadata ??
          change.executionSummary ??
          this.#hasMoreOrFewerOutputs(change),
      );
    if (matters) this.#touch(event.notebook.uri);
  }

  /** Text streams into an output by the dozen per second; that is looked at when the cell has run. */
  #hasMoreOrFewerOutputs({ cell, outputs }: vscode.NotebookDocumentCellChange): boolean {
    const count = outputs?.length ?? this.#outputCounts.get(cell);
    if (count === this.#outputCounts.get(cell)) return false;
    this.#outputCounts.set(cell, count ?? 0);
    return true;
  }

  #tabsChanged(opened: readonly vscode.Tab[], closed: readonly vscode.Tab[]): void {
    const left = new Set(vscode.window.tabGroups.all.flatMap((group) => group.tabs.flatMap(keysOf)));
    for (const key of closed.flatMap(keysOf)) {
      if (left.has(key)) continue;
      this.#left.add(key);
      const program = this.#programs.get(key);
      if (program) this.#close(program.uri);
    }
    // Its document may have been there all the time.
    const shown = new Set(opened.flatMap(keysOf));
    for (const key of shown) this.#left.delete(key);
    if ([...shown].some((key) => !this.#programs.has(key))) this.#openDocuments((key) => shown.has(key));
  }

  #openDocuments(isWanted: (key: string) => boolean): void {
    const isNew = ({ uri }: { readonly uri: vscode.Uri }): boolean =>
      isWanted(uri.toString()) && !this.#programs.has(uri.toString());
    vscode.workspace.textDocuments.filter(isNew).forEach((document) => this.#documentOpened(document));
    vscode.workspace.notebookDocuments.filter(isNew).forEach((notebook) => this.#notebookOpened(notebook));
  }

  #touch(uri: vscode.Uri): void {
    const program = this.byUri(uri);
    if (program) this.#changed.fire(program);
  }

  #open(program: OpenProgram): void {
    const key = program.uri.toString();
    if (this.#programs.has(key)) this.#close(program.uri);
    this.#programs.set(key, program);
    this.#opened.fire(program);
  }

  #close(uri: vscode.Uri): void {
    const program = this.byUri(uri);
    if (!program) return;
    this.#programs.delete(uri.toString());
    this.#closed.fire(program);
  }

  #reopenAll(): void {
    for (const program of this.all) this.#close(program.uri);
    this.#paths = currentPaths();
    this.start();
  }
}

/** The documents that a tab shows. */
function keysOf({ input }: vscode.Tab): string[] {
  if (input instanceof vscode.TabInputText || input instanceof vscode.TabInputNotebook) {
    return [input.uri.toString()];
  }
  if (input instanceof vscode.TabInputTextDiff || input instanceof vscode.TabInputNotebookDiff) {
    return [input.original.toString(), input.modified.toString()];
  }
  return [];
}

/** The notebook that a cell's document belongs to. */
export function notebookOf(document: vscode.TextDocument): vscode.NotebookDocument | undefined {
  if (document.uri.scheme !== 'vscode-notebook-cell') return undefined;
  return vscode.workspace.notebookDocuments.find((notebook) =>
    notebook.getCells().some((cell) => cell.document === document),
  );
}

function currentPaths(): PathMap {
  return new PathMap(vscode.workspace.workspaceFolders ?? []);
}

function isWanted(uri: vscode.Uri): boolean {
  return isSource(uri) && !isExcluded(uri);
}

/** Documents that somebody works on: not the old side of a diff, nor our own previews. */
function isSource({ scheme, authority }: Place): boolean {
  if (scheme === 'untitled' || scheme === 'file') return true;
  if (vscode.workspace.fs.isWritableFileSystem(scheme) === true) return true;
  const folders = vscode.workspace.workspaceFolders ?? [];
  return folders.some(({ uri }) => uri.scheme === scheme && uri.authority === authority);
}
