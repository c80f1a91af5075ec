import type { Region } from '../refactorings/extract-pipeline/regions';
import { stringSpans } from '../refactorings/extract-pipeline/edits';
import type { FactUnit, ProgramFacts } from '../semantics/facts';

/** A comment of the original. */
export interface Comment {
  /** Zero-based index of its cell; null in a script. */
  readonly cell: number | null;
  /** Zero-based, within the cell or file. */
  readonly line: number;
  /** From the number sign to the end of its line. */
  readonly text: string;
}

/** Regions in which a cell's last statement takes the comments below it along. */
export function withTails(
  regions: ReadonlyMap<FactUnit, Region>,
  facts: ProgramFacts,
): ReadonlyMap<FactUnit, Region> {
  const widened = new Map(regions);
  for (const [i, unit] of facts.units.entries()) {
    const region = regions.get(unit);
    if (!region || facts.units[i + 1]?.cell === unit.cell) continue;
    const { source } = unit.cell.cell;
    const tail = source.slice(region.end);
    if (tail.includes('#') && /^(?:[ \t\f]*(?:#[^\r\n]*)?(?:\r\n|\n|\r|$))+$/.test(tail)) {
      widened.set(unit, { ...region, end: source.length });
    }
  }
  return widened;
}

/** The comments that stand in none of the texts: those of imports, of cells without a statement, above everything. */
export function commentsLeftOut(facts: ProgramFacts, texts: readonly string[]): readonly Comment[] {
  const all = texts.join('\n');
  return facts.cells.flatMap((cell) => {
    const { source, index } = cell.cell;
    const strings = facts.units.filter((unit) => unit.cell === cell).flatMap((unit) => stringSpans(unit));
    const comments: Comment[] = [];
    for (let at = source.indexOf('#'); at >= 0;) {
      const string = strings.find(({ start, end }) => start <= at && at < end);
      if (string) {
        at = source.indexOf('#', string.end);
        continue;
      }
      const text = /^[^\r\n]*/.exec(source.slice(at))![0].trimEnd();
      const says = text.replace(/[#\s]/g, '') !== '' && !/^#!|^#.*coding[:=]/.test(text);
      if (says && !all.includes(text))
        comments.push({ cell: index, line: cell.lines.positionAt(at).line, text });
      at = source.indexOf('#', at + text.length);
    }
    return comments;
  });
}
