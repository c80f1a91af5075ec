import { type AST, ParseError, parseTOML } from 'toml-eslint-parser';
import type { Span } from '../text/position';
import type { PlacedEntry, PlacedProblem, PlacedValue } from './placed';

/** A table that is being put together: TOML may spread one over several places. */
interface OpenTable {
  readonly open: 'table';
  readonly entries: Map<string, { readonly keySpan: Span; value: OpenValue }>;
  readonly span: Span;
}

interface OpenList {
  readonly open: 'tables';
  readonly items: OpenTable[];
  readonly span: Span;
}

type OpenValue = OpenTable | OpenList | AST.TOMLContentNode;

/**
 * The table `tool.graduate` of a `pyproject.toml`; undefined if it has none. A file that is no TOML is a problem only
 * where it means to have the table: templates of projects are no TOML, and none of our business.
 *
 * Offsets are UTF-16 code units. Never throws.
 */
export function readToolTable(text: string): PlacedValue | undefined | PlacedProblem {
  // Most files say nothing of us; they need not be read.
  if (!text.includes('graduate')) return undefined;
  let program: AST.TOMLProgram;
  try {
    program = parseTOML(text);
  } catch (error) {
    if (!meansTable(text)) return undefined;
    if (!(error instanceof ParseError)) return { message: 'no valid TOML', span: { start: 0, end: 0 } };
    const start = Math.min(error.index, text.length);
    return { message: `no valid TOML: ${error.message}`, span: { start, end: start } };
  }
  const root = openTable(program);
  for (const node of program.body[0].body) {
    if (node.type === 'TOMLKeyValue') insert(root, node);
    else {
      const table = node.kind === 'array' ? newItem(root, node.key) : reach(root, node.key.keys);
      if (table) for (const pair of node.body) insert(table, pair);
    }
  }
  const tool = root.entries.get('tool')?.value;
  const own = tool && asOpen(tool);
  const graduate = own?.open === 'table' ? own.entries.get('graduate') : undefined;
  return graduate && placed(graduate.value);
}

function meansTable(text: string): boolean {
  return /^[ \t]*\[+[ \t]*["']?tool["']?[ \t]*(?:\][^]*^[ \t]*|\.[ \t]*)["']?graduate\b/m.test(text);
}

function openTable(node: { readonly range: AST.Range }): OpenTable {
  return { open: 'table', entries: new Map(), span: spanOf(node) };
}

function spanOf({ range: [start, end] }: { readonly range: AST.Range }): Span {
  return { start, end };
}

function nameOf(key: AST.TOMLBare | AST.TOMLQuoted): string {
  return key.type === 'TOMLBare' ? key.name : key.value;
}

function insert(table: OpenTable, { key, value }: AST.TOMLKeyValue): void {
  const parent = reach(table, key.keys.slice(0, -1));
  const last = key.keys.at(-1);
  // The parser refuses keys that are there twice.
  if (parent && last) parent.entries.set(nameOf(last), { keySpan: spanOf(last), value });
}

/** The table at a path, made where it is not there; of a list of tables the last one. */
function reach(table: OpenTable, keys: readonly (AST.TOMLBare | AST.TOMLQuoted)[]): OpenTable | undefined {
  let at = table;
  for (const key of keys) {
    const known = at.entries.get(nameOf(key));
    const open = known ? asOpen(known.value) : openTable(key);
    if (!open) return undefined;
    at.entries.set(nameOf(key), { keySpan: known?.keySpan ?? spanOf(key), value: open });
    const next = open.open === 'tables' ? open.items.at(-1) : open;
    if (!next) return undefined;
    at = next;
  }
  return at;
}

/** The table of a `[[heading]]`. */
function newItem(root: OpenTable, key: AST.TOMLKey): OpenTable | undefined {
  const parent = reach(root, key.keys.slice(0, -1));
  const last = key.keys.at(-1);
  if (!parent || !last) return undefined;
  const known = parent.entries.get(nameOf(last))?.value;
  const list: OpenList =
    known && 'open' in known && known.open === 'tables'
      ? known
      : { open: 'tables', items: [], span: spanOf(last) };
  const item = openTable(last);
  list.items.push(item);
  parent.entries.set(nameOf(last), { keySpan: list.span, value: list });
  return item;
}

/** An inline table opened, to be looked into like any other. */
function asOpen(value: OpenValue): OpenTable | OpenList | undefined {
  if ('open' in value) return value;
  if (value.type !== 'TOMLInlineTable') return undefined;
  const table = openTable(value);
  for (const pair of value.body) insert(table, pair);
  return table;
}

function placed(value: OpenValue): PlacedValue {
  const open = asOpen(value);
  if (open?.open === 'tables') return { kind: 'list', items: open.items.map(placed), span: open.span };
  if (open) {
    const entries = [...open.entries].map(([key, entry]): PlacedEntry => ({
      key,
      keySpan: entry.keySpan,
      value: placed(entry.value),
    }));
    return { kind: 'map', entries, span: open.span };
  }
  const node = value as AST.TOMLContentNode;
  const span = spanOf(node);
  if (node.type === 'TOMLArray') return { kind: 'list', items: node.elements.map(placed), span };
  if (node.type === 'TOMLValue' && node.kind === 'string') return { kind: 'text', value: node.value, span };
  if (node.type === 'TOMLValue' && node.kind === 'boolean') return { kind: 'flag', value: node.value, span };
  const isNumber = node.type === 'TOMLValue' && (node.kind === 'integer' || node.kind === 'float');
  return { kind: 'other', value: isNumber ? 'a number' : 'a date or time', span };
}
