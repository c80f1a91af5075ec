import fs from 'node:fs';
import path from 'node:path';
import ignore, { type Ignore } from 'ignore';
import { boundPatterns } from '../text/ignorePatterns';
import { pathWithin } from './paths';

/**
 * The rules of all `.gitignore` files from a base folder down to one folder. Deeper files win over those above them,
 * as in git, so all rules stand in one list, each bound to its file's folder.
 */
export class IgnoreRules {
  private constructor(
    private readonly base: string,
    private readonly rules: Ignore | undefined,
  ) {}

  /**
   * The rules that hold in a folder where a walk starts: those of its repository's folders above it, and its own. A
   * folder that is itself ignored was asked for by name, so rules from above do not count there.
   */
  static startingAt(folder: string): IgnoreRules {
    const base = repositoryOf(folder) ?? folder;
    let rules = new IgnoreRules(base, undefined).within(base);
    const parts = (pathWithin(base, folder) ?? '').split('/').filter(Boolean);
    let at = base;
    for (const part of parts) {
      at = path.join(at, part);
      if (rules.ignores(at, true)) return new IgnoreRules(folder, undefined).within(folder);
      rules = rules.within(at);
    }
    return rules;
  }

  /** The rules in a folder below, whose own `.gitignore` is read. */
  within(folder: string): IgnoreRules {
    const text = readIgnoreFile(path.join(folder, '.gitignore'));
    if (text === undefined) return this;
    const prefix = pathWithin(this.base, folder) ?? '';
    const rules = ignore({ ignorecase: false });
    if (this.rules) rules.add(this.rules);
    return new IgnoreRules(this.base, rules.add(boundPatterns(text, prefix)));
  }

  ignores(absolute: string, isFolder: boolean): boolean {
    const relative = pathWithin(this.base, absolute);
    if (!this.rules || relative === undefined || relative === '') return false;
    return this.rules.ignores(isFolder ? `${relative}/` : relative);
  }
}

/** The nearest folder with `.git`, which in worktrees and submodules is a file. */
function repositoryOf(folder: string): string | undefined {
  for (let at = folder; ; at = path.dirname(at)) {
    if (fs.existsSync(path.join(at, '.git'))) return at;
    if (path.dirname(at) === at) return undefined;
  }
}

function readIgnoreFile(file: string): string | undefined {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
