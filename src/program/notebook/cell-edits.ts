import { EditSet, type TextEdit } from '../../text/edit';
import { FileStyle } from './file-style';
import { parseJson } from './json';
import { colonOf, itemSpans, layoutOf } from './layout';
import { sourceOf } from './read';
import { rewrittenSource } from './source-edit';
import { parseNotebook } from './tree';

/** The whole new source of one cell. */
export interface CellEdit {
  /** Zero-based index in the notebook's cells, all types counted. */
  readonly cell: number;
  readonly newSource: string;
}

/** Why a notebook is not changed; one sentence without a full stop. */
export interface NotebookRefusal {
  readonly reason: string;
}

/**
 * A notebook's JSON text with new sources for some cells. Only the JSON text of those sources changes; every other byte
 * stays. Shape (string or list), spelling and layout of what stays are kept:
 *
 * - lines that stay are spelled as before, in lists also laid out as before; a list item that holds several lines or a
 *   part of one is kept if none of its lines changed, else its lines become items of their own;
 * - new lines are spelled and laid out like the lines around them; every list item but the last ends in `\n`;
 * - a source set to what it is changes nothing; one set back to what it was restores the text exactly if it is in the
 *   form that Jupyter and VS Code write: a string, or a list with one item for each line, the same white space between
 *   all and `[]` when empty; spelled in one way, which the rest of the file shows too.
 *
 * @returns the new text, or why it cannot be: not a notebook, a format other than 4, no such cell, a cell named twice.
 */
export function applyCellEdits(text: string, changes: readonly CellEdit[]): string | NotebookRefusal {
  const tree = parseNotebook(text);
  if ('reason' in tree) return { reason: tree.reason };
  const style = new FileStyle(tree);
  const edits: TextEdit[] = [];
  const seen = new Set<number>();
  for (const { cell, newSource } of changes) {
    if (tree.cells[cell] === undefined) return { reason: `the notebook has no cell at index ${cell}` };
    if (seen.has(cell)) return { reason: `the cell at index ${cell} is changed twice` };
    seen.add(cell);
    if (sourceOf(text, tree.cells[cell].source) === newSource) continue;
    if (tree.readOnly !== undefined) return { reason: tree.readOnly };
    const edit = editOf(style, cell, newSource);
    if ('reason' in edit) return edit;
    edits.push(edit);
  }
  return edits.length === 0 ? text : new EditSet(edits).apply(text);
}

function editOf(style: FileStyle, index: number, newSource: string): TextEdit | NotebookRefusal {
  const { text, cells } = style.tree;
  const { node, source } = cells[index]!;
  const members = layoutOf(text, node);
  if (members === undefined) return { reason: `the cell at index ${index} is an empty JSON object` };
  const json = rewrittenSource(style, index, newSource, members);
  // What is about to be written is read back first: a wrong source would be lost work.
  const again = parseJson(json);
  if ('reason' in again || sourceOf(json, again) !== newSource) {
    return {
      reason: `the source of the cell at index ${index} cannot be written so that it reads back the same`,
    };
  }
  if (source !== undefined) return { span: { start: source.start, end: source.end }, newText: json };
  const end = itemSpans(node).at(-1)!.end;
  return { span: { start: end, end }, newText: `${members.gap}"source"${colonOf(text, node)}${json}` };
}
