import type { Span } from '../../text/position';
import { type NotebookTree, parseNotebook } from './tree';

/** Where the characters of cells' sources stand in a notebook's JSON text. */
export class SourcePlaces {
  private constructor(private readonly tree: NotebookTree) {}

  /** Undefined if the text is no notebook. */
  static of(text: string): SourcePlaces | undefined {
    const tree = parseNotebook(text);
    return 'reason' in tree ? undefined : new SourcePlaces(tree);
  }

  /**
   * The part of the JSON text that spells a part of a cell's source; quotes and commas between the lines of the source
   * lie within it. A cell without a source stands for itself.
   *
   * @param cell Zero-based index, all types counted.
   * @param span Offsets in the source.
   */
  spanOf(cell: number, { start, end }: Span): Span | undefined {
    const tree = this.tree.cells[cell];
    if (!tree) return undefined;
    const { source } = tree;
    const literals = source?.kind === 'string' ? [source] : source?.kind === 'array' ? source.items : [];
    const first = this.#unit(literals, start);
    if (!first) return { start: tree.node.start, end: tree.node.end };
    const last = end > start ? this.#unit(literals, end - 1) : undefined;
    return { start: first.start, end: last?.end ?? first.start };
  }

  /** The spelling of one code unit; behind the last one the place where the next would be. */
  #unit(literals: readonly Span[], offset: number): Span | undefined {
    const { text } = this.tree;
    let left = offset;
    let behind: Span | undefined;
    for (const literal of literals) {
      const end = literal.end - 1;
      for (let at = literal.start + 1; at < end; left--) {
        const length = text[at] !== '\\' ? 1 : text[at + 1] === 'u' ? 6 : 2;
        if (left === 0) return { start: at, end: at + length };
        at += length;
      }
      behind = { start: end, end };
    }
    return behind;
  }
}
