import type { FactUnit, ProgramFacts } from '../../semantics/facts';

/** A statement with the comments above it and what stands behind it on its line. Offsets in its cell's source. */
export interface Region {
  readonly unit: FactUnit;
  readonly start: number;
  readonly end: number;
}

/**
 * The regions of all statements, in document order. Within a cell they follow one another without a gap; in a script
 * the comments at the top that belong to the whole file are in none, in a notebook a cell magic's line is in none.
 */
export function regionsOf(facts: ProgramFacts): ReadonlyMap<FactUnit, Region> {
  const regions = new Map<FactUnit, Region>();
  let at = 0;
  for (const [i, unit] of facts.units.entries()) {
    const { source } = unit.cell.cell;
    const isFirst = facts.units[i - 1]?.cell !== unit.cell;
    if (isFirst) at = unit.cell.cell.index === null ? headerEnd(source, unit.start) : magicEnd(unit);
    const end = unit.start + unit.unit.text.length;
    const next = facts.units[i + 1];
    const lineEnd = source.length - source.slice(end).replace(/^[^\r\n]*(?:\r\n|\n|\r)?/, '').length;
    // A statement on the same line ends the region at that statement.
    const regionEnd = next?.cell === unit.cell && next.start < lineEnd ? next.start : lineEnd;
    regions.set(unit, { unit, start: at, end: regionEnd });
    at = regionEnd;
  }
  return regions;
}

/** Where a cell's Python begins: below the line of its cell magic. */
function magicEnd({ cell }: FactUnit): number {
  const magic = cell.cell.escapes.find(({ kind }) => kind === 'cell-magic');
  if (!magic) return 0;
  const line = /^[^\r\n]*(?:\r\n|\n|\r)?/.exec(cell.cell.source.slice(magic.span.start))![0];
  return magic.span.start + line.length;
}

/** Where the comments that belong to the whole file end: at the first blank line, or where there is none at once. */
function headerEnd(source: string, firstStatement: number): number {
  const above = source.slice(0, firstStatement);
  const lineStart = Math.max(above.lastIndexOf('\n'), above.lastIndexOf('\r')) + 1;
  const blank = /(?:^|[\r\n])[ \t]*(?:\r\n|\n|\r)(?=[^\r\n]*$|#[^]*$)/.exec(source.slice(0, lineStart));
  const shebang = /^(?:#!.*|#.*coding[:=].*)(?:\r\n|\n|\r)/.exec(source)?.[0].length ?? 0;
  const end = blank ? blank.index + blank[0].length : shebang;
  return Math.min(Math.max(end, shebang), lineStart);
}
