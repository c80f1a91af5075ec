import type { FactUnit } from '../semantics/facts';

/**
 * The heading that stands directly above a statement, or above the imports that its section begins with: a comment made
 * to look like one (`# --- Load ---`, `# 2. Train`, `## Load`, `# %% Load`, one with a line of dashes below it); for the
 * first statement of a notebook's cell that matters (`isFirst`) the last heading of the text cell above.
 */
export function headingBefore(unit: FactUnit, isFirst: boolean): string | undefined {
  const title = unit.cell.cell.index === null || !isFirst ? undefined : markdownAbove(unit);
  return headingComment(unit) ?? aboveImports(unit) ?? title;
}

/** The heading in the comments directly above a statement. */
export function headingComment({ cell, start }: FactUnit): string | undefined {
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

/** What heads the imports directly above; those that a script begins with have the heading of the whole script. */
function aboveImports({ facts, cell, order }: FactUnit): string | undefined {
  let first: FactUnit | undefined;
  for (let i = order - 1; i >= 0; i--) {
    const unit = facts.units[i]!;
    if (unit.cell !== cell) return undefined;
    const { kind } = unit.unit.statement;
    if (kind !== 'Import' && kind !== 'ImportFrom') return first && headingComment(first);
    first = unit;
  }
  return undefined;
}

/** The last heading of the text cells directly above a code cell. */
function markdownAbove({ cell, facts }: FactUnit): string | undefined {
  const { cells } = facts.program;
  for (let i = cells.indexOf(cell.cell) - 1; i >= 0 && cells[i]!.kind !== 'code'; i--) {
    const headings = [...cells[i]!.source.matchAll(/^#{1,6}\s+(.+?)\s*#*$/gm)];
    const last = headings.at(-1)?.[1];
    // Underscores within words are no emphasis: `train_model.py`.
    if (last !== undefined) return last.replace(/[*`]|(?<![\p{L}\p{N}])_+|_+(?![\p{L}\p{N}])/gu, '');
  }
  return undefined;
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
