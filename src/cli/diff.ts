import { FILE_HEADERS_ONLY, OMIT_HEADERS, formatPatch, structuredPatch } from 'diff';
import { type NotebookCell, readNotebook } from '../program/notebook/read';
import type { PendingFile } from './overlay';
import { isNotebookPath } from './load';

const CONTEXT = { context: 3 };

/**
 * A unified diff of one file. Scripts: `git apply` and `patch -p1` take it. Notebooks: of the cells' sources, one by
 * one; line numbers count within the cell, which stands behind the `@@`.
 *
 * @param shown The path as it is shown; used with `a/` and `b/` in front.
 */
export function unifiedDiff(file: PendingFile, shown: string): string {
  const cells = file.before && isNotebookPath(file.path) ? cellHunks(file.before.text, file.text) : undefined;
  // The mark is a part of the first line: without it the patch would not apply.
  const mark = file.encoding.bom ? '\ufeff' : '';
  const patch = structuredPatch(
    file.before ? `a/${shown}` : '/dev/null',
    `b/${shown}`,
    cells === undefined && file.before ? mark + file.before.text : '',
    cells === undefined ? mark + file.text : '',
    undefined,
    undefined,
    CONTEXT,
  );
  return formatPatch(patch, FILE_HEADERS_ONLY) + (cells ?? '');
}

/** Undefined where cells cannot be told apart by their index: then the file's own text is shown. */
function cellHunks(before: string, after: string): string | undefined {
  const [left, right] = [readNotebook(before), readNotebook(after)];
  if ('reason' in left || 'reason' in right || left.cells.length !== right.cells.length) return undefined;
  return left.cells.map((cell, i) => hunksOfCell(cell, right.cells[i]!)).join('');
}

function hunksOfCell(before: NotebookCell, after: NotebookCell): string {
  const patch = structuredPatch('', '', withEnd(before.source), withEnd(after.source), '', '', CONTEXT);
  const lost = before.outputs.length - after.outputs.length;
  // Not the outputs themselves: what is taken out may be what nobody is to see.
  const outputs = `@@ -1,${lost} +0,0 @@ # %% cell ${before.index + 1}, outputs\n${'-(saved output)\n'.repeat(Math.max(0, lost))}`;
  const source = patch.hunks
    .map((hunk) => formatPatch({ ...patch, hunks: [hunk] }, OMIT_HEADERS))
    .map((text) => text.replace(/^@@[^\n]*/, `$& # %% cell ${before.index + 1}`))
    .join('');
  return lost > 0 ? source + outputs : source;
}

/** A cell's last line has no line break, which is nothing to be told about. */
function withEnd(source: string): string {
  return source === '' || source.endsWith('\n') ? source : `${source}\n`;
}

/** The diff with the colours that git gives it. */
export function colouredDiff(diff: string): string {
  // Not by `^` and `$`, which also stop at a lone carriage return.
  return diff.split('\n').map(colouredLine).join('\n');
}

function colouredLine(line: string): string {
  const code = CODES.find(([start]) => line.startsWith(start))?.[1];
  return code === undefined ? line : `\x1b[${code}m${line}\x1b[0m`;
}

const CODES = [
  ['--- ', 1],
  ['+++ ', 1],
  ['@@', 36],
  ['+', 32],
  ['-', 31],
] as const;
