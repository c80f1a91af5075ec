import type { ShellUse } from '../../rules/notebook/shellUses';
import { shellLines } from '../../program/escapes/shell';
import { summarize } from '../../semantics/summary';
import type { PlacedUnit } from '../../syntax/cell';
import type { Statement } from '../../syntax/ast';
import { childBlocks } from '../../syntax/walk';
import type { TextEdit } from '../../text/edit';
import type { Span } from '../../text/position';

/**
 * The edit that takes an installing line out of its cell. A comment on the line stays; a block or cell magic that would
 * be left empty gets `pass`.
 *
 * @returns Why it cannot be taken out: a sentence without a full stop.
 */
export function removalOf(use: ShellUse): TextEdit | string {
  const { cell, escape, line, lineStart, isInBody } = use;
  const { source } = cell.cell;
  if (!line) return 'the line installs nothing';
  if (cell.syntax.problem) return 'the cell is not valid Python';
  const comment =
    line.comment && source.slice(lineStart + line.comment.start, lineStart + line.comment.end).trimEnd();
  if (isInBody) return removalInBody(use, comment);
  const whole = wholeLines(source, escape.span);
  if (source.slice(whole.start, escape.span.start).trim() !== '') return 'the line does more than install';
  const indent = source.slice(whole.start, escape.span.start);
  const isLast = leavesNothing(use);
  const left = [...(isLast ? ['pass'] : []), ...(comment === undefined ? [] : [comment])].join('  ');
  return left === '' ? withBreak(source, whole) : { span: whole, newText: indent + left };
}

/** A line of a `%%bash` cell. */
function removalInBody(
  { cell, escape, line, lineStart }: ShellUse,
  comment: string | undefined,
): TextEdit | string {
  const { source } = cell.cell;
  const body = escape.body ?? '';
  const lines = shellLines(body);
  if (lines.some((each) => !each.isSimple)) return 'the shell’s lines around it decide whether it runs';
  const span = { start: lineStart + line!.start, end: lineStart + line!.end };
  if (comment !== undefined)
    return { span: { start: lineStart + line!.commands[0]!.start, end: span.end }, newText: comment };
  const rest = body.slice(0, line!.start) + body.slice(line!.end);
  // A cell magic without a body is an error.
  if (rest.trim() === '') return { span: { start: escape.span.start, end: escape.span.end }, newText: '' };
  return withBreak(source, span);
}

/** Whether the block or cell magic that the line is in has nothing else. */
function leavesNothing({ cell, escape }: ShellUse): boolean {
  const { units } = cell.syntax;
  const magics = cell.cell.escapes.filter(
    ({ kind, isTransparent }) => kind === 'cell-magic' && isTransparent,
  );
  const own = units.find((placed) => isWithin(escape.span, placed));
  if (!own) return false;
  const { statement } = own.unit;
  const start = escape.span.start - own.start;
  if (statement.start === start && statement.kind === 'Expr') {
    // The line of a magic is a statement to the parser.
    const others = units.filter(
      (each) => each !== own && !magics.some(({ span }) => span.start === each.start),
    );
    return magics.length > 0 && others.length === 0;
  }
  return summarize(own.unit).statements.some(({ node }) =>
    childBlocks(node).some((block) => block.length === 1 && isEscapeAt(block[0]!, start)),
  );
}

function isWithin({ start }: Span, { unit, start: from }: PlacedUnit): boolean {
  return start >= from && start < from + Math.max(unit.text.length, 1);
}

function isEscapeAt(statement: Statement, start: number): boolean {
  return statement.kind === 'Expr' && statement.value.kind === 'Escape' && statement.start === start;
}

/** From the start of the first line of a span to the end of its last, without the line break. */
function wholeLines(source: string, { start, end }: Span): Span {
  let [from, to] = [start, end];
  while (from > 0 && !/[\r\n]/.test(source.charAt(from - 1))) from--;
  while (to < source.length && !/[\r\n]/.test(source.charAt(to))) to++;
  return { start: from, end: to };
}

/** The lines with their line break; with the one in front of them where they are the last. */
function withBreak(source: string, { start, end }: Span): TextEdit {
  const after = /^(?:\r\n|\r|\n)/.exec(source.slice(end, end + 2))?.[0].length ?? 0;
  if (after > 0) return { span: { start, end: end + after }, newText: '' };
  const before = /(?:\r\n|\r|\n)$/.exec(source.slice(Math.max(0, start - 2), start))?.[0].length ?? 0;
  return { span: { start: start - before, end }, newText: '' };
}
