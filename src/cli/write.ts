import nodeFs from 'node:fs';
import path from 'node:path';
import { systemReason } from './exit';

/** A file that is to be written. */
export interface FileWrite {
  readonly absolute: string;
  readonly bytes: Uint8Array;
  /** What must be in the file now; undefined if there must be none. */
  readonly before: Uint8Array | undefined;
}

/** Which file stopped a group of writes, and why. */
export interface WriteFailure {
  readonly absolute: string;
  readonly reason: string;
}

type FileSystem = typeof nodeFs;

class WriteError extends Error {
  constructor(
    readonly absolute: string,
    readonly reason: string,
  ) {
    super(reason);
  }
}

/**
 * Writes files, all of them or none: everything is checked and written beside its target first, then renamed into
 * place, and what was renamed is put back if a later one fails. Modes and owners are kept; a link stays a link.
 *
 * @returns What stopped it; undefined if all is written.
 */
export function writeTogether(
  writes: readonly FileWrite[],
  fs: FileSystem = nodeFs,
): WriteFailure | undefined {
  const transaction = new Transaction(fs);
  try {
    for (const write of writes) transaction.stage(write);
    transaction.commit();
    return undefined;
  } catch (error) {
    const unrestored = transaction.rollBack();
    if (!(error instanceof WriteError)) throw error;
    const lost = unrestored.map((file) => `; ${path.basename(file)} could not be put back`).join('');
    return { absolute: error.absolute, reason: error.reason + lost };
  }
}

interface Staged {
  readonly write: FileWrite;
  /** Where the bytes go: the file behind a link. */
  readonly target: string;
  readonly temporary: string;
  readonly stat: nodeFs.Stats | undefined;
}

class Transaction {
  readonly #staged: Staged[] = [];
  readonly #done: Staged[] = [];
  readonly #folders: string[] = [];
  #temporaries: string[] = [];

  constructor(private readonly fs: FileSystem) {}

  /** Checks a file and writes its new bytes beside it. */
  stage(write: FileWrite): void {
    guard(write.absolute, () => {
      const { fs } = this;
      const stat = this.#check(write);
      const target = stat ? fs.realpathSync(write.absolute) : write.absolute;
      if (!stat) this.#makeFolder(path.dirname(target));
      const temporary = this.#writeBeside(target, write.bytes, stat);
      this.#staged.push({ write, target, temporary, stat });
    });
  }

  /** Puts all files in place. */
  commit(): void {
    for (const staged of this.#staged) {
      guard(staged.write.absolute, () => {
        // Checked again: all the other files were written in between.
        this.#check(staged.write);
        if (staged.stat) this.fs.renameSync(staged.temporary, staged.target);
        else this.#create(staged);
        this.#done.push(staged);
      });
    }
    this.#temporaries = [];
  }

  /** Puts everything back. @returns Files for which that failed. */
  rollBack(): string[] {
    const { fs } = this;
    const unrestored: string[] = [];
    for (const { write, target, stat } of this.#done.reverse()) {
      try {
        if (write.before && stat) fs.renameSync(this.#writeBeside(target, write.before, stat), target);
        else fs.unlinkSync(target);
      } catch {
        unrestored.push(target);
      }
    }
    for (const file of this.#temporaries) fs.rmSync(file, { force: true });
    for (const folder of this.#folders.reverse()) {
      try {
        fs.rmdirSync(folder);
      } catch {
        // Somebody else has put a file into it.
      }
    }
    return unrestored;
  }

  #check({ absolute, before }: FileWrite): nodeFs.Stats | undefined {
    const { fs } = this;
    if (!before) {
      if (!fs.lstatSync(absolute, { throwIfNoEntry: false })) return undefined;
      throw new WriteError(absolute, 'the file is there already');
    }
    if (Buffer.compare(fs.readFileSync(absolute), before) !== 0) {
      throw new WriteError(absolute, 'the file was changed by somebody else in the meantime');
    }
    // A rename needs no right to write the file itself, but who took that right away meant it.
    fs.accessSync(absolute, fs.constants.W_OK);
    return fs.statSync(absolute);
  }

  #writeBeside(target: string, bytes: Uint8Array, stat: nodeFs.Stats | undefined): string {
    const { fs } = this;
    const name = `.${path.basename(target).slice(0, 100)}.${process.pid}-${this.#temporaries.length}.tmp`;
    const temporary = path.join(path.dirname(target), name);
    const handle = fs.openSync(temporary, 'wx', 0o666);
    this.#temporaries.push(temporary);
    try {
      fs.writeFileSync(handle, bytes);
      if (stat) {
        this.#keepOwner(handle, stat);
        fs.fchmodSync(handle, stat.mode & 0o7777);
      }
      fs.fsyncSync(handle);
    } finally {
      fs.closeSync(handle);
    }
    return temporary;
  }

  #keepOwner(handle: number, stat: nodeFs.Stats): void {
    const own = this.fs.fstatSync(handle);
    if (own.uid === stat.uid && own.gid === stat.gid) return;
    try {
      this.fs.fchownSync(handle, stat.uid, stat.gid);
    } catch {
      // Only root may give files away; the content matters more.
    }
  }

  /** Unlike a rename, a link never replaces a file that somebody made a moment ago. */
  #create({ temporary, target }: Staged): void {
    const { fs } = this;
    try {
      fs.linkSync(temporary, target);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') throw error;
      // Not every file system has links.
      this.#copyNew(temporary, target);
    }
    fs.unlinkSync(temporary);
  }

  #copyNew(from: string, target: string): void {
    try {
      this.fs.copyFileSync(from, target, this.fs.constants.COPYFILE_EXCL);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') this.fs.rmSync(target, { force: true });
      throw error;
    }
  }

  #makeFolder(folder: string): void {
    const missing: string[] = [];
    for (let at = folder; !this.fs.existsSync(at); at = path.dirname(at)) missing.push(at);
    for (const each of missing.reverse()) {
      this.fs.mkdirSync(each);
      this.#folders.push(each);
    }
  }
}

/** Says which file a system error is about. */
function guard(absolute: string, action: () => void): void {
  try {
    action();
  } catch (error) {
    if (error instanceof WriteError || (error as NodeJS.ErrnoException).code === undefined) throw error;
    throw new WriteError(absolute, systemReason(error));
  }
}
