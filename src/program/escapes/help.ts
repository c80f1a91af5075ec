import { isWord, scanLogicalLine } from './scan';

const QUESTION = 63;
const STAR = 42;
const DOT = 46;
const PERCENT = 37;
const OPEN_BRACKET = 91;
const CLOSE_BRACKET = 93;
const MINUS = 45;

/**
 * The target of the help request (`obj?`, `obj.attr??`, `%magic?`, `np.*lo*?`) that the text from `start` to `end`
 * ends with, or undefined if it is none. As in IPython, only what stands right before the `?` counts: `x = df?` asks
 * about `df` (and binds nothing), `f(a)?` asks about nothing and is no help request.
 * Neither does `f(a?`: up to Python 3.11 IPython asks about `a`, from 3.12 on it is an error.
 * Source: `HelpEnd` and `_help_end_re` in IPython/core/inputtransformer2.py.
 */
export function helpTarget(text: string, start: number, end: number): string | undefined {
  if (end <= start || text.charCodeAt(end - 1) !== QUESTION) return undefined;
  const targetEnd = text.charCodeAt(end - 2) === QUESTION && end - 1 > start ? end - 2 : end - 1;
  const targetStart = startOfTarget(text, start, targetEnd);
  if (targetStart === undefined) return undefined;
  // The `?` must be code, not the end of a string or a comment.
  const scan = scanLogicalLine(text, start, end, false);
  const isCode = scan.end === end && scan.isComplete && scan.lastTokenEnd === end;
  return isCode ? text.slice(targetStart, targetEnd) : undefined;
}

/**
 * Leftmost offset from which the text up to `end` is a dotted name (stars allowed) with literal indexes, `%` or `%%`
 * before it. Walks backwards: a regular expression searched from the left would take quadratic time on a long line.
 */
function startOfTarget(text: string, start: number, end: number): number | undefined {
  let at = end;
  let best: number | undefined;
  for (;;) {
    if (at > start && text.charCodeAt(at - 1) === CLOSE_BRACKET) {
      const open = startOfIndex(text, start, at);
      if (open === undefined) return best;
      at = open;
      continue;
    }
    const run = startOfRun(text, start, at);
    if (run === at) return best;
    const hasDigitFirst = isDigit(text.charCodeAt(run));
    const head = hasDigitFirst ? afterDigits(text, run, at) : run;
    if (head < at) best = head;
    if (hasDigitFirst || run - 1 <= start || text.charCodeAt(run - 1) !== DOT) {
      return best === run ? beforePercents(text, start, run) : best;
    }
    at = run - 1;
  }
}

function startOfRun(text: string, start: number, end: number): number {
  let at = end;
  while (at > start && (isWord(text.charCodeAt(at - 1)) || text.charCodeAt(at - 1) === STAR)) at--;
  return at;
}

/** Start of `[3]` or `[-1]` that ends at `end`. */
function startOfIndex(text: string, start: number, end: number): number | undefined {
  let at = end - 1;
  while (at > start && isDigit(text.charCodeAt(at - 1))) at--;
  if (at === end - 1) return undefined;
  if (at > start && text.charCodeAt(at - 1) === MINUS) at--;
  return at > start && text.charCodeAt(at - 1) === OPEN_BRACKET ? at - 1 : undefined;
}

function beforePercents(text: string, start: number, from: number): number {
  let at = from;
  while (at > start && from - at < 2 && text.charCodeAt(at - 1) === PERCENT) at--;
  return at;
}

function afterDigits(text: string, from: number, end: number): number {
  let at = from;
  while (at < end && isDigit(text.charCodeAt(at))) at++;
  return at;
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}
