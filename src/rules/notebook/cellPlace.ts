import type { CodeCell } from '../../semantics/facts';
import type { Span } from '../../text/position';
import type { Finding, FixReference, Rule } from '../rule';

/** A finding at a span of a cell that belongs to no statement: an IPython line, or the cell as a whole. */
export function findingIn(
  rule: Pick<Rule, 'name' | 'severity'>,
  cell: CodeCell,
  span: Span,
  message: string,
  fixes: readonly FixReference[] = [],
): Finding {
  return {
    rule: rule.name,
    severity: rule.severity,
    message,
    cell,
    span,
    unit: undefined,
    node: undefined,
    fixes,
    related: [],
  };
}

/** The first line of a cell that is not blank, where a finding about the whole cell shows. */
export function headOf({ cell: { source, span } }: CodeCell): Span {
  const text = source.slice(span.start, span.end);
  const line = /[^\r\n]*\S/.exec(text);
  if (!line) return { start: span.start, end: span.start };
  const blanks = /^\s*/.exec(line[0])![0].length;
  return { start: span.start + line.index + blanks, end: span.start + line.index + line[0].length };
}

/** The very first line of a cell, blank or not. */
export function firstLineOf({ cell: { source, span } }: CodeCell): Span {
  const text = source.slice(span.start, span.end);
  return { start: span.start, end: span.start + /^[^\r\n]*/.exec(text)![0].length };
}
