import type { Span } from '../text/position';
import { type CellSyntax, type MaskedText, type PlacedUnit, type UnitCache, readTree } from './cell';
import { changedSpan } from './difference';
import type { PythonParser } from './parser';

/** A version of a cell that parsed. */
export interface ParsedVersion {
  readonly text: MaskedText;
  readonly syntax: CellSyntax;
}

/**
 * Parses only the top-level statements that an edit touched, and takes the others over. What a statement is depends on
 * its own text, as long as it starts a line and the text before it is complete: so the touched stretch, from one
 * untouched statement to the next, is parsed alone, and counts only if it is valid by itself.
 *
 * @returns Undefined if that cannot be told: then the whole cell has to be parsed.
 */
export function reparse(
  old: ParsedVersion,
  next: MaskedText,
  parser: PythonParser,
  cache: UnitCache,
): CellSyntax | undefined {
  // Escapes' offsets count in the cell; taking them over would mean to move them.
  if (old.syntax.problem || old.text.escapes.length > 0 || next.escapes.length > 0) return undefined;
  const before = old.text.masked;
  const after = next.masked;
  const shift = after.length - before.length;
  const { start, end } = changedSpan(before, after);
  const { units } = old.syntax;
  // One statement more on either side: an edit between two may join them.
  let first = units.findIndex((placed) => placed.start + placed.unit.text.length >= start);
  if (first < 0) first = units.length;
  first = Math.max(0, first - 1);
  let last = first;
  while (last < units.length && (units[last]?.start ?? 0) <= end) last++;
  last++;
  const from = first === 0 ? 0 : (units[first]?.start ?? before.length);
  const to = last < units.length ? (units[last]?.start ?? before.length) : before.length;
  if (
    !startsLine(before, from) ||
    !startsLine(before, to) ||
    /\\\r?\n?$/.test(after.slice(from, to + shift))
  ) {
    return undefined;
  }
  const stretch = after.slice(from, to + shift);
  // Whether it may stand there depends on what comes before it.
  if (stretch.includes('__future__') || before.slice(from, to).includes('__future__')) return undefined;
  const tree = parser.parse(stretch);
  const inside = readTree(
    tree,
    { source: next.source.slice(from, to + shift), masked: stretch, escapes: [] },
    cache,
    'script',
  );
  tree.delete();
  if (inside.problem) {
    // Only a string of several lines can be ended by what follows; all else that is wrong stays wrong.
    if (/"""|'''/.test(stretch)) return undefined;
    return { problem: { ...inside.problem, offset: inside.problem.offset + from }, units: [], comments: [] };
  }
  return {
    problem: undefined,
    units: [
      ...units.slice(0, first),
      ...inside.units.map((placed) => moved(placed, from)),
      ...units.slice(last).map((placed) => moved(placed, shift)),
    ],
    comments: [
      ...old.syntax.comments.filter((comment) => comment.start < from),
      ...inside.comments.map((comment) => movedSpan(comment, from)),
      ...old.syntax.comments
        .filter((comment) => comment.start >= to)
        .map((comment) => movedSpan(comment, shift)),
    ],
  };
}

function moved(placed: PlacedUnit, by: number): PlacedUnit {
  return { unit: placed.unit, start: placed.start + by };
}

function movedSpan(span: Span, by: number): Span {
  return { start: span.start + by, end: span.end + by };
}

function startsLine(text: string, at: number): boolean {
  return at === 0 || at === text.length || text.charAt(at - 1) === '\n';
}
