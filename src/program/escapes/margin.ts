import { afterBreak, isBreak } from './lines';

const SPACE = 32;
const TAB = 9;
const FORM_FEED = 12;

/**
 * How many spaces and tabs all lines from `start` on that are not blank have in common at their start, not counting the
 * first `base` code units of each line. IPython takes this margin off a cell before it runs it (`leading_indent` in
 * IPython/core/inputtransformer2.py). `start` must be the start of a line that is not blank.
 */
export function commonMargin(text: string, start: number, base: number): number {
  const from = start + base;
  let length = indentLength(text, from);
  // Python counts columns anew after a form feed: this line has no margin to take off.
  if (text.charCodeAt(from + length) === FORM_FEED) return 0;
  for (let line = nextLine(text, start); length > 0 && line < text.length; line = nextLine(text, line)) {
    const indent = indentLength(text, line);
    const after = line + indent;
    if (after >= text.length || isBreak(text.charCodeAt(after))) continue;
    length = Math.min(length, Math.max(0, indent - base));
    let same = 0;
    while (same < length && text.charCodeAt(line + base + same) === text.charCodeAt(from + same)) same++;
    length = same;
  }
  return length;
}

function indentLength(text: string, from: number): number {
  let at = from;
  while (text.charCodeAt(at) === SPACE || text.charCodeAt(at) === TAB) at++;
  return at - from;
}

function nextLine(text: string, from: number): number {
  let at = from;
  while (at < text.length && !isBreak(text.charCodeAt(at))) at++;
  return at < text.length ? afterBreak(text, at) : at;
}

/** Start of the first line from `start` on that is not blank; the text's length if there is none. */
export function afterBlankLines(text: string, start: number): number {
  for (let line = start; line < text.length;) {
    let at = line;
    while (at < text.length && !isBreak(text.charCodeAt(at)) && /\s/.test(text.charAt(at))) at++;
    if (at < text.length && !isBreak(text.charCodeAt(at))) return line;
    line = at < text.length ? afterBreak(text, at) : at;
  }
  return text.length;
}
