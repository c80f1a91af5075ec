import type { Refusal } from '../../text/refusal';
import { changedCells } from '../cellChange';
import type { AnalysedProgram, Outcome } from '../outcome';
import { hoistWalrus } from './hoistWalrus';
import type { Lift, Lifter } from './lift';
import { queryLocals } from './queryLocals';
import { splitLine } from './splitLine';
import { takeOutMagic } from './takeOutMagic';

const LIFTERS: readonly Lifter[] = [splitLine, hoistWalrus, queryLocals, takeOutMagic];

/** The small edit that would lift a refusal; undefined where only its author can know. */
export function liftOf(program: AnalysedProgram, refusal: Refusal): Lift | undefined {
  for (const lifter of LIFTERS) {
    const lift = lifter(program, refusal);
    if (lift) return lift;
  }
  return undefined;
}

/** What a lift does to the program. */
export function liftedBy(
  { path }: AnalysedProgram,
  { cell, edits }: Lift,
): Outcome & { readonly status: 'done' } {
  return changedCells(path, new Map([[cell, edits]]));
}
