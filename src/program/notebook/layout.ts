import type { Span } from '../../text/position';
import type { JsonArrayNode, JsonNode, JsonObjectNode } from './json';
import type { CellTree, NotebookTree } from './tree';

/** The white space of a list or object. */
export interface Layout {
  /** Between the opening bracket and the first item. */
  readonly head: string;
  /** Between two items, with the comma. */
  readonly gap: string;
  /** Between the last item and the closing bracket. */
  readonly tail: string;
}

/** A list or object of items that are already JSON; without items just the brackets, as every writer has it. */
export function printContainer(brackets: '[]' | '{}', items: readonly string[], layout: Layout): string {
  if (items.length === 0) return brackets;
  return `${brackets[0]}${layout.head}${items.join(layout.gap)}${layout.tail}${brackets[1]}`;
}

/** The layout of a container from its first items; undefined if it is empty. A single item tells no gap: one that fits. */
export function layoutOf(text: string, node: JsonArrayNode | JsonObjectNode): Layout | undefined {
  const items = itemSpans(node);
  const [first, second, last] = [items[0], items[1], items.at(-1)];
  if (first === undefined || last === undefined) return undefined;
  const head = text.slice(node.start + 1, first.start);
  return {
    head,
    gap: second === undefined ? `,${head}` : text.slice(first.end, second.start),
    tail: text.slice(last.end, node.end - 1),
  };
}

/** The layout that a new list of source lines gets in a cell whose members are laid out as `members`. */
export function sourceLayout(tree: NotebookTree, near: number, members: Layout): Layout {
  const { text } = tree;
  const indent = lineIndent(members.head);
  const model = nearestCell(
    tree,
    near,
    (cell) => cell.source?.kind === 'array' && cell.source.items.length > 1,
  );
  if (model?.source?.kind === 'array') {
    const own = layoutOf(text, model.source)!;
    const ownIndent = lineIndent(own.head);
    const comma = own.gap.slice(0, own.gap.length - own.head.length);
    // Only a list with one item a line is indented like its cell; any other one is taken as it is.
    if (indent === undefined || ownIndent === undefined || own.gap !== comma + own.head) return own;
    const modelIndent = lineIndent(layoutOf(text, model.node)!.head);
    const isDeeper = modelIndent !== undefined && ownIndent.blanks.startsWith(modelIndent.blanks);
    const unit = isDeeper ? ownIndent.blanks.slice(modelIndent.blanks.length) : indentUnit(tree);
    const head = indent.lineBreak + indent.blanks + unit;
    const tail = lineIndent(own.tail) === undefined ? own.tail : indent.lineBreak + indent.blanks;
    return { head, gap: comma + head, tail };
  }
  if (indent === undefined)
    return { head: '', gap: members.gap.trimEnd() + inlineBlank(members.gap), tail: '' };
  const head = indent.lineBreak + indent.blanks + indentUnit(tree);
  return { head, gap: `,${head}`, tail: indent.lineBreak + indent.blanks };
}

/** The layout of a container at a nesting depth (the root has depth 0), in the style of the root. */
export function layoutAtDepth(tree: NotebookTree, depth: number): Layout {
  const root = layoutOf(tree.text, tree.root)!;
  const indent = lineIndent(root.head);
  if (indent === undefined) return { head: '', gap: root.gap, tail: '' };
  const head = indent.lineBreak + indent.blanks.repeat(depth + 1);
  return { head, gap: `,${head}`, tail: indent.lineBreak + indent.blanks.repeat(depth) };
}

/** What stands between the first key of an object and its value: `: ` or `:` or the like. */
export function colonOf(text: string, node: JsonObjectNode): string {
  const first = node.members[0];
  return first === undefined ? ': ' : text.slice(first.key.end, first.value.start);
}

/** The cell closest to an index that fits, the earlier one of two as close. */
export function nearestCell(
  tree: NotebookTree,
  index: number,
  fits: (cell: CellTree) => boolean,
): CellTree | undefined {
  const { cells } = tree;
  for (let distance = 0; distance <= cells.length; distance++) {
    for (const at of [index - distance, index + distance]) {
      const cell = cells[at];
      if (cell !== undefined && fits(cell)) return cell;
    }
  }
  return undefined;
}

/** The spans of a container's items, of members from the key on. */
export function itemSpans(node: JsonArrayNode | JsonObjectNode): readonly Span[] {
  if (node.kind === 'array') return node.items;
  return node.members.map(({ key, value }: { key: Span; value: JsonNode }) => ({
    start: key.start,
    end: value.end,
  }));
}

/** The last line break of white space and the blanks after it; undefined if it stays on its line. */
export function lineIndent(space: string): { lineBreak: string; blanks: string } | undefined {
  const match = /(\r\n|\n|\r)([ \t]*)$/.exec(space);
  return match === null ? undefined : { lineBreak: match[1]!, blanks: match[2]! };
}

/** One level of indentation: the blanks in front of the root's first member. */
function indentUnit(tree: NotebookTree): string {
  return lineIndent(layoutOf(tree.text, tree.root)!.head)?.blanks ?? ' ';
}

function inlineBlank(gap: string): string {
  return /^\s*, /.test(gap) ? ' ' : '';
}
