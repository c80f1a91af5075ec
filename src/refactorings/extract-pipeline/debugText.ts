import type { FactUnit } from '../../semantics/facts';
import type { StrHole, StrPiece } from '../../syntax/ast';

const holes = new WeakMap<FactUnit['unit'], readonly StrHole[]>();

/** The `{...=}` of a statement's f-strings: the text in them is part of the value. */
export function debugHoles({ unit, summary }: FactUnit): readonly StrHole[] {
  let found = holes.get(unit);
  if (!found) {
    const all: StrHole[] = [];
    const visit = (piece: StrPiece): void => {
      if (piece.kind !== 'hole') return;
      if (piece.isDebug) all.push(piece);
      piece.format.forEach(visit);
    };
    for (const node of summary.locate.keys()) {
      if (node.kind === 'Str') node.tokens.forEach((token) => token.pieces.forEach(visit));
    }
    found = all;
    holes.set(unit, found);
  }
  return found;
}

/** How `{x = }` is written so that `x` can be renamed: as the text ` x = ` and `{x!r}`. */
export interface DebugText {
  /** Goes in front of the hole. */
  readonly text: string;
  /** The equals sign with the spaces around it, relative to the statement's start. */
  readonly sign: { readonly start: number; readonly end: number };
  /** Goes in place of the sign: without conversion and format the value is shown by `repr`. */
  readonly conversion: string;
}

/** Undefined where the text has quotes, backslashes or braces, which mean something else outside of the hole. */
export function debugText(hole: StrHole, { unit }: FactUnit): DebugText | undefined {
  const { expression, conversion, format } = hole;
  if (!expression) return undefined;
  const rest = /^([\s)]*)=(\s*)/.exec(unit.text.slice(expression.end, hole.end));
  if (!rest) return undefined;
  const start = expression.end + rest[1]!.trimEnd().length;
  const end = expression.end + rest[0].length;
  const text = unit.text.slice(hole.start + 1, end);
  if (/["'\\{}\r\n#]/.test(text)) return undefined;
  const isPlain = conversion === undefined && format.length === 0 && unit.text[end] === '}';
  return { text, sign: { start, end }, conversion: isPlain ? '!r' : '' };
}
