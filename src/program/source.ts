import type { Span } from '../text/position';
import { databricksSource, isDatabricksNotebook } from './databricks';
import type { SavedOutput } from './outputs';
import type { CellKind } from './program';

/** A program as an adapter has it: a script's text, or a notebook's cells. */
export interface ProgramSource {
  readonly path: string;
  readonly kind: 'script' | 'notebook';
  /** False for a notebook whose kernel is not Python; its code cells are then foreign. */
  readonly isPython: boolean;
  /** What has put names of its own into the notebook's namespace, where that is known. */
  readonly host?: 'databricks';
  /** A script has exactly one, of kind `code`. */
  readonly cells: readonly CellSource[];
}

export interface CellSource {
  /** Zero-based position in the notebook; null for a script, and in a notebook that is one text file. */
  readonly index: number | null;
  readonly kind: CellKind;
  /** The text in which positions count: in a notebook that is one text file, the whole file's. */
  readonly source: string;
  /** The part of `source` that is the cell; all of it if it is missing. */
  readonly span?: Span;
  readonly executionCount: number | null;
  /** The saved outputs, in order; missing where there are none. */
  readonly outputs?: readonly SavedOutput[];
  /** Tags in the cell's metadata (`parameters`); missing where there are none. */
  readonly tags?: readonly string[];
}

/** The program in the text of a `.py` file: a script, or a notebook as Databricks keeps it. */
export function scriptSource(path: string, text: string): ProgramSource {
  if (isDatabricksNotebook(text)) return databricksSource(path, text);
  return {
    path,
    kind: 'script',
    isPython: true,
    cells: [{ index: null, kind: 'code', source: text, executionCount: null }],
  };
}
