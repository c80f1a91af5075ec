import type { FactUnit } from '../semantics/facts';
import type { Refusal } from '../text/refusal';
import type { AnalysedProgram } from './outcome';
import { refusalAt } from './places';

/** A cell whose code is indented as a whole: IPython takes the indent away, a module's Python does not. */
export function indentedCell({ facts, path }: AnalysedProgram): Refusal | undefined {
  const unit = facts.units.find(isIndented);
  if (!unit) return undefined;
  return refusalAt(
    path,
    unit,
    unit.unit.statement,
    'the cell is indented as a whole, which only IPython allows',
  );
}

/** Whether a top-level statement begins further in than in a module. */
export function isIndented({ cell, start, unit }: FactUnit): boolean {
  if (unit.escapes.length > 0) return false;
  const { source } = cell.cell;
  let at = start;
  while (source[at - 1] === ' ' || source[at - 1] === '\t') at--;
  return at < start && (at === 0 || source[at - 1] === '\n' || source[at - 1] === '\r');
}
