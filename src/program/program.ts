import type { Span } from '../text/position';

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

/**
 * An IPython magic, shell or help line. `span` covers the whole escape in the cell's source (without the line break at
 * its end; for a cell magic with a foreign body up to the end of the cell; for `x = !cmd` from the `!`).
 */
export interface Escape {
  readonly kind: 'line-magic' | 'cell-magic' | 'shell' | 'help' | 'auto-call' | 'auto-magic';
  readonly span: Span;
  /** The magic's name without `%` (`time`, `bash`); the empty string for shell, help and auto-call. */
  readonly name: string;
  /** What follows the name or the `!`, as written, without leading blanks. For a cell magic: the rest of its first line. */
  readonly argument: string;
  /** The foreign body of an opaque cell magic (the lines below the first), else undefined. */
  readonly body?: string;
  /**
   * Transparent: the Python code behind it (`%time f()`) or below it (`%%time`) stays code in `masked`.
   * Opaque: all of `span` is masked.
   */
  readonly isTransparent: boolean;
  /** Names read by the escape itself: `$x`, `{x}`, `obj?`. */
  readonly reads: readonly string[];
  /** Names that it surely or possibly binds: `%%capture out`, `%store -r x`, words of an unknown magic's first line. */
  readonly binds: readonly string[];
  /** It may bind names that nobody can list: `%run`, `%pylab`, `%store -r`, `%load`. */
  readonly bindsUnknown: boolean;
}
