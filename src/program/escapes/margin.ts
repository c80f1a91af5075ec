import { afterBreak, isBreak } from './lines';

const SPACE = 32;
const TAB = 9;
const FORM_FEED = 12;
/** More cell magics inside each other, each indented further, nobody writes; the limit keeps the time linear. */
const MAX_MARGINS = 4;

/**
 * The margins that IPython takes off a cell before it runs it: the spaces and tabs that the cell's first line starts
 * with, off every line that starts with the same. The body of `%%time` is a cell again and may have its own margin.
 *
 * So up to IPython 8. IPython 9 takes off what all lines have in common; where that leaves valid Python the two agree,
 * and a first line that is indented further than another one is an error there.
 * Source: `leading_indent` in IPython/core/inputtransformer2.py.
 */
export class Margins {
  readonly #text: string;
  readonly #margins: string[] = [];

  constructor(text: string) {
    this.#text = text;
  }

  /** Takes the indentation of the line at `lineStart`, the first of a cell, as a further margin. */
  add(lineStart: number): void {
    if (this.#margins.length === MAX_MARGINS) return;
    const start = lineStart + this.of(lineStart);
    let end = start;
    while (this.#text.charCodeAt(end) === SPACE || this.#text.charCodeAt(end) === TAB) end++;
    // Behind a form feed Python counts columns anew: that line has no indentation.
    if (end > start && this.#text.charCodeAt(end) !== FORM_FEED)
      this.#margins.push(this.#text.slice(start, end));
  }

  /** How many code units are taken off the line at an offset. */
  of(lineStart: number): number {
    let at = lineStart;
    for (const margin of this.#margins) if (this.#text.startsWith(margin, at)) at += margin.length;
    return at - lineStart;
  }

  /** Whether a line that starts behind `start` and before `end` has a margin. */
  isWithin(start: number, end: number): boolean {
    if (this.#margins.length === 0) return false;
    for (let i = start; i < end; i++) {
      if (isBreak(this.#text.charCodeAt(i)) && this.of(afterBreak(this.#text, i)) > 0) return true;
    }
    return false;
  }
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
