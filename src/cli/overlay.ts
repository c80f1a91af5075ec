import type { Change } from '../text/change';
import { encode, type TextEncoding } from '../text/encoding';
import type { Refusal } from '../text/refusal';
import { type Workspace, baseName, folderOf } from '../text/workspace';
import { type CurrentFile, type EditedFile, editedFile } from './apply';
import { type FileContent, textKindOf } from './load';
import type { DiskWorkspace } from './workspace';
import type { FileWrite } from './write';

/** A file that is changed in memory. */
export interface PendingFile {
  readonly path: string;
  /** As it is on the disk; undefined for a new file. */
  readonly before: FileContent | undefined;
  readonly text: string;
  readonly encoding: TextEncoding;
}

/**
 * A workspace whose changes are in memory until they are written: one change may build upon another, and `--diff`
 * never writes.
 */
export class OverlayWorkspace implements Workspace {
  readonly #pending = new Map<string, PendingFile>();
  /** Paths that one change touched together; they are written together or not at all. */
  #groups: Set<string>[] = [];
  #version = 0;

  constructor(private readonly disk: DiskWorkspace) {}

  get root(): string {
    return this.disk.root;
  }

  /** Grows with every change that changes something. */
  get version(): number {
    return this.#version;
  }

  async read(path: string): Promise<string | undefined> {
    return this.pendingText(path) ?? this.disk.read(path);
  }

  /** The text of a file that is changed in memory. */
  pendingText(path: string): string | undefined {
    return this.#pending.get(path)?.text;
  }

  async exists(path: string): Promise<boolean> {
    return this.#isPending(path) || this.disk.exists(path);
  }

  async list(folder: string): Promise<readonly string[]> {
    const names = new Set(await this.disk.list(folder));
    for (const path of this.#pending.keys()) {
      if (folderOf(path) === folder) names.add(baseName(path));
      else if (folder === '' || path.startsWith(`${folder}/`)) {
        const rest = folder === '' ? path : path.slice(folder.length + 1);
        names.add(rest.slice(0, rest.indexOf('/') + 1));
      }
    }
    return [...names].sort();
  }

  /**
   * Applies a change in memory, all of it or nothing.
   *
   * @returns Why it cannot be, file by file; empty if it is applied.
   * @throws {Error} if the change was computed on other texts than the current ones.
   */
  apply(change: Change): readonly Refusal[] {
    const edited: PendingFile[] = [];
    let isNoChange = true;
    const refusals: Refusal[] = [];
    for (const file of change.files) {
      const before = this.#onDisk(file.path);
      if (before && 'reason' in before) {
        refusals.push(before);
        continue;
      }
      const current: CurrentFile | undefined = this.#pending.get(file.path) ?? before;
      const result: EditedFile | Refusal = editedFile(file, current, textKindOf(file.path));
      if ('reason' in result) refusals.push(result);
      else edited.push({ ...result, before });
      isNoChange &&= !('reason' in result) && result.text === current?.text;
    }
    if (refusals.length > 0 || isNoChange) return refusals;
    this.#version++;
    for (const file of edited) this.#pending.set(file.path, file);
    this.#join(edited.map((file) => file.path));
    return [];
  }

  /** What changed, in order of path. A file that was changed back is left out. */
  changes(): readonly PendingFile[] {
    return [...this.#pending.values()]
      .filter(({ before, text }) => before?.text !== text)
      .sort((a, b) => (a.path < b.path ? -1 : 1));
  }

  /** What has to be written, in groups of files that belong together. */
  writes(): readonly (readonly FileWrite[])[] {
    const changes = this.changes();
    return this.#groups
      .map((group) => changes.filter(({ path }) => group.has(path)).map((file) => this.#writeOf(file)))
      .filter((group) => group.length > 0);
  }

  #writeOf({ path, before, text, encoding }: PendingFile): FileWrite {
    const bytes = encode(text, encoding);
    const absolute = this.disk.resolve(path);
    if ('reason' in bytes || absolute === undefined)
      throw new Error(`${path} was checked, and cannot be written`);
    return { absolute, bytes, before: before?.bytes };
  }

  #onDisk(path: string): FileContent | undefined | Refusal {
    const known = this.#pending.get(path);
    if (known) return known.before;
    const refuse = (reason: string, line = 0): Refusal => ({ path, cell: null, line, reason });
    if (this.disk.resolve(path) === undefined) return refuse('the file lies outside the project');
    const content = this.disk.content(path);
    return content && 'reason' in content ? refuse(content.reason, content.line) : content;
  }

  #isPending(path: string): boolean {
    return [...this.#pending.keys()].some((each) => each === path || each.startsWith(`${path}/`));
  }

  #join(paths: readonly string[]): void {
    const joined = new Set(paths);
    const apart = this.#groups.filter((group) => {
      if (!paths.some((path) => group.has(path))) return true;
      group.forEach((path) => joined.add(path));
      return false;
    });
    this.#groups = [...apart, joined];
  }
}
