import assert from 'node:assert/strict';
import fc from 'fast-check';
import { memberOf } from '../../../src/program/notebook/json';
import { parseNotebook, type NotebookTree } from '../../../src/program/notebook/tree';

/** How a writer of JSON lays out and spells. */
export interface Style {
  readonly indent: number | string | undefined;
  readonly comma: string;
  readonly colon: string;
  readonly isAscii: boolean;
  readonly lineBreak: '\n' | '\r\n';
}

export const PLAIN: Style = { indent: 1, comma: ',', colon: ': ', isAscii: false, lineBreak: '\n' };

/** Writes as Python's `json.dumps` does with `indent`, `separators` and `ensure_ascii`. */
export function serialise(value: unknown, style: Style = PLAIN): string {
  const unit = typeof style.indent === 'number' ? ' '.repeat(style.indent) : style.indent;
  const string = (text: string): string => {
    const json = JSON.stringify(text);
    if (!style.isAscii) return json;
    return json.replace(/[^\x20-\x7e]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
  };
  const container = (brackets: string, items: string[], depth: number): string => {
    if (items.length === 0) return brackets;
    if (unit === undefined) return `${brackets[0]}${items.join(style.comma)}${brackets[1]}`;
    const line = (level: number): string => style.lineBreak + unit.repeat(level);
    return brackets[0] + line(depth + 1) + items.join(`,${line(depth + 1)}`) + line(depth) + brackets[1];
  };
  const write = (item: unknown, depth: number): string => {
    if (typeof item === 'string') return string(item);
    if (Array.isArray(item))
      return container(
        '[]',
        item.map((each) => write(each, depth + 1)),
        depth,
      );
    if (typeof item !== 'object' || item === null) return JSON.stringify(item);
    const members = Object.entries(item).map(
      ([key, each]) => string(key) + style.colon + write(each, depth + 1),
    );
    return container('{}', members, depth);
  };
  return write(value, 0) + (unit === undefined ? '' : style.lineBreak);
}

export interface PlainCell {
  cell_type: string;
  id?: string;
  source: string | string[];
  [key: string]: unknown;
}

export interface PlainNotebook {
  cells: PlainCell[];
  nbformat: number;
  nbformat_minor: number;
  [key: string]: unknown;
}

/** A notebook of code cells with these sources. */
export function notebookOf(sources: readonly (string | string[])[], more: object = {}): PlainNotebook {
  return {
    cells: sources.map((source) => ({
      cell_type: 'code',
      execution_count: null,
      metadata: {},
      outputs: [],
      source,
    })),
    metadata: {},
    nbformat: 4,
    nbformat_minor: 4,
    ...more,
  };
}

/** A source as Jupyter and VS Code write it into a list. */
export function itemsOf(source: string): string[] {
  return source.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

export function treeOf(text: string): NotebookTree {
  const tree = parseNotebook(text);
  assert.ok(!('reason' in tree), 'reason' in tree ? tree.reason : '');
  return tree;
}

/** The text with the value of every cell's source taken out: what an edit must not touch. */
export function withoutSources(text: string): string {
  let rest = '';
  let at = 0;
  for (const { node } of treeOf(text).cells) {
    const source = memberOf(node, 'source');
    if (source === undefined) continue;
    rest += `${text.slice(at, source.start)}SOURCE`;
    at = source.end;
  }
  return rest + text.slice(at);
}

export function done(result: string | { reason: string }): string {
  assert.equal(typeof result, 'string', typeof result === 'string' ? '' : result.reason);
  return result as string;
}

const character = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.constantFrom('a', 'b', ' ', '"', '\\', '\t', '/', 'n', 'u', '\r', '\x0c', '\x7f', '\x00'),
  },
  { weight: 2, arbitrary: fc.constantFrom('é', 'Ω', '😀', '\u2028', '\x85', '\ufeff', '\ud83d', '\ude00') },
);

/** Few distinct lines, so that sources have lines in common and repeat them. */
const line = fc.oneof(
  fc.constantFrom('', 'x', 'x = 1', 'é', '    return y', '\\n', '"a"'),
  fc.string({ unit: character, maxLength: 6 }),
);

export const sources = fc
  .tuple(fc.array(line, { maxLength: 8 }), fc.boolean())
  .map(([lines, hasBreak]) => lines.join('\n') + (hasBreak && lines.length > 0 ? '\n' : ''));

export const styles: fc.Arbitrary<Style> = fc.record({
  indent: fc.constantFrom<Style['indent']>(undefined, 0, 1, 2, 4, '\t'),
  comma: fc.constantFrom(',', ', '),
  colon: fc.constantFrom(':', ': '),
  isAscii: fc.boolean(),
  lineBreak: fc.constantFrom('\n', '\r\n'),
});

/**
 * Notebooks as programs write them. One character outside ASCII stands in the metadata, so that the file shows its
 * spelling whatever happens to its cells.
 */
export const notebooks = (shape: 'list' | 'string'): fc.Arbitrary<PlainNotebook> =>
  fc
    .record({
      cells: fc.array(
        fc.record({ type: fc.constantFrom('code', 'markdown', 'raw'), source: sources, deep: fc.boolean() }),
        {
          minLength: 1,
          maxLength: 5,
        },
      ),
      minor: fc.constantFrom(0, 4, 5),
    })
    .map(({ cells, minor }) => ({
      cells: cells.map(({ type, source, deep }, i) => ({
        cell_type: type,
        ...(type === 'code' ? { execution_count: deep ? i : null } : {}),
        ...(minor >= 5 ? { id: `id-${i}` } : {}),
        metadata: deep ? { tags: ['a\n', 'b'], source: 'no' } : {},
        ...(type === 'code'
          ? { outputs: deep ? [{ output_type: 'stream', name: 'stdout', text: ['1\n', '2'] }] : [] }
          : {}),
        source: shape === 'list' ? itemsOf(source) : source,
      })),
      metadata: { language_info: { name: 'python' }, title: 'é' },
      nbformat: 4,
      nbformat_minor: minor,
    }));
