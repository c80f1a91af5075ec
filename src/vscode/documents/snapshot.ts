import * as vscode from 'vscode';
import type { CellKind } from '../../program/program';
import { type CellSource, type ProgramSource, scriptSource } from '../../program/source';
import { tagsOf } from '../../program/notebook/toSource';
import { hasPythonKernel } from './kernel';
import { savedOutputs } from './outputs';

/** A script or notebook that is open in VS Code. `path` is the engine's name for it. */
export type OpenProgram =
  | {
      readonly kind: 'script';
      readonly path: string;
      readonly uri: vscode.Uri;
      readonly document: vscode.TextDocument;
    }
  | {
      readonly kind: 'notebook';
      readonly path: string;
      readonly uri: vscode.Uri;
      readonly notebook: vscode.NotebookDocument;
    };

/** One version of an open program. */
export interface Snapshot {
  readonly program: OpenProgram;
  readonly source: ProgramSource;
  /** The documents of the cells, as many and in the same order as `source.cells`; a script has one. */
  readonly documents: readonly vscode.TextDocument[];
  /** Equal for equal versions, whatever happened in between (saving, output of a cell that runs). */
  readonly stamp: string;
}

export function snapshotOf(program: OpenProgram): Snapshot {
  const { kind, path } = program;
  if (kind === 'script') {
    const { document } = program;
    return {
      program,
      source: scriptSource(path, document.getText()),
      documents: [document],
      stamp: stampOf(program),
    };
  }
  const cells = program.notebook.getCells();
  return {
    program,
    source: {
      path,
      kind,
      isPython: hasPythonKernel(program.notebook.metadata),
      cells: cells.map(cellSource),
    },
    documents: cells.map((cell) => cell.document),
    stamp: stampOf(program),
  };
}

/** The stamp that a snapshot would have now. */
export function stampOf(program: OpenProgram): string {
  if (program.kind === 'script') return String(program.document.version);
  const { notebook } = program;
  const cells = notebook.getCells().map((cell) => {
    const { document, kind, executionSummary, outputs } = cell;
    // Outputs come by the dozen per second while a cell runs; how the run ended says that they are complete.
    const order = `${executionSummary?.executionOrder ?? ''}:${executionSummary?.success ?? ''}:${outputs.length}`;
    const tags = tagsOf(fileMetadata(cell)).tags?.join(',') ?? '';
    return `${document.uri.fragment}@${document.version}:${kind}:${document.languageId}:${order}:${tags}`;
  });
  return `${hasPythonKernel(notebook.metadata)} ${cells.join(' ')}`;
}

/** The notebook that a program is; undefined for a script. */
export function notebookOfProgram(program: OpenProgram): vscode.NotebookDocument | undefined {
  return program.kind === 'notebook' ? program.notebook : undefined;
}

/** The document of a cell by its index in the notebook; of the script, with null. */
export function documentAt(snapshot: Snapshot, cell: number | null): vscode.TextDocument | undefined {
  return snapshot.documents[cell ?? 0];
}

/** The index of a cell's document; null in a script. */
export function cellIndexOf(snapshot: Snapshot, document: vscode.TextDocument): number | null {
  return snapshot.program.kind === 'script' ? null : snapshot.documents.indexOf(document);
}

function cellSource(cell: vscode.NotebookCell): CellSource {
  return {
    index: cell.index,
    kind: cellKind(cell),
    source: cell.document.getText(),
    executionCount: cell.executionSummary?.executionOrder ?? null,
    ...(cell.outputs.length > 0 ? { outputs: savedOutputs(cell) } : {}),
    ...tagsOf(fileMetadata(cell)),
  };
}

/** A cell's metadata as the file has them: VS Code's reader of notebooks has kept them in two places. */
function fileMetadata({ metadata }: vscode.NotebookCell): unknown {
  const custom = metadata['custom'] as { readonly metadata?: unknown } | undefined;
  return metadata['metadata'] ?? custom?.metadata;
}

function cellKind(cell: vscode.NotebookCell): CellKind {
  if (cell.kind === vscode.NotebookCellKind.Markup) return 'markdown';
  const { languageId } = cell.document;
  // VS Code's reader of notebooks makes code cells of this language from raw cells.
  if (languageId === 'raw') return 'raw';
  return languageId === 'python' ? 'code' : 'foreign';
}
