import { EditSet, type TextEdit } from './edit';

/** A stretch of the original text, or text that was put in its place. */
type Piece = { readonly start: number; readonly end: number } | { readonly inserted: string };

/**
 * Several sets of edits, each made on what the one before it left, as one set on the first text. What none of them
 * touches is in no edit.
 *
 * @param length Length of the first text, in UTF-16 code units.
 */
export function composeEdits(length: number, sets: readonly EditSet[]): EditSet {
  let pieces: readonly Piece[] = [{ start: 0, end: length }];
  for (const set of sets) pieces = edited(pieces, set);
  const edits: TextEdit[] = [];
  let at = 0;
  let inserted = '';
  const flush = (end: number): void => {
    if (end > at || inserted !== '') edits.push({ span: { start: at, end }, newText: inserted });
    inserted = '';
  };
  for (const piece of pieces) {
    if ('inserted' in piece) inserted += piece.inserted;
    else if (piece.end > piece.start) {
      flush(piece.start);
      at = piece.end;
    }
  }
  flush(length);
  return new EditSet(edits);
}

function edited(pieces: readonly Piece[], { edits }: EditSet): readonly Piece[] {
  const result: Piece[] = [];
  let at = 0;
  let left = pieces;
  for (const { span, newText } of edits) {
    const [before, behind] = split(left, span.start - at);
    const [, after] = split(behind, span.end - span.start);
    result.push(...before, { inserted: newText });
    left = after;
    at = span.end;
  }
  return [...result, ...left];
}

/** The first `length` code units of what the pieces say, and the rest. */
function split(pieces: readonly Piece[], length: number): [readonly Piece[], readonly Piece[]] {
  let left = length;
  for (const [i, piece] of pieces.entries()) {
    const size = 'inserted' in piece ? piece.inserted.length : piece.end - piece.start;
    if (left >= size) {
      left -= size;
      continue;
    }
    const [head, tail] = cut(piece, left);
    return [
      [...pieces.slice(0, i), ...(left > 0 ? [head] : [])],
      [tail, ...pieces.slice(i + 1)],
    ];
  }
  return [pieces, []];
}

function cut(piece: Piece, at: number): [Piece, Piece] {
  if ('inserted' in piece) {
    return [{ inserted: piece.inserted.slice(0, at) }, { inserted: piece.inserted.slice(at) }];
  }
  return [
    { start: piece.start, end: piece.start + at },
    { start: piece.start + at, end: piece.end },
  ];
}
