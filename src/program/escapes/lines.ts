/**
 * Physical lines of a text. A line ends at `\n`, `\r\n` or a lone `\r`; a form feed ends no line. All offsets are
 * zero-based UTF-16 code units.
 */

const LF = 10;
const CR = 13;
const BACKSLASH = 92;

/** Whether a UTF-16 code unit is (part of) a line break. */
export function isBreak(code: number): boolean {
  return code === LF || code === CR;
}

/** Whether a UTF-16 code unit is a blank between Python tokens: space, tab or form feed. */
export function isBlank(code: number): boolean {
  return code === 32 || code === 9 || code === 12;
}

/** Offset of the first line break at or after `from`, or `limit` if there is none before it. */
export function lineEnd(text: string, from: number, limit: number): number {
  let i = from;
  while (i < limit && !isBreak(text.charCodeAt(i))) i++;
  return i;
}

/** Offset of the first code unit after the line break at `at`; `at` itself if there is no line break (end of text). */
export function afterBreak(text: string, at: number): number {
  const code = text.charCodeAt(at);
  if (code === CR && text.charCodeAt(at + 1) === LF) return at + 2;
  return isBreak(code) ? at + 1 : at;
}

/**
 * The end (without its line break) of the line at `from` after joining every following line to it as long as a
 * backslash stands right before the line break. This is IPython's rule for escapes: unlike in Python, quotes, brackets
 * and `#` in the line do not matter.
 */
export function continuedEnd(text: string, from: number, limit: number): number {
  let end = lineEnd(text, from, limit);
  while (end < limit && end > from && text.charCodeAt(end - 1) === BACKSLASH) {
    const next = afterBreak(text, end);
    if (next >= limit) break;
    end = lineEnd(text, next, limit);
  }
  return end;
}

/** `text` with every backslash and line break of a continuation turned into as many spaces: offsets stay. */
export function joinContinuations(text: string): string {
  return text.includes('\\') ? text.replace(/\\(\r\n|\r|\n)/g, (pair) => ' '.repeat(pair.length)) : text;
}

/** Offset of the first code unit at or after `from` that is neither a blank nor a backslash continuation. */
export function skipBlanks(text: string, from: number, limit: number): number {
  let i = from;
  while (i < limit) {
    const code = text.charCodeAt(i);
    if (isBlank(code)) i++;
    else if (code === BACKSLASH && i + 1 < limit && isBreak(text.charCodeAt(i + 1)))
      i = afterBreak(text, i + 1);
    else break;
  }
  return Math.min(i, limit);
}

/** As many blanks as `text` has code units, its line breaks kept. */
export function blanks(text: string): string {
  if (!/[\r\n]/.test(text)) return ' '.repeat(text.length);
  // No `u` flag: a surrogate pair must become two blanks, or every later offset would move.
  return text.replace(/[^\r\n]/g, ' ');
}
