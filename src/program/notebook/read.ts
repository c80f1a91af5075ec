import type { Span } from '../../text/position';
import { memberOf, stringOf, type JsonNode } from './json';
import { isObject, valueAt, type JsonObject, type JsonValue } from './json-value';
import { kernelOf, type Kernel } from './kernel';
import { integerOf, parseNotebook, type CellTree, type NotebookError } from './tree';

/** A notebook as it is in its file. */
export interface NotebookFile extends Kernel {
  /** The JSON text that it was read from. */
  readonly text: string;
  readonly nbformat: number;
  readonly nbformatMinor: number;
  readonly cells: readonly NotebookCell[];
  /** Why this notebook can be read but not changed (formats other than 4); undefined if it can. */
  readonly readOnly: string | undefined;
}

export interface NotebookCell {
  /** Zero-based, all types counted. */
  readonly index: number;
  /** Types that no format knows are `raw`: nobody runs them. */
  readonly type: 'code' | 'markdown' | 'raw';
  /** As written: may be missing, or repeated in another cell. */
  readonly id: string | undefined;
  /** The language that VS Code stores for this one cell, or that format 3 names other than Python. */
  readonly languageId: string | undefined;
  /** Lines end as they do in the JSON strings. */
  readonly source: string;
  readonly executionCount: number | null;
  /** Empty if there is none. */
  readonly metadata: JsonObject;
  /** Spans of the outputs in the notebook's text; see `outputOf`. */
  readonly outputs: readonly Span[];
}

/**
 * Reads the JSON text of a notebook, nbformat 2 to 4, with what is missing filled in.
 *
 * @returns the notebook, or the one thing that makes it unreadable and its place in the text.
 */
export function readNotebook(text: string): NotebookFile | NotebookError {
  const tree = parseNotebook(text);
  if ('reason' in tree) return tree;
  const { nbformat, nbformatMinor, readOnly } = tree;
  return {
    ...kernelOf(text, memberOf(tree.root, 'metadata')),
    text,
    nbformat,
    nbformatMinor,
    cells: tree.cells.map((cell, index) => readCell(text, cell, index)),
    readOnly,
  };
}

/** The value of one of a cell's outputs; read when asked for, because outputs are most of a notebook's bytes. */
export function outputOf(notebook: NotebookFile, output: Span): JsonValue {
  return valueAt(notebook.text, output);
}

/** The text of a cell's `source`: a string, a list of strings joined, or nothing. */
export function sourceOf(text: string, source: JsonNode | undefined): string {
  if (source?.kind === 'string') return stringOf(text, source);
  if (source?.kind === 'array') return source.items.map((item) => stringOf(text, item)).join('');
  return '';
}

function readCell(text: string, { node, source }: CellTree, index: number): NotebookCell {
  const string = (name: string): string | undefined => {
    const value = memberOf(node, name);
    return value?.kind === 'string' ? stringOf(text, value) : undefined;
  };
  const metadataNode = memberOf(node, 'metadata');
  const metadata = metadataNode?.kind === 'object' ? (valueAt(text, metadataNode) as JsonObject) : {};
  const outputs = memberOf(node, 'outputs');
  return {
    index,
    type: typeOf(string('cell_type')),
    id: string('id'),
    languageId: languageOf(metadata, string('language')),
    source: sourceOf(text, source),
    executionCount:
      integerOf(text, memberOf(node, 'execution_count') ?? memberOf(node, 'prompt_number')) ?? null,
    metadata,
    outputs: outputs?.kind === 'array' ? outputs.items.map(({ start, end }) => ({ start, end })) : [],
  };
}

function typeOf(type: string | undefined): NotebookCell['type'] {
  // Before format 4 headings and HTML were cells of their own; Jupyter makes them Markdown.
  if (type === 'markdown' || type === 'heading' || type === 'html') return 'markdown';
  return type === 'code' ? 'code' : 'raw';
}

function languageOf(metadata: JsonObject, format3: string | undefined): string | undefined {
  const vscode = metadata['vscode'];
  const languageId = isObject(vscode) ? vscode['languageId'] : undefined;
  if (typeof languageId === 'string' && languageId !== '') return languageId;
  const language = format3?.trim().toLowerCase() ?? '';
  return language === '' || language === 'python' ? undefined : language;
}
