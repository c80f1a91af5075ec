import type { Lifter } from './lift';

/** A magic line that plain Python has nothing for; the program does without it, which may be another thing. */
export const takeOutMagic: Lifter = ({ facts, path }, { path: refusedPath, cell: index, line, reason }) => {
  const name = /^%([\w.]+) has no equal in plain Python$/.exec(reason)?.[1];
  if (name === undefined || refusedPath !== path) return undefined;
  const cell = facts.cells.find((each) => each.cell.index === index);
  const escape = cell?.cell.escapes.find(
    (each) => each.name === name && cell.lines.positionAt(each.span.start).line === line,
  );
  if (!cell || !escape) return undefined;
  const { source } = cell.cell;
  const { start, end } = escape.span;
  const lineBreak = /^(?:\r\n|\n|\r)/.exec(source.slice(end))?.[0] ?? '';
  // In a block it may be all that there is.
  const isAlone =
    (start === 0 || /[\r\n]$/.test(source.slice(0, start))) && (lineBreak !== '' || end === source.length);
  if (!isAlone) return undefined;
  return {
    title: `Take out %${name} (changes what the notebook does)`,
    kind: 'changes',
    cell,
    edits: [{ span: { start, end: end + lineBreak.length }, newText: '' }],
  };
};
