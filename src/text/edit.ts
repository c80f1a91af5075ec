import type { Span } from './position';

/** Replaces the text of `span` by `newText`; an empty span inserts. */
export interface TextEdit {
  readonly span: Span;
  readonly newText: string;
}

/** Two edits want the same text. */
export class OverlapError extends Error {
  constructor(
    readonly first: TextEdit,
    readonly second: TextEdit,
  ) {
    super(`edits overlap at offsets ${second.span.start} to ${Math.min(first.span.end, second.span.end)}`);
  }
}

/**
 * Edits of one text, sorted and free of overlap by construction. Insertions at the same offset keep the order in
 * which they were given; an insertion at the edge of a replacement is allowed and stays outside it.
 */
export class EditSet {
  readonly edits: readonly TextEdit[];

  /** @throws {OverlapError} if two edits overlap, or an insertion lies inside a replaced span. */
  constructor(edits: readonly TextEdit[]) {
    const sorted = edits
      .map((edit, order) => ({ edit, order }))
      .sort(
        (a, b) =>
          a.edit.span.start - b.edit.span.start ||
          // An insertion at the start of a replacement goes in front of it.
          Number(a.edit.span.end > a.edit.span.start) - Number(b.edit.span.end > b.edit.span.start) ||
          a.order - b.order,
      )
      .map(({ edit }) => edit);
    for (let i = 1; i < sorted.length; i++) {
      const [before, after] = [sorted[i - 1]!, sorted[i]!];
      if (after.span.start < before.span.end) throw new OverlapError(before, after);
    }
    this.edits = sorted;
  }

  get isEmpty(): boolean {
    return this.edits.length === 0;
  }

  /** The edited text. The edits' offsets are those of `text`. */
  apply(text: string): string {
    let result = '';
    let at = 0;
    for (const { span, newText } of this.edits) {
      result += text.slice(at, span.start) + newText;
      at = span.end;
    }
    return result + text.slice(at);
  }

  /** The edits that turn `this.apply(text)` back into `text`. */
  inverse(text: string): EditSet {
    let shift = 0;
    const back: TextEdit[] = [];
    for (const { span, newText } of this.edits) {
      const start = span.start + shift;
      back.push({ span: { start, end: start + newText.length }, newText: text.slice(span.start, span.end) });
      shift += newText.length - (span.end - span.start);
    }
    return new EditSet(back);
  }
}
