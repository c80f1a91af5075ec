import { diffArrays } from 'diff';

/** Which lines of a package are the author's: those that the original has, but for names that became attributes. */
export class WrittenLines {
  readonly #original: ReadonlySet<string>;
  readonly #pairs: ReadonlySet<string>;

  constructor(original: string) {
    const lines = original.split(/\r\n|\r|\n/);
    this.#original = new Set(lines.map(bare));
    this.#pairs = new Set(gaps(lines.map(bare)).map(({ pair }) => pair));
  }

  isMoved(line: string): boolean {
    return this.#original.has(bare(line));
  }

  /** What a formatter would change in lines that are not the author's, as `- line` and `+ line`. */
  formatted(before: string, after: string): readonly string[] {
    const lines = before.split('\n');
    const own = new Set(gaps(lines.map(bare)).flatMap(({ pair, at }) => (this.#pairs.has(pair) ? [] : at)));
    const changes = diffArrays(lines, after.split('\n'));
    const found: string[] = [];
    let at = 0;
    for (const [i, { value, added, removed }] of changes.entries()) {
      if (added) {
        const isReplacing = changes[i - 1]?.removed === true;
        if (!isReplacing && value.every((line) => line.trim() === '') && own.has(at)) {
          found.push(...value.map((line) => `+ ${line}(above ${lines[at]})`));
        }
        continue;
      }
      if (removed) {
        value.forEach((line, j) => {
          const isOwn = line.trim() === '' ? own.has(at + j) : !this.isMoved(line);
          if (isOwn) found.push(`- ${line}`);
        });
      }
      at += value.length;
    }
    return found;
  }
}

/** Without its indent, and with attributes and literals told apart no more. */
function bare(line: string): string {
  return line
    .trim()
    .replace(/^(?:return|[\w.]+(?::[^=]*)? =) /, '')
    .replace(/\b(?:state|shared|run_state)\.(?:config|settings)\.\w+/g, '\u00a7')
    .replace(/\b(?:state|shared|run_state)\./g, '')
    .replace(/f?(['"])(?:(?!\1).)+\1/g, '\u00a7');
}

/** Every two lines that stand one above the other, with how many empty ones between them, and where those are. */
function gaps(
  lines: readonly string[],
): readonly { readonly pair: string; readonly at: readonly number[] }[] {
  const found: { pair: string; at: number[] }[] = [];
  let above = '';
  let empty: number[] = [];
  for (const [i, line] of lines.entries()) {
    if (line === '') {
      empty.push(i);
      continue;
    }
    found.push({ pair: `${above}\n${empty.length}\n${line}`, at: [...empty, i] });
    [above, empty] = [line, []];
  }
  return found;
}
