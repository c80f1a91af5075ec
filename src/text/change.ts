import type { EditSet } from './edit';

/**
 * A set of edits over files and cells: what a fix or a refactoring computes, and the one thing that adapters apply.
 * Paths are the workspace's own (see `Workspace`). A path occurs once.
 */
export interface Change {
  readonly files: readonly FileChange[];
}

export type FileChange = TextFileChange | NotebookChange | NewFile;

/** Edits of a plain text file; offsets count in the decoded text without byte-order mark. */
export interface TextFileChange {
  readonly kind: 'text';
  readonly path: string;
  /** The text that the edits were computed on; whoever applies them checks that it is still the text. */
  readonly before: string;
  readonly edits: EditSet;
}

/** Edits of cells of a notebook; each edit's offsets count in the cell's own source. */
export interface NotebookChange {
  readonly kind: 'notebook';
  readonly path: string;
  readonly cells: readonly CellChange[];
  /** Saved outputs that are taken out; missing where all stay. A cell occurs once. */
  readonly outputs?: readonly OutputRemoval[];
}

/** Saved outputs of a cell that are taken out; its source, its metadata and its other outputs stay. */
export interface OutputRemoval {
  /** Zero-based index in the notebook's `cells` array, text cells counted. */
  readonly cell: number;
  /** How many outputs the cell has. */
  readonly count: number;
  /** Zero-based, ascending; with the output's text (`textOfOutput`), which whoever applies it compares. */
  readonly removed: readonly { readonly index: number; readonly text: string }[];
}

export interface CellChange {
  /** Zero-based index in the notebook's `cells` array, text cells counted. */
  readonly cell: number;
  /** The cell's source that the edits were computed on. */
  readonly before: string;
  readonly edits: EditSet;
}

/** A file that is not there yet; applying it where a file exists is refused. */
export interface NewFile {
  readonly kind: 'create';
  readonly path: string;
  readonly content: string;
}
