import type { TextEdit } from '../../text/edit';

/** The list `[project] dependencies` of a pyproject.toml. */
export interface DependencyList {
  readonly entries: readonly string[];
  /** The edits that add entries at its end, in its layout. */
  add(entries: readonly string[]): readonly TextEdit[];
}

interface Entry {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/**
 * Finds the list of dependencies that PEP 621 defines.
 *
 * @returns Undefined if the file has none; a text if it has one that cannot be extended surely: why.
 */
export function projectDependencies(toml: string): DependencyList | undefined | string {
  const header = /^[ \t]*\[[ \t]*project[ \t]*\][ \t]*(?:#[^\r\n]*)?$/m.exec(toml);
  if (!header) return undefined;
  const from = header.index + header[0].length;
  // The next table; a line of a list may start with a bracket, too, but not with a bare word in it.
  const next = toml
    .slice(from)
    .search(/^[ \t]*\[{1,2}[ \t]*[\w"'.-]+[ \t]*(?:\.[^\]\r\n]*)?\]{1,2}[ \t]*(?:#[^\r\n]*)?$/m);
  const section = toml.slice(from, next < 0 ? toml.length : from + next);
  const key = /^[ \t]*(?:dependencies|"dependencies"|'dependencies')[ \t]*=[ \t]*/m.exec(section);
  if (!key) {
    const isDynamic = /^[ \t]*dynamic[ \t]*=[ \t]*\[[^\]]*["']dependencies["']/m.test(section);
    return isDynamic ? 'the dependencies are read from elsewhere' : undefined;
  }
  const open = from + key.index + key[0].length;
  const list = toml[open] === '[' ? readList(toml, open) : undefined;
  if (!list) return 'the list of dependencies is written in a way that is not read';
  return { entries: list.entries.map(({ text }) => text), add: (added) => editsFor(toml, open, list, added) };
}

interface List {
  readonly entries: readonly Entry[];
  /** Offset of the closing bracket. */
  readonly close: number;
  /** A comma stands behind the last entry. */
  readonly hasComma: boolean;
}

const STRING = /"((?:[^"\\\r\n]|\\.)*)"|'([^'\r\n]*)'/y;

/** A list of one-line strings with comments among them; undefined for anything else. */
function readList(toml: string, open: number): List | undefined {
  const entries: Entry[] = [];
  let hasComma = true;
  for (let at = open + 1; at < toml.length;) {
    const c = toml.charAt(at);
    if (/\s/.test(c)) at++;
    else if (c === '#') at += /^[^\r\n]*/.exec(toml.slice(at))![0].length;
    else if (c === ',') {
      if (hasComma) return undefined;
      hasComma = true;
      at++;
    } else if (c === ']') return { entries, close: at, hasComma };
    else {
      STRING.lastIndex = at;
      const string = STRING.exec(toml);
      if (!string || !hasComma || toml.startsWith('"""', at) || toml.startsWith("'''", at)) return undefined;
      const text = string[1]?.replace(/\\(.)/g, '$1') ?? string[2] ?? '';
      entries.push({ start: at, end: at + string[0].length, text });
      hasComma = false;
      at += string[0].length;
    }
  }
  return undefined;
}

function editsFor(toml: string, open: number, list: List, added: readonly string[]): readonly TextEdit[] {
  const strings = added.map(quoted);
  const last = list.entries.at(-1);
  const insert = (at: number, newText: string): TextEdit => ({ span: { start: at, end: at }, newText });
  if (!last) return [insert(open + 1, strings.join(', '))];
  const indent = /(\r\n|\n|\r)([ \t]*)$/.exec(toml.slice(0, last.start));
  // One line: behind the last entry, in front of a comma that may be there.
  if (!indent) return [insert(last.end, strings.map((each) => `, ${each}`).join(''))];
  const [, lineBreak, blanks] = indent;
  const rest = toml.slice(last.end, list.close);
  // A comment behind the last entry stays with it.
  const line = /^[^\r\n]*/.exec(rest)![0];
  const isLineClosed = line.length === rest.length;
  const ending = list.hasComma ? ',' : '';
  const lines = strings
    .map((each, i) => `${lineBreak}${blanks}${each}${i < strings.length - 1 ? ',' : ending}`)
    .join('');
  const comma = list.hasComma ? [] : [insert(last.end, ',')];
  // The closing bracket on the last entry's line, and nothing but blanks in between.
  const at = isLineClosed ? last.end + line.trimEnd().length : last.end + line.length;
  return [...comma, insert(at, lines)];
}

function quoted(text: string): string {
  if (!text.includes('"') && !text.includes('\\')) return `"${text}"`;
  return text.includes("'") ? JSON.stringify(text) : `'${text}'`;
}
