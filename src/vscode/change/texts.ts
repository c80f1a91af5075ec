import { EditSet } from '../../text/edit';
import { LineIndex } from '../../text/position';

/**
 * Edits that were computed on a file's text, as edits of the editor's text of the same file. The editor's differs where
 * a file mixes line ends: it has one kind. Undefined if it is another text.
 */
export function rebase(edits: EditSet, before: string, present: string): EditSet | undefined {
  if (before === present) return edits;
  if (normal(before) !== normal(present)) return undefined;
  const from = new LineIndex(before);
  const to = new LineIndex(present);
  const place = (offset: number): number => to.offsetAt(from.positionAt(offset));
  return new EditSet(
    edits.edits.map(({ span, newText }) => ({
      span: { start: place(span.start), end: place(span.end) },
      newText,
    })),
  );
}

/** The same edits with the editor's line ends in what they insert, as the editor will write them. */
export function withLineEnds(edits: EditSet, lineEnd: '\n' | '\r\n'): EditSet {
  return new EditSet(
    edits.edits.map(({ span, newText }) => ({ span, newText: newText.replace(/\r\n|\r|\n/g, lineEnd) })),
  );
}

function normal(text: string): string {
  return text.replace(/\r\n|\r/g, '\n');
}
