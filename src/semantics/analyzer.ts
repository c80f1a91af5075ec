import type { Tree } from 'web-tree-sitter';
import { buildProgram } from '../program/build';
import { type Cell, type Escape, textOf } from '../program/program';
import type { ProgramSource } from '../program/source';
import { type CellSyntax, UnitCache, parseCell } from '../syntax/cell';
import type { PythonParser } from '../syntax/parser';
import { type ParsedVersion, reparse } from '../syntax/reparse';
import { LineIndex } from '../text/position';
import { type CodeCell, ProgramFacts } from './facts';

/** More cells than this are not kept parsed; a notebook of a thousand cells still fits twice. */
const CELL_CAPACITY = 2000;

/**
 * Turns sources into facts and remembers what did not change: cells by their text, the statements of scripts by
 * theirs. Trees of scripts are kept for incremental parsing and freed by `forget`.
 */
export class Analyzer {
  readonly #units = new UnitCache();
  readonly #cells = new Map<string, CellSyntax>();
  readonly #masks = new Map<string, Pick<Cell, 'masked' | 'escapes'>>();
  readonly #trees = new Map<string, { tree: Tree; text: string }>();
  /** The last version of an open script that parsed. */
  readonly #good = new Map<string, ParsedVersion>();

  constructor(private readonly parser: PythonParser) {}

  /**
   * Analyses one version of a program.
   *
   * @param keepTree Keep a script's tree for the next version: for open documents, which are edited; not for files
   *   that are only scanned.
   */
  analyze(source: ProgramSource, keepTree = false): ProgramFacts {
    if (this.#masks.size > CELL_CAPACITY) this.#masks.clear();
    const program = buildProgram(source, this.#masks);
    const cells: CodeCell[] = [];
    let last: { source: string; lines: LineIndex } | undefined;
    for (const cell of program.cells) {
      if (cell.kind !== 'code') continue;
      const syntax =
        program.kind === 'script' ? this.#script(program.path, cell, keepTree) : this.#notebookCell(cell);
      // The cells of a notebook that is one text file share its text.
      if (last?.source !== cell.source) last = { source: cell.source, lines: new LineIndex(cell.source) };
      cells.push({ cell, syntax, position: cells.length, lines: last.lines });
    }
    return new ProgramFacts(program, cells);
  }

  /** Frees what is kept for a document; call it when the document is closed. */
  forget(path: string): void {
    this.#trees.get(path)?.tree.delete();
    this.#trees.delete(path);
    this.#good.delete(path);
  }

  #script(path: string, cell: Cell, keepTree: boolean): CellSyntax {
    const good = this.#good.get(path);
    const again = good && reparse(good, cell, this.parser, this.#units);
    if (again) {
      if (!again.problem) this.#good.set(path, { text: cell, syntax: again });
      return again;
    }
    const old = this.#trees.get(path);
    this.#trees.delete(path);
    let { syntax, tree } = parseCell(cell, this.parser, this.#units, 'script', old);
    if (old && syntax.problem) {
      // What tree-sitter recovered from an earlier error may stick: a text counts as broken only if it is so by itself.
      tree.delete();
      ({ syntax, tree } = parseCell(cell, this.parser, this.#units, 'script'));
    }
    if (keepTree) this.#trees.set(path, { tree, text: cell.masked });
    else tree.delete();
    if (keepTree && !syntax.problem) this.#good.set(path, { text: cell, syntax });
    return syntax;
  }

  #notebookCell(cell: Cell): CellSyntax {
    const { start } = cell.span;
    const isWhole = start === 0 && cell.span.end === cell.source.length;
    const source = textOf(cell);
    // In a text file the same text may be masked in another way.
    const key = isWhole ? source : `${source}\0${cell.masked}`;
    let syntax = this.#cells.get(key);
    if (!syntax) {
      const escapes = isWhole ? cell.escapes : cell.escapes.map((escape) => movedEscape(escape, -start));
      const parsed = parseCell({ source, masked: cell.masked, escapes }, this.parser, this.#units, 'cell');
      parsed.tree.delete();
      syntax = parsed.syntax;
      if (this.#cells.size >= CELL_CAPACITY) this.#cells.clear();
      this.#cells.set(key, syntax);
    }
    return start === 0 ? syntax : movedSyntax(syntax, start);
  }
}

function movedEscape(escape: Escape, by: number): Escape {
  return { ...escape, span: { start: escape.span.start + by, end: escape.span.end + by } };
}

/** The syntax of a cell that stands further down in its text. */
function movedSyntax({ problem, units, comments }: CellSyntax, by: number): CellSyntax {
  return {
    problem: problem && { ...problem, offset: problem.offset + by },
    units: units.map(({ unit, start }) => ({ unit, start: start + by })),
    comments: comments.map(({ start, end }) => ({ start: start + by, end: end + by })),
  };
}
