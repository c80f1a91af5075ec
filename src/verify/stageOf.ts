import { STAGE_NAMES } from '../knowledge/phases';
import type { FactUnit, ProgramFacts } from '../semantics/facts';
import { headingBefore } from '../stages/headings';
import { phasesOf } from '../stages/phases';
import type { RunPlace } from './run';

/** The stage that a place belongs to: the nearest heading above it, else what its statement does. */
export function stageOf(facts: ProgramFacts, { cell, line }: RunPlace): string | undefined {
  const upTo = facts.units.filter((unit) => isAtOrAbove(unit, cell, line));
  const here = upTo.at(-1);
  if (!here) return undefined;
  for (const [i, unit] of [...upTo.entries()].reverse()) {
    const heading = headingBefore(unit, upTo[i - 1]?.cell !== unit.cell);
    if (heading !== undefined) return heading;
  }
  const phase = phasesOf(facts).phaseOf(here);
  return phase && STAGE_NAMES[phase];
}

function isAtOrAbove({ cell, start }: FactUnit, at: number | null, line: number | null): boolean {
  const index = cell.cell.index;
  if (index !== null && at !== null && index !== at) return index < at;
  return line === null || cell.lines.positionAt(start).line <= line;
}
