import type { Span } from '../../text/position';

/** How a file writes characters in JSON strings. */
export interface SpellingStyle {
  /** Everything but printable ASCII is escaped, as by Python's `ensure_ascii`. */
  readonly isAscii: boolean;
  /** Escapes use `A` to `F`. */
  readonly isUpperHex: boolean;
}

/** A line of text and the way in which the file spells it. */
export interface SpelledLine {
  /** Without the `\n` at its end. */
  readonly content: string;
  /** `content` between the quotes of a JSON string. */
  readonly spelling: string;
  /** How the `\n` at its end is spelled; empty if there is none. */
  readonly lineBreak: string;
}

/** How a JSON text spells characters outside ASCII; undefined if it has none. */
export function styleOf(text: string): SpellingStyle | undefined {
  if (/[\x80-\uffff]/.test(text)) return { isAscii: false, isUpperHex: false };
  for (let at = text.indexOf('\\u'); at >= 0; at = text.indexOf('\\u', at + 2)) {
    const digits = text.slice(at + 2, at + 6);
    if (isEscaped(text, at) || !/^[0-9a-fA-F]{4}$/.test(digits) || /^00[0-7]/.test(digits)) continue;
    // Half of a surrogate pair says nothing: it is escaped by those, too, that write whole characters.
    const isHalf = /^d[89a-f]/i.test(digits);
    if (isHalf && !/^\\ud[89ab]..\\ud[c-f]/i.test(text.slice(at, at + 10))) continue;
    return { isAscii: true, isUpperHex: /[A-F]/.test(digits) };
  }
  return undefined;
}

/** Whether the backslash at `at` is the second half of an escaped backslash. */
function isEscaped(text: string, at: number): boolean {
  let start = at;
  while (text[start - 1] === '\\') start--;
  return (at - start) % 2 === 1;
}

/** `content` as it stands between the quotes of a JSON string. Halves of surrogate pairs are always escaped. */
export function spell(content: string, style: SpellingStyle): string {
  // `JSON.stringify` escapes what JSON demands in the same way as Python's `json`, and halves of surrogate pairs.
  const inner = JSON.stringify(content).slice(1, -1);
  if (!style.isAscii) return inner;
  return inner.replace(/[^\x20-\x7e]/g, (c) => {
    const digits = c.charCodeAt(0).toString(16).padStart(4, '0');
    return `\\u${style.isUpperHex ? digits.toUpperCase() : digits}`;
  });
}

/** The lines of a JSON string literal. A string that ends in `\n` has no empty last line; an empty one has no line. */
export function spelledLines(text: string, literal: Span): SpelledLine[] {
  const lines: SpelledLine[] = [];
  const end = literal.end - 1;
  let start = literal.start + 1;
  const push = (to: number, next: number): void => {
    const spelling = text.slice(start, to);
    const content = spelling.includes('\\') ? (JSON.parse(`"${spelling}"`) as string) : spelling;
    lines.push({ content, spelling, lineBreak: text.slice(to, next) });
    start = next;
  };
  for (let at = start; at < end; at++) {
    if (text.charCodeAt(at) !== 0x5c /* \ */) continue;
    const isBreak = text[at + 1] === 'n' || /^u000a/i.test(text.slice(at + 1, at + 6));
    if (isBreak) push(at, text[at + 1] === 'n' ? at + 2 : at + 6);
    // What follows `\u` are digits; only the escaped character itself must be stepped over.
    at++;
  }
  if (start < end) push(end, end);
  return lines;
}

/** The lines of a text, spelled anew; the same rules as for `spelledLines`. */
export function spellLines(text: string, style: SpellingStyle): SpelledLine[] {
  const contents = text.split('\n');
  const last = contents.pop()!;
  const lines = contents.map((content) => ({ content, spelling: spell(content, style), lineBreak: '\\n' }));
  if (last !== '') lines.push({ content: last, spelling: spell(last, style), lineBreak: '' });
  return lines;
}
