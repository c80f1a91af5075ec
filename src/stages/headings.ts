import type { FactUnit } from '../semantics/facts';

/**
 * The heading that stands directly above a statement: a comment made to look like one (`# --- Load ---`, `# 2. Train`,
 * `## Load`, `# %% Load`, `# ======`); for the first statement of a notebook's cell that matters (`isFirst`) the last
 * heading of the text cell above.
 */
export function headingBefore(unit: FactUnit, isFirst: boolean): string | undefined {
  const { cell, start } = unit;
  const title = cell.cell.index === null || !isFirst ? undefined : markdownAbove(unit);
  const text = cell.cell.source;
  const lines = text.slice(0, start).split(/\r\n|\n|\r/);
  lines.pop();
  let heading: string | undefined;
  for (let line = lines.pop(); line !== undefined; line = lines.pop()) {
    const comment = /^\s*#(.*)$/.exec(line)?.[1];
    if (comment === undefined) {
      if (line.trim() !== '') break;
      continue;
    }
    heading = headingIn(comment, heading) ?? heading;
  }
  return heading ?? title;
}

/** The last heading of the text cells directly above a code cell. */
function markdownAbove({ cell, facts }: FactUnit): string | undefined {
  const { cells } = facts.program;
  for (let i = cells.indexOf(cell.cell) - 1; i >= 0 && cells[i]!.kind !== 'code'; i--) {
    const headings = [...cells[i]!.source.matchAll(/^#{1,6}\s+(.+?)\s*#*$/gm)];
    const last = headings.at(-1)?.[1];
    if (last !== undefined) return last.replace(/[*_`]/g, '');
  }
  return undefined;
}

function headingIn(comment: string, below: string | undefined): string | undefined {
  const body = comment.trim();
  if (/^[-=#*~_]{3,}$/.test(body)) return below;
  const percent = /^%%\s*(?:\[\w+\]\s*)?(.*)$/.exec(body)?.[1];
  if (percent) return percent.trim();
  const framed =
    /^[-=#*~]{2,}\s*(.+?)\s*[-=#*~]*$/.exec(body)?.[1] ?? /^(.+?)\s*[-=#*~]{3,}$/.exec(body)?.[1];
  if (framed !== undefined) return framed;
  const numbered = /^(?:step|part|section|stage)?\s*\d+(?:\.\d+)*[.):]\s+(.+)$/i.exec(body)?.[1];
  return numbered?.replace(/[.:]$/, '');
}
