import fs from 'node:fs';
import path from 'node:path';

/** What starts a line at the left edge and is no statement that could move into a function, or is the end of one. */
const OTHERS =
  /^(?:[\s#)\]}@"'%!]|import\b|from\b|def\b|class\b|async\b|elif\b|else\b|except\b|finally\b|case\b|$)/;

/**
 * A selection of a program as options of the command line, spread over it by a number.
 *
 * @param share From 0 to 1: where in the program it begins.
 * @param length How many statements or cells it takes.
 */
export function selectionIn(folder: string, input: string, share: number, length: number): readonly string[] {
  const text = fs.readFileSync(path.join(folder, input), 'latin1');
  if (input.endsWith('.ipynb')) {
    const { cells } = JSON.parse(text) as { readonly cells: readonly { readonly cell_type: string }[] };
    const code = cells.flatMap(({ cell_type }, i) => (cell_type === 'code' ? [i + 1] : []));
    const first = Math.floor(share * (code.length - 1));
    return ['--cells', `${code[first]}-${code[Math.min(first + length, code.length) - 1]}`];
  }
  const lines = text.split(/\r\n|\n|\r/);
  const starts = lines.flatMap((line, i) => (OTHERS.test(line) ? [] : [i]));
  const at = Math.min(Math.floor(share * starts.length), starts.length - 1);
  const first = starts[at] ?? 0;
  const next = starts[at + length] ?? lines.length;
  let last = next - 1;
  while (last > first && /^(?:\s*$|#|@|import\b|from\b)/.test(lines[last]!)) last--;
  return ['--lines', `${first + 1}-${last + 1}`];
}
