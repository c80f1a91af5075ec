import { changedSpan } from './difference';
import { Edit, Language, Parser, type Tree } from 'web-tree-sitter';

/** Where the two wasm files come from: a path, URL or bytes, as web-tree-sitter takes them. */
export interface WasmFiles {
  /** `web-tree-sitter.wasm` */
  readonly runtime: string;
  /** `tree-sitter-python.wasm`, a path or the bytes. */
  readonly grammar: string | Uint8Array;
}

/** Parses Python. One instance serves a whole process; it is not re-entrant, which single-threaded code never is. */
export class PythonParser {
  private constructor(private readonly parser: Parser) {}

  /** Loads the runtime and the grammar, about 30 ms; do this on first use, not on activation. */
  static async load(files: WasmFiles): Promise<PythonParser> {
    await Parser.init({ locateFile: () => files.runtime });
    const parser = new Parser();
    parser.setLanguage(await Language.load(files.grammar));
    return new PythonParser(parser);
  }

  /**
   * Parses a text. The caller owns the tree and must `delete()` it: trees live in WASM memory, which no garbage
   * collector frees.
   *
   * @param old The tree of `oldText`; it is edited in place to take the difference into account, and stays the caller's.
   */
  parse(text: string, old?: { tree: Tree; text: string }): Tree {
    if (old) old.tree.edit(differenceOf(old.text, text));
    const tree = this.parser.parse(text, old?.tree);
    if (!tree) throw new Error('the parser gave no tree'); // Only with a cancelled parse or no language.
    return tree;
  }
}

/** The one replacement that turns `before` into `after`, as tree-sitter's edit. */
function differenceOf(before: string, after: string): Edit {
  const { start, end: oldEndIndex } = changedSpan(before, after);
  const newEndIndex = after.length - (before.length - oldEndIndex);
  return new Edit({
    startIndex: start,
    oldEndIndex,
    newEndIndex,
    startPosition: pointAt(before, start),
    oldEndPosition: pointAt(before, oldEndIndex),
    newEndPosition: pointAt(after, newEndIndex),
  });
}

/** tree-sitter's rows end at `\n` only; columns are UTF-16 code units. */
function pointAt(text: string, offset: number): { row: number; column: number } {
  let row = 0;
  let lineStart = 0;
  for (let at = text.indexOf('\n'); at >= 0 && at < offset; at = text.indexOf('\n', at + 1)) {
    row++;
    lineStart = at + 1;
  }
  return { row, column: offset - lineStart };
}
