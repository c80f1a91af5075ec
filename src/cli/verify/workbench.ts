import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Side } from '../../verify/run';
import { readContent, textKindOf } from '../load';
import { encode } from '../../text/encoding';
import { type CopyLimits, FolderCopy } from './folderCopy';
import type { PackageSubject, ProgramSubject, Subject } from './subject';

/** One side, laid out: the copies it runs in and where. */
export interface LaidOut {
  readonly subject: Subject;
  /** The copy of the folder with the data. */
  readonly copy: FolderCopy;
  /** The program in that copy, relative to it; undefined for a package, which lies in a copy of its own. */
  readonly program: string | undefined;
  /** The folder that relative paths are meant to start from. */
  readonly folder: string;
}

/** Text of a program is searched for the folder's own path up to this size. */
const LARGEST_TEXT = 2e6;

/**
 * A temporary folder in which both programs are run, one after the other, at the same place, so that paths which they
 * print are the same.
 */
export class Workbench {
  readonly base: string;
  readonly temporary: string;
  readonly empty: string;
  readonly original: LaidOut;
  readonly converted: LaidOut;
  /** The copy of a package. */
  readonly packaged: FolderCopy | undefined;
  readonly #stashes = new Map<FolderCopy, string>();

  constructor(original: ProgramSubject, converted: Subject, limits: CopyLimits) {
    // A short path: sockets of a temporary folder have a limit of about 100 bytes.
    this.base = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'gv-')));
    try {
      this.temporary = path.join(this.base, 't');
      this.empty = path.join(this.base, 'e');
      const root = path.join(this.base, 'f', path.basename(original.root) || 'folder');
      const within = path.relative(original.root, original.folder);
      const folder = path.join(root, within);
      const copy = new FolderCopy(root, limits);
      copy.add(original.root, '');
      this.original = {
        subject: original,
        copy,
        program: path.join(within, path.basename(original.absolute)),
        folder,
      };
      this.#ownPaths(copy, original, converted);
      if (converted.kind === 'package') {
        this.packaged = this.#packageCopy(original, converted, limits);
        this.converted = { subject: converted, copy, program: undefined, folder };
      } else {
        this.converted = this.#laidOut(original, converted, limits);
      }
    } catch (error) {
      this.remove();
      throw error;
    }
  }

  sideOf(side: Side): LaidOut {
    return side === 'original' ? this.original : this.converted;
  }

  /** Puts a side's copy into its place. */
  activate(side: Side): LaidOut {
    const laidOut = this.sideOf(side);
    const stash = this.#stashes.get(laidOut.copy);
    if (stash !== undefined && fs.existsSync(stash)) {
      const other = this.sideOf(side === 'original' ? 'converted' : 'original');
      fs.renameSync(other.copy.root, this.#stashes.get(other.copy)!);
      fs.renameSync(stash, laidOut.copy.root);
    }
    for (const folder of [this.temporary, this.empty]) {
      fs.rmSync(folder, { recursive: true, force: true });
      fs.mkdirSync(folder);
    }
    return laidOut;
  }

  /** A side's program as it lies in its copy, which has to be in its place. */
  subjectInCopy(side: Side): Subject {
    const { subject, copy, folder, program } = this.sideOf(side);
    if (subject.kind === 'package') return { ...subject, absolute: this.packaged!.root };
    return { ...subject, absolute: path.join(copy.root, program!), folder, root: copy.root };
  }

  /** Changes a text file of a copy for all runs; `change` gives undefined to leave it. */
  static edit(copy: FolderCopy, name: string, change: (text: string) => string | undefined): boolean {
    const shown = name.split(path.sep).join('/');
    const content = readContent(path.join(copy.root, name), textKindOf(shown));
    if ('reason' in content) return false;
    const text = change(content.text);
    if (text === undefined) return false;
    const bytes = encode(text, content.encoding);
    if ('reason' in bytes) return false;
    copy.put(name, bytes);
    return true;
  }

  remove(): void {
    fs.rmSync(this.base, { recursive: true, force: true, maxRetries: 3 });
  }

  #laidOut(original: ProgramSubject, converted: ProgramSubject, limits: CopyLimits): LaidOut {
    const { copy, folder } = this.original;
    const within = path.relative(original.root, original.folder);
    const program = path.join(within, path.basename(converted.absolute));
    if (converted.folder === original.folder) return { subject: converted, copy, program, folder };
    // Another folder: its files over those of the original's folder, so that it finds the same data at the same place.
    const first = path.join(this.base, 'o');
    fs.renameSync(copy.root, first);
    const second = new FolderCopy(copy.root, limits);
    second.add(original.root, '');
    const isSameShape =
      path.relative(converted.root, converted.folder) === within && converted.root !== original.root;
    if (isSameShape) second.add(converted.root, '');
    else second.add(converted.folder, within);
    this.#ownPaths(second, original, converted);
    this.#stashes.set(copy, first);
    this.#stashes.set(second, path.join(this.base, 'c'));
    return { subject: converted, copy: second, program, folder };
  }

  #packageCopy(original: ProgramSubject, subject: PackageSubject, limits: CopyLimits): FolderCopy {
    const copy = new FolderCopy(path.join(this.base, 'p'), limits);
    copy.add(subject.absolute, '');
    this.#ownPaths(copy, original, subject);
    return copy;
  }

  /** Programs that name their folder by its absolute path get the path of the copy. */
  #ownPaths(copy: FolderCopy, original: ProgramSubject, converted: Subject): void {
    const { folder } = this.original;
    const root = this.original.copy.root;
    const pairs: (readonly [from: string, to: string])[] = [[original.root, root]];
    if (converted.kind !== 'package') pairs.push([converted.folder, folder], [converted.root, root]);
    const targets = new Map([...pairs].reverse());
    const longestFirst = [...targets.keys()].sort((a, b) => b.length - a.length);
    const pattern = new RegExp(`(?:${longestFirst.map(escapeRegExp).join('|')})(?![\\w.-])`, 'g');
    for (const name of [...copy.names]) {
      if (!/\.(?:py|ipynb|ya?ml)$/.test(name)) continue;
      if (fs.statSync(path.join(copy.root, name)).size > LARGEST_TEXT) continue;
      Workbench.edit(copy, name, (text) => {
        const changed = text.replace(pattern, (from) => targets.get(from) ?? from);
        return changed === text ? undefined : changed;
      });
    }
  }
}

function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}
