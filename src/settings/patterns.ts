import ignore, { type Ignore } from 'ignore';

/**
 * Patterns of paths, as `.gitignore` has them, relative to the folder of the settings file: a name without a slash
 * holds at every depth, one with a slash from that folder on, a folder stands for all below it, `!` takes back.
 */
export class Patterns {
  readonly #rules: Ignore | undefined;

  constructor(patterns: readonly string[]) {
    if (patterns.length > 0) this.#rules = ignore({ ignorecase: false }).add(patterns.map(literalHash));
  }

  /** @param path Relative to the settings file's folder, with `/`; what lies outside it never matches. */
  matches(path: string, isFolder: boolean): boolean {
    if (!this.#rules || path === '' || path === '.' || path.startsWith('../') || path === '..') return false;
    return this.#rules.ignores(isFolder ? `${path}/` : path);
  }
}

/** Why a pattern can match nothing; undefined if it can. */
export function patternProblem(pattern: string): string | undefined {
  if (pattern.trim() === '') return 'an empty pattern matches nothing';
  const body = pattern.replace(/^!/, '');
  if (/^\/*\.\.(?:\/|$)/.test(body)) return 'a pattern cannot lead out of the folder of the settings file';
  if (/^\.\//.test(body)) return `a pattern does not begin with "./": leave that away`;
  if (/^[A-Za-z]:[\\/]/.test(body)) return 'a pattern is relative to the folder of the settings file';
  if (body.includes('\\') && !/\\[\s!#*?[\]\\]/.test(body)) return 'folders are separated by "/", not "\\"';
  try {
    ignore().add(literalHash(pattern)).ignores('x');
    return undefined;
  } catch {
    return 'no valid pattern';
  }
}

/** In a list nothing is a comment. */
function literalHash(pattern: string): string {
  return pattern.startsWith('#') ? `\\${pattern}` : pattern;
}
