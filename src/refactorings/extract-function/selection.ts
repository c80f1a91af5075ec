import type { CodeCell, FactUnit, ProgramFacts } from '../../semantics/facts';
import type { Located } from '../../semantics/summary';
import type { Statement } from '../../syntax/ast';
import { childBlocks } from '../../syntax/walk';

/** Lines of a script, or of one cell of a notebook; or whole cells. Zero-based, both ends included. */
export type Selected =
  | { readonly type: 'lines'; readonly cell: number | null; readonly first: number; readonly last: number }
  | { readonly type: 'cells'; readonly first: number; readonly last: number };

/** Statements that stand one after another in one block; those of several units are the units themselves. */
export interface Piece {
  readonly unit: FactUnit;
  readonly statements: readonly Statement[];
}

export interface Selection {
  readonly pieces: readonly [Piece, ...Piece[]];
  /** Where they stand. */
  readonly at: Located;
  /** Their text with the comments above them: offsets in the sources of their cells, whole lines. */
  readonly regions: readonly Region[];
  /** What their lines are indented by. */
  readonly indent: string;
}

export interface Region {
  readonly cell: CodeCell;
  readonly units: readonly FactUnit[];
  readonly start: number;
  readonly end: number;
}

/** Whole statements that lines are made of, or why they are none. */
export function selectionOf(facts: ProgramFacts, selected: Selected): Selection | string {
  if (selected.type === 'cells') return cellsOf(facts, selected.first, selected.last);
  const cells = facts.cells.filter(({ cell }) => cell.index === selected.cell);
  const units = facts.units.filter(({ cell }) => cells.includes(cell));
  let range: Lines = selected;
  const touched = units.filter((unit) => touches(linesOf(unit, unit.unit.statement), range));
  const [first, ...more] = touched;
  if (!first) return 'no statement is selected';
  if (cells.length > 1 && new Set(touched.map(({ cell }) => cell)).size > 1)
    return 'more than one cell is selected';
  if (more.length === 0) {
    const inner = innerStatements(first, range);
    if (typeof inner === 'string') return inner;
    range = { first: range.first, last: range.last };
    return made([{ unit: first, statements: inner }], [regionOf([first], inner, range)]);
  }
  const cut = touched.find((unit) => !holds(range, linesOf(unit, unit.unit.statement)));
  if (cut) return 'the selection ends within a statement';
  const pieces = touched.map((unit) => ({ unit, statements: [unit.unit.statement] }));
  return made(pieces, [regionOf(touched, [], range)]);
}

function cellsOf(facts: ProgramFacts, first: number, last: number): Selection | string {
  const isIn = ({ cell }: CodeCell): boolean =>
    cell.index !== null && cell.index >= first && cell.index <= last;
  const units = facts.units.filter(({ cell }) => isIn(cell));
  if (units.length === 0) return 'no statement is selected';
  const regions = facts.cells.filter(isIn).flatMap((cell) => {
    const own = units.filter((unit) => unit.cell === cell);
    if (own.length === 0) return [];
    const lines = { first: 0, last: cell.lines.positionAt(cell.cell.source.length).line };
    return [regionOf(own, [], lines)];
  });
  return made(
    units.map((unit) => ({ unit, statements: [unit.unit.statement] })),
    regions,
  );
}

interface Lines {
  readonly first: number;
  readonly last: number;
}

function linesOf(unit: FactUnit, { start, end }: { readonly start: number; readonly end: number }): Lines {
  const { lines } = unit.cell;
  return { first: lines.positionAt(unit.start + start).line, last: lines.positionAt(unit.start + end).line };
}

function touches(a: Lines, b: Lines): boolean {
  return a.first <= b.last && b.first <= a.last;
}

function holds(outer: Lines, inner: Lines): boolean {
  return outer.first <= inner.first && inner.last <= outer.last;
}

/** The statements within a top-level one that are selected: itself, or neighbours in a block of it. */
function innerStatements(unit: FactUnit, range: Lines): readonly Statement[] | string {
  const whole = linesOf(unit, unit.unit.statement);
  if (holds(range, whole)) return [unit.unit.statement];
  let blocks = childBlocks(unit.unit.statement);
  for (;;) {
    const touched = blocks.flatMap((block) => {
      const inside = block.filter((statement) => touches(linesOf(unit, statement), range));
      return inside.length > 0 ? [inside] : [];
    });
    const [inside, ...others] = touched;
    if (!inside || others.length > 0) return 'the selection is no run of whole statements';
    if (inside.every((statement) => holds(range, linesOf(unit, statement)))) {
      // A line of the head is selected, too.
      const head = { first: range.first, last: linesOf(unit, inside[0]!).first - 1 };
      return isOnlyComments(unit, head) ? inside : 'the selection is no run of whole statements';
    }
    const [only] = inside;
    if (inside.length > 1 || !only) return 'the selection ends within a statement';
    blocks = childBlocks(only);
    if (blocks.length === 0) return 'the selection ends within a statement';
  }
}

function isOnlyComments(unit: FactUnit, { first, last }: Lines): boolean {
  const { lines, cell } = unit.cell;
  for (let line = first; line <= last; line++) {
    const text = cell.source.slice(lines.lineStart(line), lines.lineStart(line + 1));
    if (!/^\s*(?:#.*)?$/.test(text.trimEnd())) return false;
  }
  return true;
}

/** From the first selected comment line right above the statements to the end of their last line. */
function regionOf(units: readonly FactUnit[], statements: readonly Statement[], range: Lines): Region {
  const [unit] = units;
  const last = units.at(-1)!;
  const { cell } = unit!;
  const { lines } = cell;
  const { source } = cell.cell;
  const startNode = statements[0] ?? unit!.unit.statement;
  const endNode = statements.at(-1) ?? last.unit.statement;
  const textOf = (line: number): string => source.slice(lines.lineStart(line), lines.lineStart(line + 1));
  let top = lines.positionAt(unit!.start + startNode.start).line;
  const isComment = (line: number): boolean => /^\s*#(?!!)/.test(textOf(line));
  while (top > range.first && isComment(top - 1)) top--;
  const bottom = lines.positionAt(last.start + endNode.end).line;
  return { cell, units, start: lines.lineStart(top), end: lines.lineStart(bottom + 1) };
}

function made(pieces: readonly Piece[], regions: readonly Region[]): Selection | string {
  const [first, ...more] = pieces;
  if (!first) return 'no statement is selected';
  const { unit, statements } = first;
  const [statement] = statements;
  const at = unit.summary.statements.find(({ node }) => node === statement)?.at;
  if (!at || !statement) return 'no statement is selected';
  const { source } = unit.cell.cell;
  const start = unit.start + statement.start;
  const lineStart = unit.cell.lines.lineStart(unit.cell.lines.positionAt(start).line);
  const indent = source.slice(lineStart, start);
  if (indent.trim() !== '') return 'the selection starts within a line';
  if (/^el(?:if|se)\b/.test(source.slice(start, start + 5)))
    return 'the selection is no run of whole statements';
  const lastPieces = regions.map((region) => {
    const own = [first, ...more].filter((piece) => piece.unit.cell === region.cell);
    const { unit: lastUnit, statements: lastStatements } = own.at(-1)!;
    const end = lastUnit.start + lastStatements.at(-1)!.end;
    return region.cell.cell.source.slice(end, region.end);
  });
  if (lastPieces.some((rest) => !/^[ \t]*;?[ \t]*(?:#[^\r\n]*)?[\r\n]*$/.test(rest))) {
    return 'the selection ends within a line';
  }
  return { pieces: [first, ...more], at, regions, indent };
}
