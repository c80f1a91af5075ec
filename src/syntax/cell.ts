import type { Node as SyntaxNode, Tree } from 'web-tree-sitter';
import type { Span } from '../text/position';
import type { Statement } from './ast';
import type { Escape } from './escape';
import { indentationOf, isCompound, isSameIndentation, lastLine, misplacedLine } from './layout';
import { EmptyBlock, type LoweringContext, UnknownSyntax } from './lowerExpressions';
import { lowerStatement } from './lowerStatements';
import type { PythonParser } from './parser';
import { misplacedStatement } from './placement';
import { NestedTooDeeply, copyNode } from './raw';
import { notPython } from './strictness';

/**
 * One top-level statement, the unit of caching: it depends on its own text alone, so it is shared by all places and
 * versions in which that text stands. Whatever is derived from it may be kept in a WeakMap by this object.
 */
export interface Unit {
  /** As the user wrote it, escapes not masked. */
  readonly text: string;
  readonly statement: Statement;
  /** Comments within the statement, relative to its start. */
  readonly comments: readonly Span[];
  /** Escapes within the statement, in order; their `span`s count in the cell in which the text was first seen. */
  readonly escapes: readonly Escape[];
}

export interface PlacedUnit {
  readonly unit: Unit;
  /** Offset of the statement in the cell's source. */
  readonly start: number;
}

/** Why a cell is no Python 3. */
export interface SyntaxProblem {
  readonly kind: 'syntax-error' | 'not-python-3';
  /** Offset in the cell's source. */
  readonly offset: number;
  readonly message: string;
}

/** What parsing gives for one cell. Plain memory: the tree behind it is already deleted. */
export interface CellSyntax {
  /** Present: nothing may be concluded from the cell, and no edit may touch it; `units` is empty. */
  readonly problem: SyntaxProblem | undefined;
  readonly units: readonly PlacedUnit[];
  /** All comments, offsets in the cell's source. */
  readonly comments: readonly Span[];
}

/** Statements by text. Bounded by the length of the texts, in UTF-16 code units: the oldest are forgotten. */
export class UnitCache {
  readonly #units = new Map<string, Unit | SyntaxProblem>();
  #length = 0;

  /** A statement in plain memory takes about 50 times its text. */
  constructor(private readonly capacity = 2_000_000) {}

  get(key: string): Unit | SyntaxProblem | undefined {
    return this.#units.get(key);
  }

  set(key: string, unit: Unit | SyntaxProblem): void {
    this.#units.set(key, unit);
    this.#length += key.length;
    for (const oldest of this.#units.keys()) {
      if (this.#length <= this.capacity) break;
      this.#units.delete(oldest);
      this.#length -= oldest.length;
    }
  }
}

/** The text of a cell as `maskEscapes` prepares it. */
export interface MaskedText {
  readonly source: string;
  readonly masked: string;
  readonly escapes: readonly Escape[];
}

const INVALID = 'not valid Python';
/** Where top-level statements begin; what IPython takes off the lines of a cell is masked. */
const MARGIN = indentationOf('');

/** What may come before `from __future__`, beside a docstring. */
const BEFORE_FUTURE: ReadonlySet<string> = new Set([
  ...['future_import_statement', 'comment', 'line_continuation', ';'],
]);

/** What a text is compiled as. */
export type Whole = 'script' | 'cell';

/**
 * Parses one cell.
 *
 * @param old The tree of an earlier version, for an incremental parse; it is deleted here.
 * @returns The syntax, and the tree, which is now the caller's to `delete()`.
 */
export function parseCell(
  cell: MaskedText,
  parser: PythonParser,
  cache: UnitCache,
  whole: Whole,
  old?: { tree: Tree; text: string },
): { syntax: CellSyntax; tree: Tree } {
  const tree = parser.parse(cell.masked, old);
  old?.tree.delete();
  return { syntax: readTree(tree, cell, cache, whole), tree };
}

/** The syntax of a parsed cell. The tree stays the caller's. */
export function readTree(tree: Tree, cell: MaskedText, cache: UnitCache, whole: Whole): CellSyntax {
  const failed = (problem: SyntaxProblem): CellSyntax => ({ problem, units: [], comments: [] });
  const root = tree.rootNode;
  if (root.hasError) {
    return failed({ kind: 'syntax-error', offset: firstError(root), message: INVALID });
  }
  let lastEnd = 0;
  let mayImportFuture = true;
  const units: PlacedUnit[] = [];
  const comments: Span[] = [];
  let nextEscape = 0;
  for (const node of root.children) {
    const { type, startIndex: start, endIndex } = node;
    let end = endIndex;
    if (type !== 'comment' && type !== 'line_continuation') {
      // The text begins with a line, too.
      const line = lastLine(`${lastEnd === 0 ? '\n' : ''}${cell.masked.slice(lastEnd, start)}`);
      const isPlaced =
        line === undefined ? !isCompound(type) : isSameIndentation(indentationOf(line), MARGIN);
      if (!isPlaced) return failed({ kind: 'syntax-error', offset: start, message: INVALID });
      lastEnd = end;
    }
    if (type === 'future_import_statement' && !mayImportFuture && whole === 'script') {
      return failed({ kind: 'syntax-error', offset: start, message: INVALID });
    }
    // Only a docstring may come first; IPython compiles the statements of a cell one by one.
    mayImportFuture &&= BEFORE_FUTURE.has(type) || (units.length === 0 && node.firstChild?.type === 'string');
    if (type === 'comment') comments.push({ start, end });
    if (type === 'comment' || !node.isNamed || type === 'line_continuation') continue;
    while ((cell.escapes[nextEscape]?.span.end ?? Infinity) <= start) nextEscape++;
    const escapes: Escape[] = [];
    for (let i = nextEscape; (cell.escapes[i]?.span.start ?? Infinity) < end; i++)
      escapes.push(cell.escapes[i]!);
    // A masked escape is one digit and blanks, which the grammar leaves out of the statement.
    const last = escapes.at(-1);
    if (last && !last.isTransparent) end = Math.max(end, last.span.end);
    const unit = unitOf(node, start, end, cell, escapes, cache);
    if ('kind' in unit) return failed({ ...unit, offset: unit.offset + start });
    units.push({ unit, start });
    for (const comment of unit.comments)
      comments.push({ start: comment.start + start, end: comment.end + start });
  }
  // A line that goes on, and nothing comes.
  const open = /\\(?:\r\n|\r|\n)?$/.exec(cell.masked.slice(lastEnd).replace(/#.*/g, ''));
  if (open)
    return failed({ kind: 'syntax-error', offset: cell.masked.length - open[0].length, message: INVALID });
  return { problem: undefined, units, comments };
}

/** @returns The unit, or a problem whose offset is relative to the statement. */
function unitOf(
  node: SyntaxNode,
  start: number,
  end: number,
  cell: MaskedText,
  escapes: readonly Escape[],
  cache: UnitCache,
): Unit | SyntaxProblem {
  const text = cell.source.slice(start, end);
  // The same text may be an escape in one place and a part of a string in another, and the text of `%time f()` is split.
  const marks = escapes.map((escape) => `${escape.span.start - start}:${escape.name}:${escape.argument}`);
  const masked = cell.masked.slice(start, end);
  const key = escapes.length === 0 && masked === text ? text : [text, masked, ...marks].join('\0');
  const known = cache.get(key);
  if (known) return known;
  const unit = lowerUnit(node, start, text, cell.masked, escapes);
  cache.set(key, unit);
  return unit;
}

function lowerUnit(
  node: SyntaxNode,
  start: number,
  text: string,
  masked: string,
  escapes: readonly Escape[],
): Unit | SyntaxProblem {
  let problem: SyntaxProblem | undefined;
  const context: LoweringContext = {
    text: masked,
    base: start,
    escapeAt: (offset) => {
      const index = escapes.findIndex((escape) => escape.span.start === offset);
      return index < 0 ? undefined : index;
    },
    notPython3: (at, what) => {
      problem ??= { kind: 'not-python-3', offset: at.start - start, message: `${what} is not Python 3` };
    },
  };
  const comments: Span[] = [];
  try {
    const copy = copyNode(node, comments);
    const wrong =
      misplacedLine(copy, masked, MARGIN) ??
      (notPython(copy, masked) ?? misplacedStatement(copy, masked))?.start;
    if (wrong !== undefined) return { kind: 'syntax-error', offset: wrong - start, message: INVALID };
    const statement = lowerStatement(copy, context);
    const placed = comments.map((comment) => ({ start: comment.start - start, end: comment.end - start }));
    return problem ?? { text, statement, comments: placed, escapes };
  } catch (error) {
    const isProblem = [EmptyBlock, UnknownSyntax, NestedTooDeeply].some((kind) => error instanceof kind);
    if (!isProblem) throw error;
    return { kind: 'syntax-error', offset: 0, message: (error as Error).message };
  }
}

function firstError(root: SyntaxNode): number {
  let node = root;
  for (;;) {
    const next = node.children.find((child) => child.hasError || child.isMissing || child.isError);
    if (!next || node.isError) return node.startIndex;
    node = next;
  }
}
