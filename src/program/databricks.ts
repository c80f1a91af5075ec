import type { Span } from '../text/position';
import type { CellKind } from './program';
import type { CellSource, ProgramSource } from './source';

/**
 * Databricks keeps a notebook as one Python file: a first line that says so, `# COMMAND ----------` between the cells,
 * and `# MAGIC ` before every line of a cell that starts with a magic (`%sql`, `%md`, `%pip`, `%%time`).
 */
const HEADER = /^# Databricks notebook source[ \t]*(?=\r|\n|$)/;
const SEPARATOR = /^# COMMAND -{10}[ \t]*$/;
const TITLE = /^# DBTITLE \d+,/;
const PREFIX = /^# MAGIC(?: |$)/;
/** In a cell of plain Python only what IPython would run is one. */
const PREFIXED_ESCAPE = /^# MAGIC [%!]/;

/** Magics that make the whole cell something else than Python; `%pip`, `%run`, `%%time` and the like are IPython's. */
const CELL_KINDS: Readonly<Record<string, CellKind>> = {
  md: 'markdown',
  'md-sandbox': 'markdown',
  sql: 'foreign',
  scala: 'foreign',
  r: 'foreign',
  sh: 'foreign',
  fs: 'foreign',
  python: 'code',
};

/** Whether the text of a `.py` file is a Databricks notebook. */
export function isDatabricksNotebook(text: string): boolean {
  return HEADER.test(text);
}

/** The notebook in a file that `isDatabricksNotebook`. All positions count in the whole text. */
export function databricksSource(path: string, text: string): ProgramSource {
  return { path, kind: 'notebook', isPython: true, host: 'databricks', cells: cellsOf(text) };
}

function cellsOf(text: string): CellSource[] {
  const cells: CellSource[] = [];
  const add = (from: number, to: number): void => {
    const start = afterTitles(text, from, to);
    const span = { start, end: to };
    const kind = kindOf(text.slice(start, to));
    cells.push({ index: null, kind, source: text, span, executionCount: null });
  };
  let start = 0;
  for (const line of linesOf(text)) {
    if (start === 0) start = line.next;
    else if (SEPARATOR.test(text.slice(line.start, line.end))) {
      add(start, line.start);
      start = line.next;
    }
  }
  add(start, text.length);
  return cells;
}

/** Titles are the notebook's own and stay in front of whatever is put into their cell. */
function afterTitles(text: string, from: number, to: number): number {
  let start = from;
  for (const line of linesOf(text.slice(from, to))) {
    const shown = text.slice(from + line.start, from + line.end);
    if (shown.trim() !== '' && !TITLE.test(shown)) break;
    if (shown.trim() !== '') start = from + line.next;
  }
  return start;
}

function kindOf(cell: string): CellKind {
  const first = linesOf(cell)
    .map(({ start, end }) => cell.slice(start, end))
    .find((line) => line.replace(PREFIX, '').trim() !== '');
  const magic = first === undefined ? undefined : languageOf(first);
  return (magic !== undefined && CELL_KINDS[magic]) || 'code';
}

/** The language that the first line of a cell names. */
function languageOf(line: string): string | undefined {
  const magic = /^[ \t]*%([a-z][\w-]*)(?=\s|$)/.exec(line.replace(PREFIX, ''))?.[1];
  return magic !== undefined && Object.hasOwn(CELL_KINDS, magic) ? magic : undefined;
}

/** A cell as IPython gets it, and the way back. */
export interface PlainCell {
  /** Without prefixes; `%python` is blanked out. */
  readonly text: string;
  /** Whether some line has a prefix. */
  readonly isPrefixed: boolean;
  /**
   * A text of the same length as `text` with the prefixes' places blank, so that it is as long as the cell. Python and
   * tree-sitter's grammar count the indentation anew behind a form feed.
   */
  widen(masked: string): string;
  /** The span in the cell for one in `text`. */
  spanOf(span: Span): Span;
}

/** Takes the `# MAGIC ` prefixes off a code cell. */
export function plainCell(cell: string): PlainCell {
  const lines = linesOf(cell);
  const content = ({ start, end }: Line): string => cell.slice(start, end);
  const first = lines.find((line) => content(line).replace(PREFIX, '').trim() !== '');
  const isWhole = first !== undefined && PREFIX.test(content(first));
  const prefix = isWhole ? PREFIX : PREFIXED_ESCAPE;
  const widths = lines.map((line) => {
    const shown = content(line);
    return prefix.test(shown) ? PREFIX.exec(shown)![0].length : 0;
  });
  const isPrefixed = widths.some((width) => width > 0);
  const plain = lines.map((line, i) => {
    const text = cell.slice(line.start + widths[i]!, line.next);
    return line === first && languageOf(text.trimEnd()) === 'python' ? withoutLanguage(text) : text;
  });
  const text = plain.join('');
  return {
    text,
    isPrefixed,
    widen(masked) {
      if (!isPrefixed) return masked;
      let at = 0;
      return plain
        .map((line, i) => {
          const width = widths[i]!;
          const shown = masked.slice(at, (at += line.length));
          return width === 0 ? shown : `${' '.repeat(width - 1)}\f${shown}`;
        })
        .join('');
    },
    spanOf: ({ start, end }) => ({
      start: start + addedBefore(plain, widths, start),
      // An end at the start of a line belongs to the line before.
      end:
        Math.max(start, end - 1) +
        addedBefore(plain, widths, Math.max(start, end - 1)) +
        Math.min(1, end - start),
    }),
  };
}

/** How much the prefixes of the lines up to that of an offset take. */
function addedBefore(plain: readonly string[], widths: readonly number[], offset: number): number {
  let added = 0;
  let at = 0;
  for (const [i, line] of plain.entries()) {
    if (at > offset) break;
    added += widths[i]!;
    at += line.length;
  }
  return added;
}

/** `%python` is no magic of IPython's; code may follow on its line. */
function withoutLanguage(line: string): string {
  const width = /^[ \t]*%python[ \t]*/.exec(line)?.[0].length ?? 0;
  return `${' '.repeat(Math.max(0, width - 1))}\f${line.slice(width)}`;
}

/**
 * Why an edit of a file that `isDatabricksNotebook` would not stay within one cell's own code; undefined: it does.
 * Lines with prefixes take edits within one line only: nobody who computes edits knows that a new line needs one.
 */
export function editObstacle(text: string, edit: Span, newText: string): string | undefined {
  const cell = cellsOf(text).find(({ span }) => span && span.start <= edit.start && edit.end <= span.end);
  if (!cell?.span) return 'the change reaches beyond one cell of the notebook';
  if (cell.kind !== 'code') return 'the cell is no Python';
  if (!plainCell(text.slice(cell.span.start, cell.span.end)).isPrefixed) return undefined;
  const lines = linesOf(text);
  const line = lines.findLast(({ start }) => start <= edit.start);
  const width = (line && PREFIX.exec(text.slice(line.start, line.end))?.[0].length) ?? 0;
  const isInside = line !== undefined && edit.start >= line.start + width && edit.end <= line.end;
  if (isInside && !/[\r\n]/.test(newText)) return undefined;
  return 'the cell starts with a magic: each of its lines is a comment for Databricks to read';
}

interface Line {
  readonly start: number;
  /** Without the line break. */
  readonly end: number;
  /** Behind the line break. */
  readonly next: number;
}

/** The lines of a text; none behind a last line break. */
function linesOf(text: string): Line[] {
  const lines: Line[] = [];
  const breaks = /\r\n|\n|\r/g;
  let start = 0;
  for (let match = breaks.exec(text); match; match = breaks.exec(text)) {
    lines.push({ start, end: match.index, next: breaks.lastIndex });
    start = breaks.lastIndex;
  }
  if (start < text.length) lines.push({ start, end: text.length, next: text.length });
  return lines;
}
