import fs from 'node:fs';
import path from 'node:path';
import type { Workspace } from '../text/workspace';
import { type FileContent, type Unreadable, readContent, textKindOf } from './load';
import { pathWithin, toSlashes } from './paths';
import { statOf } from '../machine/stat';

/**
 * The files below a folder. What lies outside, also behind a link, is as if it were not there.
 */
export class DiskWorkspace implements Workspace {
  readonly root: string;
  readonly #root: string;
  #realRoot: string | undefined;

  /** @param root The folder's absolute path, as the operating system writes it. */
  constructor(root: string) {
    this.#root = root;
    this.root = toSlashes(root);
  }

  async read(file: string): Promise<string | undefined> {
    const content = this.content(file);
    return content && 'text' in content ? content.text : undefined;
  }

  async exists(file: string): Promise<boolean> {
    const absolute = this.resolve(file);
    return absolute !== undefined && fs.existsSync(absolute);
  }

  async list(folder: string): Promise<readonly string[]> {
    const absolute = this.resolve(folder);
    if (absolute === undefined) return [];
    try {
      const entries = fs.readdirSync(absolute, { withFileTypes: true });
      return entries.map((entry) => entry.name + (isFolder(absolute, entry) ? '/' : '')).sort();
    } catch {
      return [];
    }
  }

  /** A file with what is needed to write it back; undefined if there is none. */
  content(file: string): FileContent | Unreadable | undefined {
    const absolute = this.resolve(file);
    if (absolute === undefined || !statOf(absolute)?.isFile()) return undefined;
    return readContent(absolute, textKindOf(file));
  }

  /** The absolute path of a workspace path, which need not exist; undefined if it lies outside. */
  resolve(file: string): string | undefined {
    const parts = file.split('/');
    const isPlain = file === '' || parts.every((part) => part !== '' && part !== '.' && part !== '..');
    if (!isPlain || (path.sep === '\\' && /[\\:]/.test(file))) return undefined;
    const absolute = path.join(this.#root, ...parts);
    this.#realRoot ??= realPath(this.#root);
    const real = realPath(absolute);
    return real !== undefined &&
      this.#realRoot !== undefined &&
      pathWithin(this.#realRoot, real) !== undefined
      ? absolute
      : undefined;
  }
}

/** The path without links; what does not exist yet is appended to what does. Undefined for a dangling link. */
function realPath(absolute: string): string | undefined {
  try {
    return fs.realpathSync(absolute);
  } catch {
    if (isAnything(absolute)) return undefined;
    const parent = path.dirname(absolute);
    if (parent === absolute) return undefined;
    const real = realPath(parent);
    return real === undefined ? undefined : path.join(real, path.basename(absolute));
  }
}

/** Whether a path is taken, if only by a link to nowhere; or cannot be looked at. */
function isAnything(absolute: string): boolean {
  try {
    return fs.lstatSync(absolute, { throwIfNoEntry: false }) !== undefined;
  } catch {
    return true;
  }
}

function isFolder(parent: string, entry: fs.Dirent): boolean {
  if (!entry.isSymbolicLink()) return entry.isDirectory();
  return statOf(path.join(parent, entry.name))?.isDirectory() ?? false;
}
