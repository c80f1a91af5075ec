import { LineIndex } from '../../text/position';
import { memberOf, parseJson, type JsonArrayNode, type JsonNode, type JsonObjectNode } from './json';

/** Where the parts of a notebook lie in its text. */
export interface NotebookTree {
  readonly text: string;
  readonly root: JsonObjectNode;
  readonly nbformat: number;
  readonly nbformatMinor: number;
  /** The list that holds the cells; undefined where they lie in worksheets. */
  readonly list: JsonArrayNode | undefined;
  readonly cells: readonly CellTree[];
  /** Why this notebook can be read but not changed; undefined if it can. One sentence without a full stop. */
  readonly readOnly: string | undefined;
}

export interface CellTree {
  readonly node: JsonObjectNode;
  /** A string, a list of strings, or null; undefined if the cell has none. */
  readonly source: JsonNode | undefined;
}

/** Why a text is not a notebook, and where; a value, never an exception. */
export interface NotebookError {
  /** One sentence without a full stop. */
  readonly reason: string;
  /** Zero-based, in the notebook's JSON text. */
  readonly line: number;
  /** Zero-based, in UTF-16 code units. */
  readonly character: number;
}

/** Root, `cells`, cell, its members, and their items (lines, outputs). */
const DEPTH = 4;
/** Worksheets lie two levels in between. */
const WORKSHEET_DEPTH = 6;

/**
 * Finds the cells of a notebook of any format that Jupyter has written since 2011 (nbformat 2 to 4). A format number
 * that is missing is taken from the shape.
 */
export function parseNotebook(text: string): NotebookTree | NotebookError {
  const fail = (reason: string, offset: number): NotebookError => {
    const { line, character } = new LineIndex(text).positionAt(offset);
    return { reason, line, character };
  };
  let root = parseJson(text, DEPTH);
  if (
    !('reason' in root) &&
    memberOf(root, 'cells') === undefined &&
    memberOf(root, 'worksheets') !== undefined
  ) {
    root = parseJson(text, WORKSHEET_DEPTH);
  }
  if ('reason' in root) {
    if (/^\ufeff?\s*$/.test(text)) return fail('the file is empty', 0);
    if (isConflictMarker(text, root.offset))
      return fail('the notebook has merge conflict markers', root.offset);
    return fail(`the notebook is not valid JSON: ${root.reason}`, root.offset);
  }
  if (root.kind !== 'object') return fail('the notebook is not a JSON object', root.start);

  const lists = cellLists(text, root);
  if (lists === undefined) return fail('the notebook has no list of cells', root.start);
  const list = memberOf(root, 'cells') === lists[0] ? lists[0] : undefined;
  const nbformat = integerOf(text, memberOf(root, 'nbformat')) ?? (list === undefined ? 3 : 4);
  if (nbformat < 2) return fail(`notebooks of format ${nbformat} cannot be read`, root.start);

  const cells: CellTree[] = [];
  for (const node of lists.flatMap((each) => each.items)) {
    const index = cells.length;
    if (node.kind !== 'object') return fail(`the cell at index ${index} is not a JSON object`, node.start);
    const source = (nbformat < 4 ? memberOf(node, 'input') : undefined) ?? memberOf(node, 'source');
    if (source !== undefined && !isSource(text, source)) {
      const reason = `the source of the cell at index ${index} is neither a string nor a list of strings`;
      return fail(reason, source.start);
    }
    cells.push({ node, source });
  }
  return {
    text,
    root,
    nbformat,
    nbformatMinor: integerOf(text, memberOf(root, 'nbformat_minor')) ?? 0,
    list,
    cells,
    readOnly: readOnlyReason(nbformat, list !== undefined),
  };
}

function readOnlyReason(nbformat: number, hasList: boolean): string | undefined {
  if (nbformat !== 4) return `notebooks of format ${nbformat} can be read but not changed`;
  return hasList ? undefined : 'a notebook of format 4 with worksheets can be read but not changed';
}

/** The value of a number node if it is an integer. */
export function integerOf(text: string, node: JsonNode | undefined): number | undefined {
  if (node?.kind !== 'number') return undefined;
  const value = Number(text.slice(node.start, node.end));
  return Number.isSafeInteger(value) ? value : undefined;
}

/** `cells`, or those of all worksheets in order (as Jupyter converts them); undefined if there is no such list. */
function cellLists(text: string, root: JsonObjectNode): JsonArrayNode[] | undefined {
  const cells = memberOf(root, 'cells');
  if (cells !== undefined) return cells.kind === 'array' ? [cells] : undefined;
  const sheets = memberOf(root, 'worksheets');
  if (sheets === undefined) {
    // Before format 4 a notebook without worksheets is an empty one.
    const nbformat = integerOf(text, memberOf(root, 'nbformat'));
    return nbformat === 2 || nbformat === 3 ? [] : undefined;
  }
  if (sheets.kind !== 'array') return undefined;
  const lists: JsonArrayNode[] = [];
  for (const sheet of sheets.items) {
    const list = memberOf(sheet, 'cells');
    if (sheet.kind !== 'object' || (list !== undefined && list.kind !== 'array')) return undefined;
    if (list !== undefined) lists.push(list);
  }
  return lists;
}

function isSource(text: string, node: JsonNode): boolean {
  if (node.kind === 'array') return node.items.every((item) => item.kind === 'string');
  return node.kind === 'string' || isNull(text, node);
}

export function isNull(text: string, node: JsonNode): boolean {
  return node.kind === 'literal' && text.startsWith('null', node.start);
}

function isConflictMarker(text: string, offset: number): boolean {
  const lineStart = Math.max(text.lastIndexOf('\n', offset - 1), text.lastIndexOf('\r', offset - 1)) + 1;
  return /^(?:<{7}|={7}|>{7}|\|{7})/.test(text.slice(lineStart, lineStart + 7));
}
