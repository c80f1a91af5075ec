import * as vscode from 'vscode';
import type { Engine } from '../../actions/engine';
import type { ProgramSource } from '../../program/source';
import type { ProjectModules } from '../../semantics/project';
import type { OpenPrograms } from '../documents/openPrograms';
import { snapshotOf, stampOf } from '../documents/snapshot';
import type { Log } from '../log';
import { FolderTexts } from './texts';

/** What is opened is analysed first; the rest of its project is read when that is done. */
const SETTLE_MS = 500;

/** The projects of the window, one per folder: their files, and their modules for the engine. */
export class Projects implements vscode.Disposable {
  readonly #folders = new Map<string, FolderTexts>();
  readonly #modules = new Map<FolderTexts, ProjectModules>();
  readonly #open = new Map<string, { readonly stamp: string; readonly source: ProgramSource }>();
  readonly #changed = new vscode.EventEmitter<FolderTexts>();
  readonly #subscriptions: vscode.Disposable[];
  #starting: NodeJS.Timeout | undefined;

  /** A folder's files are known now, or have changed. */
  readonly onDidChange = this.#changed.event;

  constructor(
    private readonly programs: OpenPrograms,
    private readonly log: Log,
  ) {
    this.#subscriptions = [
      this.#changed,
      programs.onDidOpen(() => this.#start()),
      programs.onDidClose(({ path }) => this.#open.delete(path)),
      vscode.workspace.onDidChangeWorkspaceFolders(() => this.#forgetFolders()),
    ];
  }

  /** The folders whose files have been read. */
  get ready(): readonly FolderTexts[] {
    return [...this.#folders.values()].filter((folder) => folder.isReady);
  }

  /** The modules of a program's project; undefined where it is in none, or while that is being read. */
  modulesOf(uri: vscode.Uri, engine: Engine): ProjectModules | undefined {
    const folder = vscode.workspace.getWorkspaceFolder(uri);
    const texts = folder && this.#folders.get(folder.uri.toString());
    if (!texts?.isReady) return undefined;
    let modules = this.#modules.get(texts);
    if (!modules) {
      modules = engine.modulesOf({
        root: texts.root,
        has: (path) => texts.has(path),
        paths: () => texts.paths,
        source: (path) => this.sourceOf(path, texts),
      });
      this.#modules.set(texts, modules);
    }
    return modules;
  }

  /** A program as it is open, else as its file is. The same object as long as it has not changed. */
  sourceOf(path: string, texts: FolderTexts): ProgramSource | undefined {
    const open = this.programs.byPath(path);
    if (!open) return texts.source(path);
    const stamp = stampOf(open);
    const known = this.#open.get(path);
    if (known?.stamp === stamp) return known.source;
    const { source } = snapshotOf(open);
    this.#open.set(path, { stamp, source });
    return source;
  }

  /** Reads every folder of the window; resolves when all of them are known. */
  async load(): Promise<readonly FolderTexts[]> {
    const folders = (vscode.workspace.workspaceFolders ?? []).map((folder) => this.#texts(folder));
    await Promise.all(folders.map((folder) => folder.load()));
    return folders;
  }

  dispose(): void {
    clearTimeout(this.#starting);
    for (const subscription of this.#subscriptions) subscription.dispose();
    for (const folder of this.#folders.values()) folder.dispose();
  }

  #start(): void {
    this.#starting ??= setTimeout(() => {
      this.load().catch((error: unknown) => this.log.error("The project's files could not be read", error));
    }, SETTLE_MS);
  }

  #texts(folder: vscode.WorkspaceFolder): FolderTexts {
    const key = folder.uri.toString();
    let texts = this.#folders.get(key);
    if (!texts) {
      texts = new FolderTexts(folder, this.programs);
      const made = texts;
      texts.onDidChange(() => {
        this.#modules.delete(made);
        this.#changed.fire(made);
      });
      this.#folders.set(key, texts);
    }
    return texts;
  }

  /** Paths start with a folder's name or not, depending on how many there are: all are read again. */
  #forgetFolders(): void {
    for (const folder of this.#folders.values()) folder.dispose();
    this.#folders.clear();
    this.#modules.clear();
    this.#open.clear();
    this.#starting = undefined;
    if (this.programs.all.length > 0) this.#start();
  }
}
