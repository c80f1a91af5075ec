import fs from 'node:fs';
import { applyCellEdits } from '../../src/program/notebook/cell-edits';
import { readNotebook } from '../../src/program/notebook/read';
import { decode, encode } from '../../src/text/encoding';
import type { CorpusFile } from './corpus';

/** What is wrong with how a file is read and written; empty if every byte comes back. */
export function codecProblems({ name, absolute }: CorpusFile): string[] {
  const bytes = fs.readFileSync(absolute);
  const decoded = decode(bytes, name.endsWith('.ipynb') ? 'json' : 'python');
  // Files that CPython refuses, too; the comparison of syntax tells whether rightly.
  if ('reason' in decoded) return [];
  const encoded = encode(decoded.text, decoded);
  if ('reason' in encoded) {
    return encoded.reason.endsWith('can be read but not written') ? [] : [`${name}: ${encoded.reason}`];
  }
  if (!Buffer.from(encoded).equals(bytes)) return [`${name}: other bytes are written than were read`];
  return name.endsWith('.ipynb') ? notebookProblems(name, decoded.text) : [];
}

function notebookProblems(name: string, text: string): string[] {
  const notebook = readNotebook(text);
  if ('reason' in notebook) return [`${name}: ${notebook.reason}`];
  if (notebook.readOnly !== undefined) return [];
  const asIs = notebook.cells.map(({ index, source }) => ({ cell: index, newSource: source }));
  const found: string[] = [];
  const raw = (JSON.parse(text) as { cells?: { source?: unknown }[] }).cells ?? [];
  if (applyCellEdits(text, asIs) !== text) found.push(`${name}: sources that stay change the file`);
  for (const { index, source } of notebook.cells) {
    for (const [what, newSource] of changesOf(source)) {
      const edited = applyCellEdits(text, [{ cell: index, newSource }]);
      if (typeof edited !== 'string') {
        found.push(`${name}: cell ${index}: ${edited.reason}`);
        continue;
      }
      const again = readNotebook(edited);
      if ('reason' in again || again.cells[index]?.source !== newSource) {
        found.push(`${name}: cell ${index} does not read back with ${what}`);
      }
      const back = applyCellEdits(edited, [{ cell: index, newSource: source }]);
      if (isCanonical(raw[index]?.source, text, edited) ? back !== text : !readsAs(back, index, source)) {
        found.push(`${name}: cell ${index} does not come back after ${what}`);
      }
    }
  }
  return found;
}

/** A list with one item for each line, in a file that spells letters beyond ASCII in one way, which still shows. */
function isCanonical(source: unknown, text: string, edited: string): boolean {
  const isEscaped = (json: string): boolean => /\\u(?:00[89a-f]|0[1-9a-f]|[1-9a-f])/i.test(json);
  const isRaw = (json: string): boolean => /[^\x00-\x7f]/.test(json);
  const isMixed = isEscaped(text) && isRaw(text);
  if (isMixed || !Array.isArray(source) || isEscaped(text) !== isEscaped(edited)) return false;
  const lines = source.join('').split(/(?<=\n)/);
  return source.length === 0 || JSON.stringify(source) === JSON.stringify(lines);
}

function readsAs(text: ReturnType<typeof applyCellEdits>, index: number, source: string): boolean {
  const notebook = typeof text === 'string' ? readNotebook(text) : text;
  return !('reason' in notebook) && notebook.cells[index]?.source === source;
}

function changesOf(source: string): readonly (readonly [string, string])[] {
  return [
    ['a line at the end', `${source}\nx = "é\\n"`],
    ['a line at the start', `# ü 😀\n${source}`],
    ['nothing', ''],
    ['another first word', source.replace(/\w+/, 'graduate')],
  ];
}
