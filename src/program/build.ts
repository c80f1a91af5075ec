import { maskEscapes } from './escapes/mask';
import type { Cell, Program } from './program';
import type { CellSource, ProgramSource } from './source';

/** Cells as `maskEscapes` left them, by their source; most cells do not change between two versions. */
export type MaskCache = Map<string, Pick<Cell, 'masked' | 'escapes'>>;

/** A program from its cells: escapes recognised and masked in code cells, all other cells left alone. */
export function buildProgram(source: ProgramSource, cache: MaskCache = new Map()): Program {
  return {
    path: source.path,
    kind: source.kind,
    isPython: source.isPython,
    cells: source.cells.map((cell) => buildCell(cell, source, cache)),
  };
}

/** `# %%` makes a script one that editors run cell by cell, where IPython's lines are allowed. */
export function isPercentScript(text: string): boolean {
  return /^#\s*%%(\s|$)/m.test(text);
}

function buildCell(cell: CellSource, program: ProgramSource, cache: MaskCache): Cell {
  const kind = cell.kind === 'code' && !program.isPython ? 'foreign' : cell.kind;
  const hasEscapes = program.kind === 'notebook' || isPercentScript(cell.source);
  if (kind !== 'code' || !hasEscapes) return { ...cell, kind, masked: cell.source, escapes: [] };
  let masked = cache.get(cell.source);
  if (!masked) {
    masked = maskEscapes(cell.source, { cellMagics: program.kind === 'notebook' });
    cache.set(cell.source, masked);
  }
  return { ...cell, kind, masked: masked.masked, escapes: masked.escapes };
}
