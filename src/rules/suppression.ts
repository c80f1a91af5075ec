import type { CodeCell, ProgramFacts } from '../semantics/facts';
import type { Span } from '../text/position';
import { shellUses } from './notebook/shellUses';
import type { Finding } from './rule';

/**
 * A comment `# graduate: ignore[rule, ...]`, for findings that start on its line, or
 * `# graduate: ignore-file[rule, ...]`, for the whole program, which counts only above the first statement or in the
 * first code cell. Without brackets it covers every rule. Blanks are free; what follows the bracket is a reason.
 */
export interface Suppression {
  readonly cell: CodeCell;
  readonly span: Span;
  readonly line: number;
  readonly isFile: boolean;
  /** It is a comment of the shell. */
  readonly isInShell: boolean;
  /** Undefined: every rule. Spans count in the cell's source. */
  readonly rules: readonly { readonly name: string; readonly span: Span }[] | undefined;
}

const PATTERN = /#\s*graduate\s*:\s*(ignore-file|ignore)\b(?!-)(?:\s*\[([^\]]*)\])?/d;

/** All suppressions of a program, in document order. */
export function suppressionsOf(facts: ProgramFacts): readonly Suppression[] {
  return facts.cells.flatMap((cell) =>
    [...cell.syntax.comments, ...shellComments(cell)].flatMap((comment): Suppression[] => {
      const text = cell.cell.source.slice(comment.start, comment.end);
      const match = PATTERN.exec(text);
      if (!match?.indices) return [];
      const isFile = match[1] === 'ignore-file';
      if (isFile && !countsForFile(cell, comment)) return [];
      const list = match.indices[2];
      return [
        {
          cell,
          span: { start: comment.start + match.index, end: comment.start + match.index + match[0].length },
          line: cell.lines.positionAt(comment.start).line,
          isFile,
          isInShell: !cell.syntax.comments.includes(comment),
          rules: list && match[2] !== undefined ? namesIn(match[2], comment.start + list[0]) : undefined,
        },
      ];
    }),
  );
}

/** The comments on lines that a shell runs. */
function shellComments(cell: CodeCell): readonly Span[] {
  if (!cell.cell.source.includes('graduate')) return [];
  const { source } = cell.cell;
  return [...new Set(shellUses(cell).map(({ escape }) => escape.span))].flatMap(({ start, end }) =>
    [...source.slice(start, end).matchAll(/^.*?(?<=\s)(#.*)$/gm)].flatMap((match): Span[] => {
      const [line, comment = ''] = match;
      const before = line.slice(0, line.length - comment.length);
      const isQuoted = ['"', "'"].some((quote) => before.split(quote).length % 2 === 0);
      const at = start + match.index + before.length;
      return isQuoted ? [] : [{ start: at, end: at + comment.length }];
    }),
  );
}

function countsForFile(cell: CodeCell, comment: Span): boolean {
  if (cell.position !== 0) return false;
  const isNotebook = cell.cell.isInNotebook;
  const firstStatement = cell.syntax.units.find(
    // A docstring may stand above it.
    ({ unit }) => !(unit.statement.kind === 'Expr' && unit.statement.value.kind === 'Str'),
  );
  return isNotebook || comment.start < (firstStatement?.start ?? Infinity);
}

function namesIn(list: string, offset: number): { name: string; span: Span }[] {
  return [...list.matchAll(/[^\s,]+/g)].map((match) => ({
    name: match[0],
    span: { start: offset + match.index, end: offset + match.index + match[0].length },
  }));
}

/** Whether a suppression covers a finding. */
export function covers(suppression: Suppression, finding: Finding): boolean {
  const isNamed = !suppression.rules || suppression.rules.some((rule) => rule.name === finding.rule);
  if (!isNamed) return false;
  if (suppression.isFile) return true;
  if (suppression.cell !== finding.cell) return false;
  return finding.cell.lines.positionAt(finding.span.start).line === suppression.line;
}
