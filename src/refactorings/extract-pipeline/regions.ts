import type { FactUnit, ProgramFacts } from '../../semantics/facts';
import { CELL_MARK, beginsScript, headingComment, headingImport } from '../../stages/headings';
import type { Span } from '../../text/position';
import type { Roles } from './roles';

/** A statement with the comments above it and what stands behind it on its line. Offsets in its cell's source. */
export interface Region {
  readonly unit: FactUnit;
  readonly start: number;
  readonly end: number;
  /** Comments further up that head the section which the statement begins. */
  readonly above?: Span;
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

/**
 * Gives what heads a section to the section's first statement that runs, where imports stand in between and go to the
 * top: a comment that looks like a heading, in a cell of a notebook the comment at its top.
 */
export function withSectionComments(
  regions: ReadonlyMap<FactUnit, Region>,
  { of }: Roles,
  facts: ProgramFacts,
): ReadonlyMap<FactUnit, Region> {
  const moved = new Map(regions);
  for (const unit of facts.units) {
    if (of.get(unit) !== 'run' || headingComment(unit) !== undefined) continue;
    const isScript = unit.cell.cell.index === null;
    const head = isScript ? headingImport(unit) : firstImport(unit, of);
    if (!head || of.get(head) !== 'import') continue;
    const region = regions.get(head)!;
    const lead = unit.cell.cell.source.slice(region.start, head.start);
    const isOfScript = isScript && beginsScript(head);
    const at = lead.search(isOfScript ? CELL_MARK : /#/);
    if (at < 0) continue;
    const start = region.start + at;
    if (isOfScript) {
      // What stands above the mark stays with the docstring.
      const docstring = facts.units[head.order - 1];
      if (!docstring) continue;
      moved.set(docstring, { ...regions.get(docstring)!, end: start });
    }
    moved.set(head, { ...region, start: head.start });
    moved.set(unit, { ...regions.get(unit)!, above: { start, end: head.start } });
  }
  return moved;
}

/** The first statement of a cell, where it and all others above a statement are imports. */
function firstImport({ facts, cell, order }: FactUnit, of: Roles['of']): FactUnit | undefined {
  let first: FactUnit | undefined;
  for (let i = order - 1; facts.units[i]?.cell === cell; i--) {
    first = facts.units[i]!;
    if (of.get(first) !== 'import') return undefined;
  }
  return first;
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
