import ignore, { type Ignore } from 'ignore';
import * as vscode from 'vscode';
import { readNotebook } from '../../program/notebook/read';
import { notebookSource } from '../../program/notebook/toSource';
import { type ProgramSource, scriptSource } from '../../program/source';
import { boundPatterns } from '../../text/ignorePatterns';
import { readFile } from '../documents/files';
import type { OpenPrograms } from '../documents/openPrograms';

const PROGRAMS = '**/*.{py,ipynb}';
/** Other people's code, and copies. What `files.exclude` names is left out by VS Code. */
const SKIPPED =
  '**/{.git,.hg,.svn,node_modules,__pycache__,.ipynb_checkpoints,site-packages,.venv,venv,.tox,.nox}/**';
/** A folder of more programs is looked at in part, and says so. */
const MOST_FILES = 5000;
/** Notebooks with pictures in their outputs are big, code is not. */
const MOST_BYTES = 20_000_000;
/** Files read at the same time: on a remote file system each costs a round trip. */
const AT_ONCE = 16;

/** A program of a folder as its file was last read. */
interface KnownText {
  readonly uri: vscode.Uri;
  /** Undefined for what cannot be read, and for no Python. */
  readonly source: ProgramSource | undefined;
}

/** The programs of one of the window's folders as they are on the disk, kept up to date. */
export class FolderTexts implements vscode.Disposable {
  readonly #texts = new Map<string, KnownText>();
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #subscriptions: vscode.Disposable[];
  #loading: Promise<void> | undefined;
  #ignored: Ignore | undefined;
  #isReady = false;
  #isPartial = false;
  #announcing: NodeJS.Timeout | undefined;

  /** Files were added, changed or deleted; several at once are announced once. */
  readonly onDidChange = this.#changed.event;

  constructor(
    readonly folder: vscode.WorkspaceFolder,
    private readonly programs: OpenPrograms,
  ) {
    const watcher = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(folder, PROGRAMS));
    this.#subscriptions = [
      this.#changed,
      watcher,
      watcher.onDidCreate((uri) => void this.#touched(uri)),
      watcher.onDidChange((uri) => void this.#touched(uri)),
      watcher.onDidDelete((uri) => this.#deleted(uri)),
    ];
  }

  /** The folder as engine paths have it: empty where it is the only one. */
  get root(): string {
    return this.programs.pathOf(this.folder.uri);
  }

  /** Everything has been read once. */
  get isReady(): boolean {
    return this.#isReady;
  }

  /** There are more programs than are looked at. */
  get isPartial(): boolean {
    return this.#isPartial;
  }

  /** Engine paths, in a fixed order. */
  get paths(): readonly string[] {
    return [...this.#texts.keys()].sort();
  }

  has(path: string): boolean {
    return this.#texts.has(path);
  }

  source(path: string): ProgramSource | undefined {
    return this.#texts.get(path)?.source;
  }

  uriOf(path: string): vscode.Uri | undefined {
    return this.#texts.get(path)?.uri;
  }

  /** Reads everything, once. */
  load(): Promise<void> {
    this.#loading ??= this.#load();
    return this.#loading;
  }

  dispose(): void {
    clearTimeout(this.#announcing);
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  async #load(): Promise<void> {
    this.#ignored = await this.#readIgnored();
    const pattern = new vscode.RelativePattern(this.folder, PROGRAMS);
    const found = await vscode.workspace.findFiles(pattern, SKIPPED, MOST_FILES + 1);
    this.#isPartial = found.length > MOST_FILES;
    const uris = found.filter((uri) => !this.#isIgnored(uri));
    const waiting = uris.slice(0, MOST_FILES);
    const readNext = async (): Promise<void> => {
      for (let uri = waiting.pop(); uri; uri = waiting.pop()) await this.#read(uri);
    };
    await Promise.all(Array.from({ length: AT_ONCE }, readNext));
    this.#isReady = true;
    this.#announce();
  }

  /** What the folder's `.gitignore` files name; deeper ones come later, and so win. */
  async #readIgnored(): Promise<Ignore> {
    const pattern = new vscode.RelativePattern(this.folder, '**/.gitignore');
    const uris = await vscode.workspace.findFiles(pattern, SKIPPED, 200);
    const rules = ignore({ ignorecase: false });
    for (const uri of uris.sort((a, b) => a.path.length - b.path.length)) {
      const folder = this.#relative(vscode.Uri.joinPath(uri, '..'));
      const text = await readFile(uri);
      if (text !== undefined && folder !== undefined) rules.add(boundPatterns(text, folder));
    }
    return rules;
  }

  #isIgnored(uri: vscode.Uri): boolean {
    const path = this.#relative(uri);
    return path !== undefined && path !== '' && (this.#ignored?.ignores(path) ?? false);
  }

  /** The path within the folder; undefined outside of it. */
  #relative({ path }: vscode.Uri): string | undefined {
    const base = this.folder.uri.path.replace(/\/+$/, '');
    if (path === base) return '';
    return path.startsWith(`${base}/`) ? path.slice(base.length + 1) : undefined;
  }

  async #read(uri: vscode.Uri): Promise<void> {
    const path = this.programs.pathOf(uri);
    const text = await readFile(uri);
    this.#texts.set(path, { uri, source: text === undefined ? undefined : programOf(path, text) });
  }

  async #touched(uri: vscode.Uri): Promise<void> {
    if (!this.#loading || /\/(?:site-packages|node_modules|\.git|\.?venv)\//.test(uri.path)) return;
    await this.#loading;
    if (this.#isIgnored(uri)) return;
    await this.#read(uri);
    this.#announce();
  }

  #deleted(uri: vscode.Uri): void {
    if (this.#texts.delete(this.programs.pathOf(uri))) this.#announce();
  }

  #announce(): void {
    clearTimeout(this.#announcing);
    // A checkout touches hundreds of files in a row.
    this.#announcing = setTimeout(() => this.#changed.fire(), 200);
  }
}

function programOf(path: string, text: string): ProgramSource | undefined {
  if (text.length > MOST_BYTES) return undefined;
  if (!path.endsWith('.ipynb')) return scriptSource(path, text);
  const notebook = readNotebook(text);
  return 'reason' in notebook ? undefined : notebookSource(path, notebook);
}
