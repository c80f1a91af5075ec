import fs from 'node:fs';
import path from 'node:path';
import { type FileProblem, systemReason } from './exit';
import { IgnoreRules } from './gitignore';
import { shownPath } from './paths';
import { Exclusions, type SettingsFiles } from './settingsFiles';
import { statOf } from '../machine/stat';

/** A file that was asked for, by itself or as a part of a folder. */
export interface FoundFile {
  readonly absolute: string;
  /** As it is shown: relative to the working directory, with `/`. */
  readonly shown: string;
  /** The folder that was asked for, or the file's own. */
  readonly start: string;
  /** The file itself was asked for. */
  readonly isNamed: boolean;
}

export interface Discovery {
  /** Arguments in their order, below each by name; no file twice. */
  readonly files: readonly FoundFile[];
  readonly problems: readonly FileProblem[];
}

const PROGRAM = /\.(?:py|ipynb)$/;
/** Never looked into, whatever `.gitignore` says. */
const SKIPPED = new Set([
  ...['.git', '.hg', '.svn'],
  ...['node_modules', '__pycache__', '.ipynb_checkpoints', 'site-packages'],
]);

/**
 * Finds the programs below files and folders. A file that is named is taken whatever it is called and whatever
 * `.gitignore` and the settings say; links to folders are not followed, so links in a circle do no harm.
 *
 * @param settings Leave things out, too; without them all programs are found.
 */
export function discover(paths: readonly string[], cwd: string, settings?: SettingsFiles): Discovery {
  const walk = new Walk(cwd, settings);
  for (const each of paths) walk.start(path.resolve(cwd, each));
  return { files: walk.files(), problems: walk.problems };
}

interface Candidate extends FoundFile {
  readonly isLink: boolean;
  /** The path without links. */
  readonly real: string;
}

class Walk {
  readonly problems: FileProblem[] = [];
  readonly #found: Candidate[] = [];
  /** Those of the folder that is walked through. */
  #exclusions: Exclusions | undefined;

  constructor(
    private readonly cwd: string,
    private readonly settings: SettingsFiles | undefined,
  ) {}

  /** What was found, each file once: a file itself rather than a link to it. */
  files(): FoundFile[] {
    const seen = new Set<string>();
    const own = new Set(this.#found.filter((file) => !file.isLink).map((file) => file.real));
    return this.#found
      .filter(({ isLink, real }) => {
        if (seen.has(real) || (isLink && own.has(real))) return false;
        seen.add(real);
        return true;
      })
      .map(({ absolute, shown, start, isNamed }) => ({ absolute, shown, start, isNamed }));
  }

  start(absolute: string): void {
    let stat: fs.Stats;
    try {
      stat = fs.statSync(absolute);
    } catch (error) {
      this.#fail(absolute, error);
      return;
    }
    if (stat.isDirectory()) {
      this.#exclusions = this.settings && new Exclusions(this.settings, absolute);
      this.#folder(absolute, absolute, IgnoreRules.startingAt(absolute));
    } else if (stat.isFile()) this.#take(absolute, path.dirname(absolute), true);
    else
      this.problems.push({ path: shownPath(this.cwd, absolute), message: 'is neither a file nor a folder' });
  }

  #folder(folder: string, start: string, rules: IgnoreRules): void {
    let entries: fs.Dirent[];
    try {
      entries = fs.readdirSync(folder, { withFileTypes: true });
    } catch (error) {
      this.#fail(folder, error);
      return;
    }
    if (folder !== start && isEnvironment(entries)) return;
    // By code units, not as the locale sorts: the order is the same on every machine.
    entries.sort((a, b) => (a.name < b.name ? -1 : 1));
    for (const entry of entries) {
      const absolute = path.join(folder, entry.name);
      if (entry.isDirectory()) {
        if (SKIPPED.has(entry.name) || rules.ignores(absolute, true)) continue;
        if (this.#exclusions?.leavesOut(folder, absolute, true)) continue;
        this.#folder(absolute, start, rules.within(absolute));
      } else if (PROGRAM.test(entry.name) && isFile(entry, absolute) && !rules.ignores(absolute, false)) {
        if (!this.#exclusions?.leavesOut(folder, absolute, false)) this.#take(absolute, start, false);
      }
    }
  }

  #take(absolute: string, start: string, isNamed: boolean): void {
    try {
      const real = fs.realpathSync(absolute);
      const isLink = fs.lstatSync(absolute).isSymbolicLink();
      const shown = shownPath(this.cwd, absolute);
      this.#found.push({ absolute, shown, start, isNamed, isLink, real });
    } catch (error) {
      this.#fail(absolute, error);
    }
  }

  #fail(absolute: string, error: unknown): void {
    this.problems.push({ path: shownPath(this.cwd, absolute), message: systemReason(error) });
  }
}

/** A virtual environment of venv, virtualenv or conda: other people's code. */
function isEnvironment(entries: readonly fs.Dirent[]): boolean {
  return entries.some((entry) => entry.name === 'pyvenv.cfg' || entry.name === 'conda-meta');
}

function isFile(entry: fs.Dirent, absolute: string): boolean {
  if (!entry.isSymbolicLink()) return entry.isFile();
  // A link to a folder, or to nothing: not ours.
  return statOf(absolute)?.isFile() ?? false;
}
