import type { FactUnit } from '../../semantics/facts';
import type { Refusal } from '../../text/refusal';
import type { AnalysedProgram } from '../outcome';

/** The top-level statements that have a part on the line of a refusal, in their order. */
export function unitsOnLine({ facts, path }: AnalysedProgram, refusal: Refusal): readonly FactUnit[] {
  if (refusal.path !== path) return [];
  return facts.units.filter((unit) => {
    const { cell, lines } = unit.cell;
    if (cell.index !== refusal.cell) return false;
    const first = lines.positionAt(unit.start).line;
    const last = lines.positionAt(unit.start + unit.unit.text.length).line;
    return first <= refusal.line && refusal.line <= last;
  });
}
