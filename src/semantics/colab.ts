import type { CellSyntax } from '../syntax/cell';
import type { Span } from '../text/position';
import type { CodeCell, FactUnit } from './facts';

/** A comment from which Colab makes a part of a cell's form. */
export interface ColabMark {
  /** `param`: a field that sets the variable on its line; `title` and `markdown`: text of the form. */
  readonly kind: 'param' | 'title' | 'markdown';
  /** The comment, from its `#`. */
  readonly span: Span;
  /** What stands behind the word: `{type: "string"}`, a list of choices, a title. */
  readonly argument: string;
}

/** `#@param`, and with a blank, as Colab writes it today. */
const MARK = /^#[ \t]*@(param|title|markdown)\b[ \t]*(.*?)\s*$/;

const known = new WeakMap<CellSyntax, readonly ColabMark[]>();

/** The form of a cell, in order; empty where there is none. */
export function colabForm({ cell, syntax }: CodeCell): readonly ColabMark[] {
  let marks = known.get(syntax);
  if (!marks) {
    marks = syntax.comments.flatMap((span): ColabMark[] => {
      const match = MARK.exec(cell.source.slice(span.start, span.end));
      return match ? [{ kind: match[1] as ColabMark['kind'], span, argument: match[2] ?? '' }] : [];
    });
    known.set(syntax, marks);
  }
  return marks;
}

/**
 * Whether something, such as a literal, is the value of a Colab form field: its line ends with `#@param`. Whoever runs the
 * notebook sets it there, so it is configuration already.
 */
export function isColabParameter(node: Span, unit: FactUnit): boolean {
  const form = colabForm(unit.cell);
  if (form.length === 0) return false;
  const { lines } = unit.cell;
  const { line } = lines.positionAt(unit.start + node.end);
  const start = lines.lineStart(line);
  const next = lines.lineStart(line + 1);
  return form.some(({ kind, span }) => kind === 'param' && span.start >= start && span.start < next);
}
