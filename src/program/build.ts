import type { Span } from '../text/position';
import { plainCell } from './databricks';
import { maskEscapes } from './escapes/mask';
import { type Cell, type Program, textOf } from './program';
import type { CellSource, ProgramSource } from './source';

/** Cells as `maskEscapes` left them, by their source; most cells do not change between two versions. */
export type MaskCache = Map<string, Pick<Cell, 'masked' | 'escapes'>>;

/** A program from its cells: escapes recognised and masked in code cells, all other cells left alone. */
export function buildProgram(source: ProgramSource, cache: MaskCache = new Map()): Program {
  return {
    path: source.path,
    kind: source.kind,
    isPython: source.isPython,
    host: source.host,
    cells: source.cells.map((cell) => buildCell(cell, source, cache)),
  };
}

/** `# %%` makes a script one that editors run cell by cell, where IPython's lines are allowed. */
export function isPercentScript(text: string): boolean {
  return /^#\s*%%(\s|$)/m.test(text);
}

function buildCell(cell: CellSource, program: ProgramSource, cache: MaskCache): Cell {
  const kind = cell.kind === 'code' && !program.isPython ? 'foreign' : cell.kind;
  const isInNotebook = program.kind === 'notebook';
  const span = cell.span ?? { start: 0, end: cell.source.length };
  const placed = { ...cell, kind, span, isInNotebook };
  const text = textOf(placed);
  const hasEscapes = isInNotebook || isPercentScript(text);
  if (kind !== 'code' || !hasEscapes) return { ...placed, masked: withPlainBreaks(text), escapes: [] };
  if (program.host === 'databricks') return maskDatabricks(placed, cache);
  let masked = cache.get(text);
  if (!masked) {
    const found = maskEscapes(text, { cellMagics: isInNotebook });
    masked = { masked: withPlainBreaks(found.masked), escapes: found.escapes };
    cache.set(text, masked);
  }
  return { ...placed, masked: masked.masked, escapes: masked.escapes };
}

/** A carriage return alone ends a line, and a comment, for Python, also within a string; for the grammar it does not. */
function withPlainBreaks(text: string): string {
  return text.includes('\r') ? text.replace(/\r(?!\n)/g, '\n') : text;
}

function maskDatabricks(cell: Omit<Cell, 'masked' | 'escapes'>, cache: MaskCache): Cell {
  const text = textOf(cell);
  const key = `databricks\0${text}`;
  let known = cache.get(key);
  if (!known) {
    const plain = plainCell(text);
    const { masked, escapes } = maskEscapes(plain.text);
    const placed = escapes.map((escape) => ({ ...escape, span: plain.spanOf(escape.span) }));
    known = { masked: withPlainBreaks(plain.widen(masked)), escapes: placed };
    cache.set(key, known);
  }
  const { start } = cell.span;
  const escapes = known.escapes.map((escape) => ({ ...escape, span: movedBy(escape.span, start) }));
  return { ...cell, masked: known.masked, escapes };
}

function movedBy({ start, end }: Span, by: number): Span {
  return { start: start + by, end: end + by };
}
