import { automagicNameEnd } from './automagic';
import type { MagicFacts } from './magics';
import { readArguments } from './options';
import { isWord, scanLogicalLine } from './scan';

/** The Python statement on a magic's line. Offsets are those of the text it was found in. */
export interface CodeBehind {
  /** Where the options end; the end of the line if nothing but options stands there. */
  readonly start: number;
  /**
   * `code`: simple statements that can stand where the magic stands. `none`: nothing but options and comments.
   * `hidden`: code that cannot stay: a compound statement (which cannot follow a `;`), an open bracket or string (which
   * would swallow the next lines), options nobody knows, a call without brackets (`;f a`).
   */
  readonly kind: 'code' | 'none' | 'hidden';
  /** One expression and nothing else. */
  readonly isExpression: boolean;
  readonly hasMultilineString: boolean;
  /** An escape within the code: `%time !ls`, `%time x = !ls`, `%time %run a.py`, `%time pip list`. */
  readonly nested?: { readonly start: number; readonly isValue: boolean };
}

const COMPOUND = /^(?:async|class|def|elif|else|except|finally|for|if|try|while|with)$/;
const STATEMENT = /^(?:assert|break|continue|del|from|global|import|nonlocal|pass|raise|return)$/;

/** Finds the Python code between a magic's name and the end of its line. */
export function codeBehind(text: string, nameEnd: number, end: number, facts: MagicFacts): CodeBehind {
  const { restStart: start, hasUnknownOption } = readArguments(text, nameEnd, end, facts, true);
  const plain = { start, isExpression: false, hasMultilineString: false };
  if (hasUnknownOption) return { ...plain, start: nameEnd, kind: 'hidden' };
  const first = text.charAt(start);
  if (start >= end || first === '#') return { ...plain, kind: 'none' };
  if (first === '%' || first === '!' || first === '?') {
    return { ...plain, kind: 'code', nested: { start, isValue: false } };
  }
  if (automagicNameEnd(text, start, end) !== undefined) {
    return { ...plain, kind: 'code', nested: { start, isValue: false } };
  }
  let wordEnd = start;
  while (wordEnd < end && isWord(text.charCodeAt(wordEnd))) wordEnd++;
  const word = text.slice(start, wordEnd);
  if ('@,;/'.includes(first) || COMPOUND.test(word)) return { ...plain, kind: 'hidden' };
  const scan = scanLogicalLine(text, start, end);
  const { hasMultilineString } = scan;
  if (scan.escape >= 0) {
    return { ...plain, kind: 'code', hasMultilineString, nested: { start: scan.escape, isValue: true } };
  }
  if (!scan.isComplete || scan.end < end) return { ...plain, kind: 'hidden' };
  const isExpression = scan.isPlainExpression && !STATEMENT.test(word);
  return { ...plain, kind: 'code', isExpression, hasMultilineString };
}
