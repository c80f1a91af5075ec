import type * as vscode from 'vscode';
import type { Analysis } from '../../actions/engine';
import { folderOf, joinPath } from '../../text/workspace';
import { WorkspaceFiles, statOf } from '../documents/files';
import type { OpenPrograms } from '../documents/openPrograms';
import type { Log } from '../log';
import type { Analyses } from './analyses';

/** A folder of more programs is no project but a heap; the first ones by name are looked at. */
const MOST_FILES = 40;
const MOST_BYTES = 1_000_000;
/** For so long a folder counts as unchanged. What an offer does is worked out from the files as they are then. */
const FRESH_MS = 5000;

interface KnownFile {
  readonly mtime: number;
  readonly size: number;
  readonly analysis: Analysis | undefined;
}

/** The other programs of a program's folder, open or not: for offers that change several of them at once. */
export class Siblings implements vscode.Disposable {
  readonly #files = new Map<string, KnownFile>();
  readonly #listings = new Map<string, { readonly at: number; readonly paths: Promise<readonly string[]> }>();
  readonly #subscription: vscode.Disposable;

  constructor(
    private readonly programs: OpenPrograms,
    private readonly analyses: Analyses,
    private readonly log: Log,
  ) {
    this.#subscription = programs.onDidClose(({ path }) => this.#forget(folderOf(path)));
  }

  /** @param path The program whose siblings are wanted. */
  async of(path: string): Promise<readonly Analysis[]> {
    const siblings: Analysis[] = [];
    for (const sibling of await this.#paths(path)) {
      if (sibling === path) continue;
      const open = this.programs.byPath(sibling);
      const analysis = open
        ? (await this.analyses.current(open))?.analysis
        : this.#files.get(sibling)?.analysis;
      if (analysis) siblings.push(analysis);
    }
    return siblings;
  }

  dispose(): void {
    this.#subscription.dispose();
  }

  /** The programs of the folder, read and analysed. Asked for again meanwhile, it is done once. */
  #paths(path: string): Promise<readonly string[]> {
    const folder = folderOf(path);
    const known = this.#listings.get(folder);
    if (known && performance.now() - known.at < FRESH_MS) return known.paths;
    const paths = this.#scan(path, folder).catch((error: unknown) => {
      this.log.error(`The folder of ${path} could not be read`, error);
      return [];
    });
    this.#listings.set(folder, { at: performance.now(), paths });
    return paths;
  }

  async #scan(path: string, folder: string): Promise<readonly string[]> {
    const start = performance.now();
    const files = new WorkspaceFiles(this.programs, path);
    const names = (await files.list(folder)).filter((name) => /\.(py|ipynb)$/.test(name));
    const paths = [...names]
      .sort()
      .slice(0, MOST_FILES)
      .map((name) => joinPath(folder, name));
    for (const sibling of paths) {
      if (!this.programs.byPath(sibling)) await this.#read(sibling, files);
    }
    this.log.debug(`looked at ${paths.length} programs in ${(performance.now() - start).toFixed(0)} ms`);
    return paths;
  }

  async #read(path: string, files: WorkspaceFiles): Promise<void> {
    const uri = this.programs.uriOf(path);
    const stat = uri && (await statOf(uri));
    if (!stat || stat.size > MOST_BYTES) {
      this.#files.delete(path);
      return;
    }
    const { mtime, size } = stat;
    const known = this.#files.get(path);
    if (known?.mtime === mtime && known.size === size) return;
    const source = await files.loadProgram(path);
    const engine = await this.analyses.engine();
    this.#files.set(path, { mtime, size, analysis: source && engine.analyze(source) });
  }

  /** Keeps nothing of folders in which no program is open. */
  #forget(folder: string): void {
    if (this.programs.all.some(({ path }) => folderOf(path) === folder)) return;
    this.#listings.delete(folder);
    for (const path of this.#files.keys()) if (folderOf(path) === folder) this.#files.delete(path);
  }
}
