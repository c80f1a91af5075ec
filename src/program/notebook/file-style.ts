import type { Span } from '../../text/position';
import { memberOf, stringOf } from './json';
import { layoutOf, lineIndent, type Layout } from './layout';
import { styleOf, type SpellingStyle } from './spelling';
import type { CellTree, NotebookTree } from './tree';

/**
 * How one notebook file is written, found out when it is asked for: text that is new to the file is to look as if the
 * program that wrote the file had written it.
 */
export class FileStyle {
  #spelling: SpellingStyle | undefined;
  #lists: readonly number[] | undefined;
  #sources: readonly number[] | undefined;

  constructor(readonly tree: NotebookTree) {}

  /**
   * The spelling of `own` if it has a character outside ASCII, else that of the whole text; where there is none at all,
   * characters are written as they are, as Jupyter and VS Code do.
   */
  spelling(own: Span | undefined): SpellingStyle {
    const style = own && styleOf(this.tree.text.slice(own.start, own.end));
    if (style !== undefined) return style;
    this.#spelling ??= styleOf(this.tree.text) ?? { isAscii: false, isUpperHex: false };
    return this.#spelling;
  }

  /** Whether the closest cell that has a source has it as a list; a list where there is none. */
  usesLists(near: number): boolean {
    this.#sources ??= this.#indexesOf(({ source }) => source?.kind === 'string' || source?.kind === 'array');
    return closest(this.#sources, near, this.tree)?.source?.kind !== 'string';
  }

  /** The closest code cell, else the closest cell that has members. */
  cellModel(near: number): CellTree | undefined {
    const { text } = this.tree;
    const code = this.#indexesOf(({ node }) => {
      const type = memberOf(node, 'cell_type');
      return type?.kind === 'string' && stringOf(text, type) === 'code';
    });
    return (
      closest(code, near, this.tree) ??
      closest(
        this.#indexesOf(({ node }) => node.members.length > 0),
        near,
        this.tree,
      )
    );
  }

  /** The layout of a new list of source lines in a cell whose members are laid out as `members`. */
  sourceLayout(near: number, members: Layout): Layout {
    const { text } = this.tree;
    this.#lists ??= this.#indexesOf(({ source }) => source?.kind === 'array' && source.items.length > 1);
    const model = closest(this.#lists, near, this.tree);
    const indent = lineIndent(members.head);
    if (model?.source?.kind !== 'array') {
      // Nothing but the cell itself shows whether a blank follows a comma.
      if (indent === undefined) return { head: '', gap: members.gap.startsWith(', ') ? ', ' : ',', tail: '' };
      return linesLayout(indent, this.#indentUnit(), ',');
    }
    const own = layoutOf(text, model.source)!;
    const ownIndent = lineIndent(own.head);
    const comma = own.gap.slice(0, own.gap.length - own.head.length);
    // Only a list with one item a line is indented like its cell; any other one is taken as it is.
    if (indent === undefined || ownIndent === undefined || own.gap !== comma + own.head) return own;
    const modelIndent = lineIndent(layoutOf(text, model.node)!.head);
    const isDeeper = modelIndent !== undefined && ownIndent.blanks.startsWith(modelIndent.blanks);
    const unit = isDeeper ? ownIndent.blanks.slice(modelIndent.blanks.length) : this.#indentUnit();
    const layout = linesLayout(indent, unit, comma);
    return lineIndent(own.tail) === undefined ? { ...layout, tail: own.tail } : layout;
  }

  /** The layout of a container at a nesting depth (the root has depth 0), in the style of the root. */
  layoutAtDepth(depth: number): Layout {
    const root = layoutOf(this.tree.text, this.tree.root)!;
    const indent = lineIndent(root.head);
    if (indent === undefined) return { head: '', gap: root.gap, tail: '' };
    return linesLayout({ ...indent, blanks: indent.blanks.repeat(depth) }, indent.blanks, ',');
  }

  /** One level of indentation: the blanks in front of the root's first member. */
  #indentUnit(): string {
    return lineIndent(layoutOf(this.tree.text, this.tree.root)!.head)?.blanks ?? ' ';
  }

  #indexesOf(fits: (cell: CellTree) => boolean): number[] {
    return this.tree.cells.flatMap((cell, i) => (fits(cell) ? [i] : []));
  }
}

/** One item a line, a level deeper than the line of the closing bracket. */
function linesLayout(outer: { lineBreak: string; blanks: string }, unit: string, comma: string): Layout {
  const tail = outer.lineBreak + outer.blanks;
  return { head: tail + unit, gap: comma + tail + unit, tail };
}

/** The cell of the index closest to `near`, the earlier one of two as close; `indexes` ascend. */
function closest(indexes: readonly number[], near: number, tree: NotebookTree): CellTree | undefined {
  let low = 0;
  let high = indexes.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (indexes[middle]! < near) low = middle + 1;
    else high = middle;
  }
  const [before, after] = [indexes[low - 1], indexes[low]];
  const isBefore = before !== undefined && (after === undefined || near - before <= after - near);
  const index = isBefore ? before : after;
  return index === undefined ? undefined : tree.cells[index];
}
