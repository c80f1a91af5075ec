import { sharesLine } from '../../stages/stages';
import { lineBreakOf } from '../places';
import type { Lifter } from './lift';
import { unitsOnLine } from './units';

/** `a = 1; import b`: each statement gets a line of its own. */
export const splitLine: Lifter = (program, refusal) => {
  if (refusal.reason !== 'statements of different kinds share a line') return undefined;
  const units = unitsOnLine(program, refusal);
  const edits = units.slice(1).flatMap((unit, i) => {
    const before = units[i]!;
    if (!sharesLine(before, unit)) return [];
    const { source } = unit.cell.cell;
    const start = before.start + before.unit.text.length;
    // Anything else between them would be lost.
    if (!/^[ \t\f]*;[ \t\f]*$/.test(source.slice(start, unit.start))) return [];
    return [{ span: { start, end: unit.start }, newText: lineBreakOf(source) }];
  });
  const [first] = units;
  if (!first || edits.length === 0) return undefined;
  return { title: 'Give each statement a line of its own', kind: 'keeps', cell: first.cell, edits };
};
