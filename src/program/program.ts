import type { Escape } from '../syntax/escape';

export type { Escape } from '../syntax/escape';

/**
 * One script or notebook as ordered cells. A script is one code cell; its `index` is null, as in the command line's
 * output.
 */
export interface Program {
  readonly path: string;
  readonly kind: 'script' | 'notebook';
  readonly cells: readonly Cell[];
  /** Notebooks whose kernel is not Python have no code cells for us. */
  readonly isPython: boolean;
}

/**
 * A cell's role for the engine: `code` is Python (with escapes), `foreign` is code of another language
 * (`metadata.vscode.languageId`, a kernel other than Python, a cell magic with a foreign body is *not* foreign: it is
 * a code cell with one escape).
 */
export type CellKind = 'code' | 'foreign' | 'markdown' | 'raw';

export interface Cell {
  /** Zero-based position in the notebook's `cells`; null for a script. */
  readonly index: number | null;
  readonly kind: CellKind;
  /** The text as the user wrote it. */
  readonly source: string;
  /** Same length and lines as `source`; every escape is masked so that the rest parses as Python. */
  readonly masked: string;
  /** In source order, not overlapping. */
  readonly escapes: readonly Escape[];
  /** The saved execution count; null if there is none. */
  readonly executionCount: number | null;
}
