import type { NotebookRefusal } from './cell-edits';
import { FileStyle } from './file-style';
import { memberOf, stringOf, type JsonArrayNode, type JsonObjectNode } from './json';
import { colonOf, layoutOf, printContainer, type Layout } from './layout';
import { freshSource } from './source-edit';
import { parseNotebook } from './tree';

/** In the order in which Jupyter and VS Code write them. */
const KEYS = ['cell_type', 'execution_count', 'id', 'metadata', 'outputs', 'source'] as const;

/**
 * A notebook's JSON text with one more code cell, without outputs, in the style of the file: layout, order of keys,
 * shape of the source as in the closest code cell. Every byte of the other cells stays.
 *
 * @param beforeIndex zero-based; the number of cells to append
 * @param newId written from nbformat 4.5 on, which has cell ids; undefined for none
 * @returns the new text, or why it cannot be: not a notebook, a format other than 4, no such place, an id that is not
 * one or is taken.
 */
export function insertCodeCell(
  text: string,
  beforeIndex: number,
  source: string,
  newId: string | undefined,
): string | NotebookRefusal {
  const tree = parseNotebook(text);
  if ('reason' in tree) return { reason: tree.reason };
  const { list, cells, readOnly } = tree;
  if (readOnly !== undefined) return { reason: readOnly };
  if (list === undefined || !Number.isInteger(beforeIndex) || beforeIndex < 0 || beforeIndex > cells.length) {
    return { reason: `the notebook has no place for a cell at index ${beforeIndex}` };
  }
  const id = tree.nbformatMinor >= 5 ? newId : undefined;
  if (id !== undefined && !/^[a-zA-Z0-9_-]{1,64}$/.test(id)) return { reason: `"${id}" is not a cell id` };
  if (id !== undefined && cells.some(({ node }) => idOf(text, node) === id)) {
    return { reason: `the notebook already has a cell with the id "${id}"` };
  }

  const style = new FileStyle(tree);
  const cell = printCell(style, beforeIndex, source, id);
  const [next, last] = [cells[beforeIndex]?.node, cells.at(-1)?.node];
  if (next !== undefined) {
    return splice(text, next.start, next.start, cell + gapAt(style, list, beforeIndex - 1));
  }
  if (last !== undefined) {
    return splice(text, last.end, last.end, gapAt(style, list, cells.length - 2) + cell);
  }
  return splice(text, list.start, list.end, printContainer('[]', [cell], style.layoutAtDepth(1)));
}

function printCell(style: FileStyle, near: number, source: string, id: string | undefined): string {
  const { text, root } = style.tree;
  const model = style.cellModel(near);
  const layout: Layout = (model && layoutOf(text, model.node)) ?? style.layoutAtDepth(2);
  const values: Record<string, string> = {
    cell_type: '"code"',
    execution_count: 'null',
    metadata: '{}',
    outputs: '[]',
    source: freshSource(style, near, source, layout),
  };
  if (id !== undefined) values['id'] = JSON.stringify(id);
  const colon = colonOf(text, model?.node ?? root);
  const members = orderedKeys(model?.node, values).map((key) => `"${key}"${colon}${values[key]}`);
  return printContainer('{}', members, layout);
}

/** The keys of a cell in the order of `model`; those that it lacks follow the key that Jupyter puts before them. */
function orderedKeys(model: JsonObjectNode | undefined, values: Record<string, string>): string[] {
  const wanted = KEYS.filter((key) => key in values);
  const known = new Set(model?.members.map((member) => member.name));
  const order = [...known].filter((name) => Object.hasOwn(values, name));
  wanted.forEach((key, i) => {
    if (known.has(key)) return;
    const before = i === 0 ? -1 : order.indexOf(wanted[i - 1]!);
    order.splice(before + 1, 0, key);
  });
  return order;
}

/** What stands between the item at `index` and the next one; where there is no such pair, between others. */
function gapAt(style: FileStyle, list: JsonArrayNode, index: number): string {
  const { text } = style.tree;
  const [left, right] = [list.items[index], list.items[index + 1]];
  if (left && right) return text.slice(left.end, right.start);
  const own = layoutOf(text, list)!;
  // A single cell on the line of its bracket does not say whether a blank follows a comma.
  return own.gap === ',' ? style.layoutAtDepth(1).gap : own.gap;
}

function idOf(text: string, node: JsonObjectNode): string | undefined {
  const id = memberOf(node, 'id');
  return id?.kind === 'string' ? stringOf(text, id) : undefined;
}

function splice(text: string, start: number, end: number, added: string): string {
  return text.slice(0, start) + added + text.slice(end);
}
