import type { Escape } from '../syntax/escape';
import type { Span } from '../text/position';
import type { SavedOutput } from './outputs';

export type { Escape } from '../syntax/escape';

/**
 * One script or notebook as ordered cells. A script is one code cell; its `index` is null, as in the command line's
 * output. A notebook may be one text file (Databricks): then all positions count in the file, and `index` is null, too.
 */
export interface Program {
  readonly path: string;
  readonly kind: 'script' | 'notebook';
  readonly cells: readonly Cell[];
  /** Notebooks whose kernel is not Python have no code cells for us. */
  readonly isPython: boolean;
  /** What has put names of its own into the notebook's namespace, where that is known. */
  readonly host: 'databricks' | undefined;
}

/**
 * A cell's role for the engine: `code` is Python (with escapes), `foreign` is code of another language
 * (`metadata.vscode.languageId`, a kernel other than Python, a cell magic with a foreign body is *not* foreign: it is
 * a code cell with one escape).
 */
export type CellKind = 'code' | 'foreign' | 'markdown' | 'raw';

export interface Cell {
  /** Zero-based position in the notebook's `cells`; null for a script, and in a notebook that is one text file. */
  readonly index: number | null;
  readonly kind: CellKind;
  /** The text as the user wrote it, in which all positions count; in a notebook that is one text file, all of that. */
  readonly source: string;
  /** The part of `source` that is this cell. */
  readonly span: Span;
  /** It is run as a notebook's cell, which shows its last expression. */
  readonly isInNotebook: boolean;
  /** Same length and lines as that part of `source`; every escape is masked so that the rest parses as Python. */
  readonly masked: string;
  /** In source order, not overlapping. */
  readonly escapes: readonly Escape[];
  /** The saved execution count; null if there is none. */
  readonly executionCount: number | null;
  /** The saved outputs, in order; missing where there are none. */
  readonly outputs?: readonly SavedOutput[];
  /** Tags in the cell's metadata (`parameters`); missing where there are none. */
  readonly tags?: readonly string[];
}

/** A cell's own text. */
export function textOf({ source, span }: { readonly source: string; readonly span?: Span }): string {
  return span ? source.slice(span.start, span.end) : source;
}
