import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import type { WrittenFile } from '../../verify/run';
import { UsageError, systemReason } from '../exit';
import { pathWithin, toSlashes } from '../paths';

/** Not part of what a program reads; version control, caches and environments are also large. */
const SKIPPED = new Set([
  ...['.git', '.hg', '.svn', 'node_modules', '__pycache__', '.ipynb_checkpoints', '.venv', '.tox', '.nox'],
  ...['.mypy_cache', '.pytest_cache', '.ruff_cache', '.DS_Store'],
]);
const MOST_FILES = 50_000;

/** Limits of what is copied. */
export interface CopyLimits {
  /** Megabytes (10^6 bytes) in all. */
  readonly megabytes: number;
}

/** A file of the copy as it has to be before a run. */
interface Placed {
  /** Where it comes from; undefined for bytes that were made. */
  readonly source: string | undefined;
  readonly bytes: Uint8Array | undefined;
  /** Inode, size and time of the last change, which no program can set. */
  stamp: string;
}

/**
 * A copy of folders in which a program is run again and again, each time as it was at first. What the user has is only
 * read: no file of the copy shares its bytes with one outside, unless the file system copies them on the first write.
 */
export class FolderCopy {
  readonly #placed = new Map<string, Placed>();
  readonly #folders = new Set<string>();
  #bytes = 0;

  /** @param root Where the copy is made; an absolute path without links. */
  constructor(
    readonly root: string,
    private readonly limits: CopyLimits,
  ) {
    fs.mkdirSync(root, { recursive: true });
  }

  /** Copies what is below a folder to a place in the copy. A file that is there already stays, if `isFill`. */
  add(from: string, to: string, isFill = false): void {
    this.#addFolder(from, to, isFill, [fs.realpathSync(from)]);
  }

  /** Puts other bytes in the place of a file, for all runs. */
  put(name: string, bytes: Uint8Array): void {
    const target = path.join(this.root, name);
    fs.mkdirSync(path.dirname(target), { recursive: true });
    fs.rmSync(target, { force: true });
    fs.writeFileSync(target, bytes);
    this.#placed.set(name, { source: undefined, bytes, stamp: stampOf(target) });
  }

  has(name: string): boolean {
    return this.#placed.has(name);
  }

  /** Names of all files, relative to the copy, as the operating system writes them. */
  get names(): Iterable<string> {
    return this.#placed.keys();
  }

  /**
   * Moves what a run wrote out of the copy, and puts back what it changed or removed.
   *
   * @param folder Paths are relative to it.
   * @param keep Where written files go.
   */
  collect(folder: string, keep: string): readonly WrittenFile[] {
    const written: WrittenFile[] = [];
    const there = new Set<string>();
    for (const name of filesBelow(this.root)) {
      there.add(name);
      const absolute = path.join(this.root, name);
      const placed = this.#placed.get(name);
      if (placed && placed.stamp === stampOf(absolute)) continue;
      if (!isCompared(name)) {
        if (!placed) fs.rmSync(absolute, { force: true });
        continue;
      }
      const shown = toSlashes(path.relative(folder, absolute));
      const digest = digestOf(absolute);
      const isSame = placed !== undefined && digest === this.#digestBefore(placed);
      if (!isSame) {
        const target = path.join(keep, name);
        fs.mkdirSync(path.dirname(target), { recursive: true });
        fs.renameSync(absolute, target);
        written.push({ path: shown, digest, size: fs.lstatSync(target).size });
      }
      if (placed) this.#restore(name, placed);
    }
    for (const [name, placed] of this.#placed) {
      if (there.has(name)) continue;
      if (isCompared(name))
        written.push({
          path: toSlashes(path.relative(folder, path.join(this.root, name))),
          digest: undefined,
          size: 0,
        });
      this.#restore(name, placed);
    }
    this.#restoreFolders();
    return written;
  }

  #digestBefore({ source, bytes }: Placed): string {
    return bytes === undefined ? digestOf(source!) : createHash('sha256').update(bytes).digest('hex');
  }

  #restore(name: string, placed: Placed): void {
    const target = path.join(this.root, name);
    fs.rmSync(target, { recursive: true, force: true });
    fs.mkdirSync(path.dirname(target), { recursive: true });
    if (placed.bytes !== undefined) fs.writeFileSync(target, placed.bytes);
    else cloned(placed.source!, target);
    placed.stamp = stampOf(target);
  }

  /** Folders that the run made go, and those that it removed come back. */
  #restoreFolders(): void {
    for (const name of foldersBelow(this.root).reverse()) {
      if (!this.#folders.has(name)) fs.rmSync(path.join(this.root, name), { recursive: true, force: true });
    }
    for (const name of this.#folders) fs.mkdirSync(path.join(this.root, name), { recursive: true });
  }

  #addFolder(from: string, to: string, isFill: boolean, above: readonly string[]): void {
    if (to !== '') this.#folders.add(to);
    fs.mkdirSync(path.join(this.root, to), { recursive: true });
    const entries = fs.readdirSync(from, { withFileTypes: true });
    if (to !== '' && entries.some(({ name }) => name === 'pyvenv.cfg' || name === 'conda-meta')) return;
    for (const entry of entries) {
      if (SKIPPED.has(entry.name)) continue;
      const [source, name] = [path.join(from, entry.name), path.join(to, entry.name)];
      // A link is followed: what the program changes behind it must be the copy's own.
      let stat: fs.Stats;
      try {
        stat = fs.statSync(source);
      } catch {
        continue;
      }
      if (stat.isDirectory()) {
        const real = fs.realpathSync(source);
        // A link to a folder above would go on for ever; the copy itself lies in no folder of the user's.
        if (above.includes(real) || pathWithin(real, this.root) === '') continue;
        this.#addFolder(source, name, isFill, [...above, real]);
      } else if (stat.isFile() && !(isFill && this.#placed.has(name))) this.#addFile(source, name, stat);
    }
  }

  #addFile(source: string, name: string, stat: fs.Stats): void {
    this.#bytes += stat.size;
    if (this.#placed.size >= MOST_FILES) {
      throw new UsageError(`there are more than ${MOST_FILES} files to copy; verify in a smaller folder`);
    }
    if (this.#bytes > this.limits.megabytes * 1e6) {
      throw new UsageError(
        `there are more than ${this.limits.megabytes} MB to copy (see --copy-limit); the last file was ${source}`,
      );
    }
    const target = path.join(this.root, name);
    try {
      fs.rmSync(target, { force: true });
      cloned(source, target);
    } catch (error) {
      throw new UsageError(`${source} cannot be copied: ${systemReason(error)}`);
    }
    this.#placed.set(name, { source, bytes: undefined, stamp: stampOf(target) });
  }
}

/** Caches that no program means to write. */
function isCompared(name: string): boolean {
  return !/(?:^|[\\/])(?:__pycache__|\.ipynb_checkpoints)(?:[\\/]|$)/.test(name);
}

/** Shares the bytes until one side writes, where the file system can; else copies them. */
function cloned(source: string, target: string): void {
  fs.copyFileSync(source, target, fs.constants.COPYFILE_FICLONE);
  fs.chmodSync(target, fs.statSync(target).mode | 0o200);
}

function stampOf(file: string): string {
  const { ino, size, ctimeNs } = fs.lstatSync(file, { bigint: true });
  return `${ino}:${size}:${ctimeNs}`;
}

function digestOf(file: string): string {
  const hash = createHash('sha256');
  if (fs.lstatSync(file).isSymbolicLink()) return hash.update(`link ${fs.readlinkSync(file)}`).digest('hex');
  const handle = fs.openSync(file, 'r');
  try {
    const buffer = Buffer.alloc(1 << 20);
    for (let size = fs.readSync(handle, buffer); size > 0; size = fs.readSync(handle, buffer)) {
      hash.update(buffer.subarray(0, size));
    }
  } finally {
    fs.closeSync(handle);
  }
  return hash.digest('hex');
}

/** Files and links; anything else (a socket, a pipe) is no result. */
function filesBelow(root: string): string[] {
  return entriesBelow(root).flatMap(({ name, isFolder }) => (isFolder ? [] : [name]));
}

function foldersBelow(root: string): string[] {
  return entriesBelow(root).flatMap(({ name, isFolder }) => (isFolder ? [name] : []));
}

function entriesBelow(root: string): { name: string; isFolder: boolean }[] {
  return fs
    .readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() || entry.isDirectory() || entry.isSymbolicLink())
    .map((entry) => ({
      name: path.relative(root, path.join(entry.parentPath, entry.name)),
      isFolder: entry.isDirectory(),
    }));
}
