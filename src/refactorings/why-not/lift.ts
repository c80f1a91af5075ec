import type { CodeCell } from '../../semantics/facts';
import type { TextEdit } from '../../text/edit';
import type { Refusal } from '../../text/refusal';
import type { AnalysedProgram } from '../outcome';

/** A small edit of the program that lifts a refusal. */
export interface Lift {
  /** For a menu; one that changes what the program does says so. */
  readonly title: string;
  readonly kind: 'keeps' | 'changes';
  readonly cell: CodeCell;
  /** Offsets count in the cell's source. */
  readonly edits: readonly TextEdit[];
}

/** Finds the edit for refusals of one kind; undefined where the refusal is another one, or none is sure. */
export type Lifter = (program: AnalysedProgram, refusal: Refusal) => Lift | undefined;
