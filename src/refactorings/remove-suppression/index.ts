import type { Finding } from '../../rules/rule';
import { EditSet, type TextEdit } from '../../text/edit';
import type { AnalysedProgram, Outcome } from '../outcome';

/** Removes the suppression comment, or the rule's name in it, that a finding of `unused-suppression` points at. */
export function removeSuppression(program: AnalysedProgram, finding: Finding): Outcome {
  const { source } = finding.cell.cell;
  const text = source.slice(finding.span.start, finding.span.end);
  const edit = text.startsWith('#') ? wholeComment(source, finding) : oneName(source, finding);
  const edits = new EditSet([edit]);
  const cell = finding.cell.cell.index;
  const change =
    cell === null
      ? { kind: 'text' as const, path: program.path, before: source, edits }
      : { kind: 'notebook' as const, path: program.path, cells: [{ cell, before: source, edits }] };
  return { status: 'done', change: { files: [change] }, notes: [], refusals: [] };
}

/** The comment goes with the blanks before it; a comment of its own line goes with the line; a reason stays. */
function wholeComment(source: string, { span }: Finding): TextEdit {
  const rest = /^[^\r\n]*/.exec(source.slice(span.end))?.[0] ?? '';
  if (rest.trim() !== '') {
    const blanks = /^\s*/.exec(rest)?.[0].length ?? 0;
    return { span: { start: span.start, end: span.end + blanks }, newText: '# ' };
  }
  let start = span.start;
  while (start > 0 && /[ \t]/.test(source.charAt(start - 1))) start--;
  const end = span.end + rest.length;
  const isOwnLine = start === 0 || /[\r\n]/.test(source.charAt(start - 1));
  const lineBreak = isOwnLine ? (/^(\r\n|\n|\r)/.exec(source.slice(end))?.[0].length ?? 0) : 0;
  return { span: { start, end: end + lineBreak }, newText: '' };
}

/** One of several names in the brackets, with the comma that is then one too many. */
function oneName(source: string, { span }: Finding): TextEdit {
  const after = /^\s*,\s*/.exec(source.slice(span.end))?.[0];
  if (after !== undefined) return { span: { start: span.start, end: span.end + after.length }, newText: '' };
  const before = /\s*,\s*$/.exec(source.slice(0, span.start))?.[0] ?? '';
  return { span: { start: span.start - before.length, end: span.end }, newText: '' };
}
