import fs from 'node:fs';
import path from 'node:path';
import type { ProgramSource } from '../program/source';
import type { ProjectFiles } from '../semantics/moduleIndex';
import { discover } from './discovery';
import { isProgramPath, programOf } from './load';
import type { OverlayWorkspace } from './overlay';
import { pathWithin } from './paths';
import { statOf } from '../machine/stat';
import type { DiskWorkspace } from './workspace';

/** The programs of a project as the run sees them: on the disk, or changed in memory. */
export class DiskProjectFiles implements ProjectFiles {
  readonly root = '';
  readonly #has = new Map<string, boolean>();
  readonly #sources = new Map<
    string,
    { readonly text: string; readonly source: ProgramSource | undefined; readonly isPending: boolean }
  >();

  /**
   * @param isWhole The root is a project's; else it is just a folder that was asked for, and nobody wants all of it
   *   read for one file: then only the programs of this run count.
   */
  constructor(
    private readonly disk: DiskWorkspace,
    private readonly overlay: OverlayWorkspace,
    private readonly folder: string,
    private readonly isWhole: boolean,
    private readonly named: () => Iterable<string>,
  ) {}

  has(file: string): boolean {
    let known = this.#has.get(file);
    if (known === undefined) {
      // Most of what an import may mean is not there; only what is there may be a link that leads out.
      known =
        (statOf(path.join(this.folder, file))?.isFile() ?? false) && this.disk.resolve(file) !== undefined;
      this.#has.set(file, known);
    }
    return known;
  }

  paths(): readonly string[] {
    const all = new Set(this.named());
    const found = this.isWhole
      ? discover([this.folder], this.folder).files.map(({ absolute }) => absolute)
      : [];
    // The folder's own programs are looked at in any case: the neighbours of a script are who imports it.
    for (const folder of new Set([...all].map((file) => path.dirname(path.join(this.folder, file))))) {
      found.push(...programsIn(folder));
    }
    for (const absolute of found) {
      const file = pathWithin(this.folder, absolute);
      if (file !== undefined) all.add(file);
    }
    return [...all].sort();
  }

  source(file: string): ProgramSource | undefined {
    const pending = this.overlay.pendingText(file);
    const known = this.#sources.get(file);
    if (known && (pending === undefined ? !known.isPending : pending === known.text)) return known.source;
    const text = pending ?? this.#onDisk(file);
    if (text === undefined) return undefined;
    const program = programOf(file, text);
    const source = 'reason' in program ? undefined : program;
    this.#sources.set(file, { text, source, isPending: pending !== undefined });
    return source;
  }

  /** What `source` has of a program, if that is still its text. */
  known(file: string, text: string): ProgramSource | undefined {
    const source = this.source(file);
    return this.#sources.get(file)?.text === text ? source : undefined;
  }

  #onDisk(file: string): string | undefined {
    if (!isProgramPath(file) || path.isAbsolute(file)) return undefined;
    const content = this.disk.content(file);
    return content && 'text' in content ? content.text : undefined;
  }
}

/** The programs that lie in a folder itself. */
function programsIn(folder: string): readonly string[] {
  try {
    return fs
      .readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isFile() && isProgramPath(entry.name))
      .map((entry) => path.join(folder, entry.name));
  } catch {
    return [];
  }
}
