import type { Str, StrText } from '../syntax/ast';
import type { FactUnit } from './facts';

/** Where a text comes from: a string literal, and the piece of it for an f-string. */
export interface TextOrigin {
  readonly unit: FactUnit;
  readonly node: Str;
  readonly piece: StrText | undefined;
}

export type Segment =
  | { readonly kind: 'text'; readonly value: string; readonly origin: TextOrigin | undefined }
  | { readonly kind: 'hole'; readonly why: HoleReason };

/** Why a stretch of a text is not known: the user's home, this file's own place, the environment, or anything else. */
export type HoleReason = 'home' | 'file' | 'environment' | 'temporary' | 'unknown';

/** A string or path as far as the code determines it. */
export interface FoldedText {
  readonly segments: readonly Segment[];
  /** A `pathlib` object rather than a string. */
  readonly isPath: boolean;
}

/** One alternative of which nothing is known. */
export const UNKNOWN: readonly FoldedText[] = [
  { segments: [{ kind: 'hole', why: 'unknown' }], isPath: false },
];
/** More alternatives than this are cut: they come from tables of files, whose first entries say enough. */
export const MAX_ALTERNATIVES = 32;

/** A known text. */
export function text(value: string, origin: TextOrigin | undefined): FoldedText {
  return { segments: value === '' && !origin ? [] : [{ kind: 'text', value, origin }], isPath: false };
}

/** A text of which nothing is known. */
export function hole(why: HoleReason): FoldedText {
  return { segments: [{ kind: 'hole', why }], isPath: false };
}

/** The beginning of a path is known, its end is not. */
export function withoutEnd(folded: FoldedText): FoldedText {
  const [first] = folded.segments;
  return { segments: first ? [first, { kind: 'hole', why: 'unknown' }] : [], isPath: folded.isPath };
}

/** Every left alternative with every right one behind it. */
export function concat(left: readonly FoldedText[], right: readonly FoldedText[]): readonly FoldedText[] {
  return left
    .flatMap((a) => right.map((b) => ({ segments: [...a.segments, ...b.segments], isPath: false })))
    .slice(0, MAX_ALTERNATIVES);
}

/** Joins parts as `os.path.join` does: an absolute part drops what stands before it. */
export function join(parts: readonly (readonly FoldedText[])[], isPath: boolean): readonly FoldedText[] {
  let sofar: readonly FoldedText[] | undefined;
  for (const part of parts) {
    sofar = !sofar
      ? part
      : sofar
          .flatMap((a) =>
            part.map((b) => {
              const [first] = b.segments;
              if (first?.kind === 'text' && first.value.startsWith('/')) return b;
              const last = a.segments.at(-1);
              const hasSlash = a.segments.length === 0 || (last?.kind === 'text' && last.value.endsWith('/'));
              const slash: Segment[] = hasSlash ? [] : [{ kind: 'text', value: '/', origin: undefined }];
              return { segments: [...a.segments, ...slash, ...b.segments], isPath };
            }),
          )
          .slice(0, MAX_ALTERNATIVES);
  }
  return (sofar ?? UNKNOWN).map((folded) => ({ ...folded, isPath: folded.isPath || isPath }));
}
