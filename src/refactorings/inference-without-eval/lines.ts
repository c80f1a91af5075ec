import type { FactUnit } from '../../semantics/facts';
import type { Statement } from '../../syntax/ast';
import type { TextEdit } from '../../text/edit';
import { lineBreakOf } from '../places';

/** Whether a statement has its lines for itself, so that others can be put above and below it. */
export function isAlone(statement: Statement, unit: FactUnit): boolean {
  const { source } = unit.cell.cell;
  const [start, end] = [statement.start + unit.start, statement.end + unit.start];
  const before = source.slice(lineStart(start, unit), start);
  const after = /^[^\r\n]*/.exec(source.slice(end))?.[0] ?? '';
  // An `elif` is a statement of its own only in the syntax.
  const isElif = /^elif\b/.test(source.slice(start));
  return before.trim() === '' && /^[ \t]*(?:#.*)?$/.test(after) && !isElif;
}

/** Puts a line in front of a statement that is alone. */
export function lineBefore(statement: Statement, unit: FactUnit, text: string): TextEdit {
  const { source } = unit.cell.cell;
  const start = statement.start + unit.start;
  return insert(start, `${text}${breakAt(start, source)}${indentOf(statement, unit)}`);
}

/** Puts a line behind a statement that is alone, and behind the comment that follows it on its line. */
export function lineAfter(statement: Statement, unit: FactUnit, text: string): TextEdit {
  const { source } = unit.cell.cell;
  const end = statement.end + unit.start;
  const at = end + (/^[^\r\n]*/.exec(source.slice(end))?.[0].length ?? 0);
  return insert(
    at,
    `${breakAt(lineStart(statement.start + unit.start, unit), source)}${indentOf(statement, unit)}${text}`,
  );
}

function insert(at: number, newText: string): TextEdit {
  return { span: { start: at, end: at }, newText };
}

function indentOf(statement: Statement, unit: FactUnit): string {
  const start = statement.start + unit.start;
  return unit.cell.cell.source.slice(lineStart(start, unit), start);
}

function lineStart(offset: number, { cell: { lines } }: FactUnit): number {
  return lines.lineStart(lines.positionAt(offset).line);
}

function breakAt(offset: number, source: string): string {
  return /\r\n|\n|\r/.exec(source.slice(offset))?.[0] ?? lineBreakOf(source);
}
