import type { CellKind } from './program';

/** A program as an adapter has it: a script's text, or a notebook's cells. */
export interface ProgramSource {
  readonly path: string;
  readonly kind: 'script' | 'notebook';
  /** False for a notebook whose kernel is not Python; its code cells are then foreign. */
  readonly isPython: boolean;
  /** A script has exactly one, of kind `code`. */
  readonly cells: readonly CellSource[];
}

export interface CellSource {
  /** Zero-based position in the notebook; null for a script. */
  readonly index: number | null;
  readonly kind: CellKind;
  readonly source: string;
  readonly executionCount: number | null;
}

export function scriptSource(path: string, text: string): ProgramSource {
  return {
    path,
    kind: 'script',
    isPython: true,
    cells: [{ index: null, kind: 'code', source: text, executionCount: null }],
  };
}
