import type { Cell, Escape, Program } from '../program/program';

/** A notebook's cell as Python text, for an interpreter without IPython. */
export interface TranslatedCell {
  readonly index: number;
  /** Its escapes are calls of `get_ipython()`. */
  readonly text: string;
  /** What `%%capture` keeps, and under which name. */
  readonly capture: { readonly name: string; readonly stdout: boolean; readonly stderr: boolean } | undefined;
}

/** A cell that only IPython can run. */
export interface Untranslated {
  readonly cell: number;
  readonly escape: string;
}

/** Line magics by what stands for them; `nothing` where they have no effect on what a run prints, writes or leaves. */
const LINE_MAGICS: ReadonlyMap<string, string> = new Map([
  ...['cd', 'pwd', 'env', 'matplotlib', 'sx'].map((name) => [name, name] as const),
  ['set_env', 'env'],
  ...'config load_ext reload_ext autoreload aimport autosave xmode colors precision pdb doctest_mode'
    .split(' ')
    .map((name) => [name, 'nothing'] as const),
]);
const CELL_MAGICS: ReadonlyMap<string, string> = new Map([
  ...['bash', 'sh'].map((name) => [name, 'bash'] as const),
  ...['writefile', 'file'].map((name) => [name, 'writefile'] as const),
  ...'html HTML javascript js latex markdown svg SVG'.split(' ').map((name) => [name, 'nothing'] as const),
]);
/** Their code stays where it is, and nothing else of them counts. */
const TRANSPARENT: ReadonlySet<string> = new Set(['time', 'prun', 'memit', 'mprun', 'snakeviz']);

/** The Python cells of a notebook, in its order; or the first that cannot be translated. */
export function translatedCells(program: Program): readonly TranslatedCell[] | Untranslated {
  const translated: TranslatedCell[] = [];
  for (const [position, cell] of program.cells.entries()) {
    if (cell.kind !== 'code') continue;
    const index = cell.index ?? position;
    const result = translate(cell, index);
    if ('escape' in result) return result;
    translated.push(result);
  }
  return translated;
}

function translate(cell: Cell, index: number): TranslatedCell | Untranslated {
  let text = cell.masked;
  let capture: TranslatedCell['capture'];
  for (const escape of [...cell.escapes].reverse()) {
    const start = escape.span.start - cell.span.start;
    const end = escape.span.end - cell.span.start;
    if (escape.isTransparent) {
      if (escape.name === 'capture') capture = captureOf(escape.argument);
      else if (!TRANSPARENT.has(escape.name)) return { cell: index, escape: `%${escape.name}` };
      continue;
    }
    const call = callFor(escape, isValue(text, start));
    if (call === undefined) return { cell: index, escape: shownEscape(escape) };
    // Lines stay in their places: what is masked there is blanks and breaks.
    const breaks =
      text
        .slice(start, end)
        .match(/\r\n|\n|\r/g)
        ?.join('') ?? '';
    text = text.slice(0, start) + call + breaks + text.slice(end);
  }
  return { index, text, capture };
}

function isValue(text: string, start: number): boolean {
  const line = text.slice(text.lastIndexOf('\n', start - 1) + 1, start);
  return line.trimEnd().endsWith('=');
}

function callFor(escape: Escape, isBound: boolean): string | undefined {
  const { kind, name, argument, body } = escape;
  const shell = 'get_ipython()';
  const joined = argument.replace(/\\\r?\n/g, ' ');
  switch (kind) {
    case 'shell':
      return `${shell}.${isBound ? 'getoutput' : 'system'}(${literal(joined)})`;
    case 'help':
      return 'None';
    case 'line-magic':
    case 'auto-magic': {
      const magic = LINE_MAGICS.get(name);
      return magic && `${shell}.run_line_magic(${literal(magic)}, ${literal(joined)})`;
    }
    case 'cell-magic': {
      const magic = CELL_MAGICS.get(name);
      return (
        magic && `${shell}.run_cell_magic(${literal(magic)}, ${literal(argument)}, ${literal(body ?? '')})`
      );
    }
    case 'auto-call':
      return undefined;
  }
}

/** A Python literal: JSON's escapes are among Python's. */
function literal(text: string): string {
  return JSON.stringify(text);
}

function captureOf(argument: string): NonNullable<TranslatedCell['capture']> {
  const words = argument.split(/\s+/).filter(Boolean);
  return {
    name: words.find((word) => !word.startsWith('-')) ?? '',
    stdout: !words.includes('--no-stdout'),
    stderr: !words.includes('--no-stderr'),
  };
}

function shownEscape({ kind, name, argument }: Escape): string {
  return kind === 'cell-magic' ? `%%${name}` : name === '' ? argument.slice(0, 40) : `%${name}`;
}
