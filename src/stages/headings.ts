import type { Program } from '../program/program';
import type { FactUnit } from '../semantics/facts';
import { namesAStep } from './words';

/**
 * The heading that stands directly above a statement, or above the imports that its section begins with: a comment made
 * to look like one (`# --- Load ---`, `# 2. Train`, `## Load`, `# %% Load`, one with a line of dashes below it); for the
 * first statement of a notebook's cell that matters (`isFirst`) the last heading of the text cell above.
 */
export function headingBefore(unit: FactUnit, isFirst: boolean): string | undefined {
  const title = unit.cell.cell.index === null || !isFirst ? undefined : markdownAbove(unit);
  const head = headingImport(unit);
  return headingComment(unit) ?? (head && headingComment(head)) ?? title;
}

/** The heading in the comments directly above a statement. */
export function headingComment(unit: FactUnit): string | undefined {
  const { cell, start } = unit;
  // Of many statements on one line only the first is asked for what stands above the line.
  if (!/[\r\n]/.test(leadOf(unit)) && !beginsCell(unit)) return undefined;
  const text = cell.cell.source;
  let heading: string | undefined;
  let isUnderlined = false;
  for (let at = lineStart(text, start); at > 0;) {
    const end = at - (text.startsWith('\r\n', at - 2) ? 2 : 1);
    at = lineStart(text, end);
    const line = text.slice(at, end);
    const comment = /^\s*#(.*)$/.exec(line)?.[1];
    if (comment === undefined) {
      if (line.trim() !== '') break;
      continue;
    }
    heading = headingIn(comment, heading) ?? (isUnderlined ? (heading ?? comment.trim()) : heading);
    isUnderlined = comment.trim() !== '' && /^[-=~*]{3,}$/.test(comment.trim());
  }
  return heading;
}

/** Where the line begins that an offset is in. */
function lineStart(text: string, offset: number): number {
  let at = offset;
  while (at > 0 && text[at - 1] !== '\n' && text[at - 1] !== '\r') at--;
  return at;
}

/** Headings that are about imports alone. */
const OF_IMPORTS = /^(?:imports?|librar(?:y|ies)|packages?|modules?|dependenc(?:y|ies)|requirements?)\b/i;

/** Of the imports directly above a statement the one above which the heading of their common section stands. */
export function headingImport({ facts, cell, order }: FactUnit): FactUnit | undefined {
  for (let i = order - 1; i >= 0; i--) {
    const unit = facts.units[i]!;
    const { kind } = unit.unit.statement;
    if (unit.cell !== cell || (kind !== 'Import' && kind !== 'ImportFrom')) return undefined;
    const heading = headingComment(unit);
    if (heading === undefined) continue;
    // What stands at the top of a script is about the script, unless it marks a cell.
    const isOfScript = cell.cell.index === null && beginsScript(unit) && !CELL_MARK.test(leadOf(unit));
    return isOfScript || OF_IMPORTS.test(heading) ? undefined : unit;
  }
  return undefined;
}

/** `# %%`, which marks the beginning of a cell. */
export const CELL_MARK = /^#[ \t]*%%/m;

/** Whether nothing but a docstring stands above a statement. */
export function beginsScript({ facts, order }: FactUnit): boolean {
  const [first] = facts.units;
  const { statement } = first!.unit;
  return order === 0 || (order === 1 && statement.kind === 'Expr' && statement.value.kind === 'Str');
}

function beginsCell({ facts, cell, order }: FactUnit): boolean {
  return facts.units[order - 1]?.cell !== cell;
}

/** What stands between the statement above and this one. */
function leadOf(unit: FactUnit): string {
  const { facts, cell, order, start } = unit;
  const above = beginsCell(unit) ? undefined : facts.units[order - 1];
  return cell.cell.source.slice(above ? above.start + above.unit.text.length : 0, start);
}

/** The last heading of the text cells directly above a code cell, unless it is the title of the notebook. */
function markdownAbove({ cell, facts }: FactUnit): string | undefined {
  const { cells } = facts.program;
  for (let i = cells.indexOf(cell.cell) - 1; i >= 0 && cells[i]!.kind !== 'code'; i--) {
    const last = headingsIn(cells[i]!.source).at(-1);
    if (last === undefined) continue;
    if (last.level === 1 && !namesAStep(last.text) && isTitle(i, facts.program)) return undefined;
    // Underscores within words are no emphasis: `train_model.py`.
    return last.text.replace(/[*`]|(?<![\p{L}\p{N}])_+|_+(?![\p{L}\p{N}])/gu, '');
  }
  return undefined;
}

function headingsIn(source: string): readonly { readonly level: number; readonly text: string }[] {
  return [...source.matchAll(/^(#{1,6})\s+(.+?)\s*#*$/gm)].map(([, marks, text]) => ({
    level: marks!.length,
    text: text!,
  }));
}

/** Whether a cell has the only heading of the first level, above all others: it is about the whole notebook. */
function isTitle(index: number, { cells }: Program): boolean {
  let count = 0;
  let isFirst = true;
  for (const [i, { kind, source }] of cells.entries()) {
    if (kind === 'code') continue;
    for (const { level } of headingsIn(source)) {
      if (count === 0 && i !== index) isFirst = false;
      if (count > 0 && level === 1) return false;
      count++;
    }
  }
  return isFirst && count > 1;
}

function headingIn(comment: string, below: string | undefined): string | undefined {
  const body = comment.trim();
  if (/^[-=#*~_]{3,}$/.test(body)) return below;
  const percent = /^%%\s*(?:\[\w+\]\s*)?(.*)$/.exec(body)?.[1];
  if (percent) return percent.trim();
  const framed =
    /^(?:[-=#~]{2,}|\*{3,})\s*(.+?)\s*[-=#*~]*$/.exec(body)?.[1] ?? /^(.+?)\s*[-=#*~]{3,}$/.exec(body)?.[1];
  if (framed !== undefined) return isPartOfSentence(framed) ? undefined : framed;
  const numbered = /^(?:step|part|section|stage)?\s*\d+(?:\.\d+)*[.):]\s+(.+)$/i.exec(body)?.[1];
  return numbered?.replace(/[.:]$/, '');
}

/** A line of a text that goes on below, or one with other marks in it. */
function isPartOfSentence(text: string): boolean {
  return /[,;]$|\*\*|::/.test(text) || text.length > 80;
}
