import { blanks, isBreak } from './lines';

const BACKSLASH = 92;

/**
 * A copy of a text in which stretches are overwritten, from left to right, by Python of the same length with the same
 * line breaks.
 */
export class MaskedText {
  readonly #source: string;
  readonly #pieces: string[] = [];
  readonly #margins: number[] = [];
  #copied = 0;
  #keepsMargins = false;

  constructor(source: string) {
    this.#source = source;
  }

  /** Hides everything from `start` to `end` behind the expression `0`. */
  hide(start: number, end: number): void {
    this.#write(start, `0${blanks(this.#source.slice(start + 1, end))}`);
  }

  /**
   * Hides the magic from `start` to `code`, where a statement stands that stays: `%time x = 1` becomes `0    ;x = 1`.
   * With `isValue` nothing but blanks is written, so that an expression stands in the magic's place. There must be room
   * for two characters besides continuations.
   */
  hidePrefix(start: number, code: number, isValue: boolean): void {
    const units: string[] = [];
    let last = 0;
    for (let i = start; i < code; i++) {
      const unit = this.#source.charCodeAt(i);
      // A backslash before a line break stays: the code behind the break still belongs to this line.
      const isContinuation = unit === BACKSLASH && isBreak(this.#source.charCodeAt(i + 1));
      if (isBreak(unit) || isContinuation) units.push(this.#source.charAt(i));
      else {
        last = i - start;
        units.push(' ');
      }
    }
    if (!isValue) {
      units[0] = '0';
      units[last] = ';';
    }
    this.#write(start, units.join(''));
  }

  /**
   * Takes `margin` blanks off the line at `lineStart`, where `margin` is at least one: Python, and tree-sitter's grammar,
   * count the indentation anew behind a form feed.
   */
  takeMargin(lineStart: number, margin: number): void {
    this.#margins.push(lineStart + margin - 1);
  }

  /** Leaves all margins where they are. */
  keepMargins(): void {
    this.#keepsMargins = true;
  }

  toString(): string {
    if (this.#pieces.length === 0 && (this.#margins.length === 0 || this.#keepsMargins)) return this.#source;
    const text = this.#pieces.join('') + this.#source.slice(this.#copied);
    if (this.#keepsMargins || this.#margins.length === 0) return text;
    const pieces: string[] = [];
    let from = 0;
    for (const at of this.#margins) {
      pieces.push(text.slice(from, at), '\f');
      from = at + 1;
    }
    return pieces.join('') + text.slice(from);
  }

  #write(start: number, replacement: string): void {
    this.#pieces.push(this.#source.slice(this.#copied, start), replacement);
    this.#copied = start + replacement.length;
  }
}
