import { afterBreak, isBlank, isBreak, lineEnd, skipBlanks } from './lines';

/** What one Python logical line is made of, as far as finding escapes needs it. Offsets are UTF-16 code units. */
export interface LogicalLine {
  /** Offset of the line break that ends it, or the scan's limit; with `escape`, the escape's offset. */
  readonly end: number;
  /** Offset of the `%` or `!` right after the first `=` outside brackets (`x = !ls`); -1 if there is none. */
  readonly escape: number;
  /** End of its last token; comments and blanks are no tokens. Its start if it has no token. */
  readonly lastTokenEnd: number;
  /** Every bracket and string is closed and no backslash continues it past the limit. */
  readonly isComplete: boolean;
  /** No `;`, `:` or assignment operator (`=`, `+=`; `:=` and `==` are none) stands outside brackets and strings. */
  readonly isPlainExpression: boolean;
  /** A character that is no Python outside strings: `$` or `?`. */
  readonly hasStray: boolean;
  readonly hasMultilineString: boolean;
}

/**
 * Called for every word of the code (names and keywords, also those in the replacement fields of f-strings; no numbers,
 * no string prefixes): its span, and whether it stands inside brackets.
 */
export type OnWord = (start: number, end: number, inBrackets: boolean) => void;

/** One f- or t-string that is open. */
interface Formatted {
  readonly quote: number;
  readonly isTriple: boolean;
  readonly isRaw: boolean;
}

/** One open replacement field of a formatted string, with what to restore when it closes. */
interface Field {
  readonly string: Formatted;
  readonly outerDepth: number;
  readonly isInSpec: boolean;
}

const PREFIX = /^(?:[bru]|br|rb)$/i;
const FORMATTED_PREFIX = /^(?:[ft]|fr|rf|tr|rt)$/i;

const BACKSLASH = 92;
const SINGLE = 39;
const DOUBLE = 34;
const HASH = 35;
const EQUALS = 61;
const OPEN_BRACE = 123;
const CLOSE_BRACE = 125;
const COLON = 58;
const SEMICOLON = 59;
const PERCENT = 37;
const BANG = 33;
const CAPITAL_N = 78;

/** Flags of the ASCII characters that are operators, by code unit. */
const OPENER = 1;
const CLOSER = 2;
const STRAY = 4;
/** `c=` is one token, hence its `=` is no plain assignment. */
const BEFORE_EQUALS = 8;
/** `c=` compares, or names a value within an expression. */
const COMPARISON = 16;
const operators = new Uint8Array(128);
for (const [flag, characters] of [
  [OPENER, '([{'],
  [CLOSER, ')]}'],
  [STRAY, '$?'],
  [BEFORE_EQUALS, '=!<>+-*/%&|^@:'],
  [COMPARISON, '=!<>:'],
] as const) {
  for (const character of characters) operators[character.charCodeAt(0)]! |= flag;
}

function isDigit(c: number): boolean {
  return c >= 48 && c <= 57;
}

/** Letters, digits, `_`, and (as Python's names may hold them) everything beyond ASCII. */
export function isWord(c: number): boolean {
  return (c >= 97 && c <= 122) || (c >= 65 && c <= 90) || isDigit(c) || c === 95 || c >= 128;
}

/** What may stand between the braces of `\N{LEFT-POINTING ARROW}`. */
function isWordOrBlank(c: number): boolean {
  return isWord(c) || c === 32 || c === 45;
}

/**
 * Scans one logical line of Python from `start`, at most up to `limit`. F-strings are read as in Python 3.12 (nested
 * equal quotes, line breaks in fields), which reads older ones the same way. Takes linear time on every text, also on a
 * broken one: a stack of open f-string fields, no recursion and no second look at anything.
 *
 * With `stopAtEscape` the scan ends at the `%` or `!` of `x = %magic` and `x = !command`, because what follows is no
 * Python: its quotes and brackets mean nothing.
 */
export function scanLogicalLine(
  text: string,
  start: number,
  limit: number,
  stopAtEscape = true,
  onWord?: OnWord,
): LogicalLine {
  return new LineScanner(text, onWord).scan(start, limit, stopAtEscape);
}

/** Scans line after line of one text; `scanLogicalLine` for a single one. */
export class LineScanner {
  readonly #text: string;
  readonly #onWord: OnWord | undefined;
  readonly #fields: Field[] = [];
  #start = 0;
  #limit = 0;
  #at = 0;
  #depth = 0;
  #escape = -1;
  #hasWholeTokens = true;
  #hasMultilineString = false;

  constructor(text: string, onWord?: OnWord) {
    this.#text = text;
    this.#onWord = onWord;
  }

  /** See `scanLogicalLine`. */
  scan(start: number, limit: number, stopAtEscape = true): LogicalLine {
    const text = this.#text;
    this.#fields.length = 0;
    this.#start = this.#at = start;
    this.#limit = limit;
    this.#depth = 0;
    this.#escape = -1;
    this.#hasWholeTokens = true;
    this.#hasMultilineString = false;
    let lastTokenEnd = start;
    let isPlainExpression = true;
    let hasStray = false;
    let mayAssign = stopAtEscape;

    while (this.#at < limit && this.#escape < 0) {
      const at = this.#at;
      const c = text.charCodeAt(at);
      const isOutside = this.#depth === 0 && this.#fields.length === 0;
      if (isBreak(c)) {
        if (isOutside) break;
        this.#at++;
        continue;
      }
      if (isBlank(c)) {
        this.#at++;
        continue;
      }
      if (c === HASH) {
        this.#at = lineEnd(text, at, limit);
        continue;
      }
      if (isWord(c)) this.#word();
      else if (c === SINGLE || c === DOUBLE) this.#openString('');
      else if (c === BACKSLASH) {
        const next = skipBlanks(text, at, limit);
        if (next > at) {
          this.#at = next;
          if (next >= limit) this.#hasWholeTokens = false;
          continue;
        }
        if (at + 1 >= limit) this.#hasWholeTokens = false;
        this.#at++;
      } else if (this.#depth === 0 && !isOutside && (c === CLOSE_BRACE || c === COLON)) {
        const string = this.#fields[this.#fields.length - 1]!.string;
        this.#at++;
        this.#literal(string, c === COLON ? true : this.#closeField());
      } else {
        const flags = operators[c]!;
        this.#at++;
        if ((flags & BEFORE_EQUALS) !== 0 && at + 1 < limit && text.charCodeAt(at + 1) === EQUALS) {
          this.#at++;
          if (isOutside && (flags & COMPARISON) === 0) isPlainExpression = false;
        } else if ((flags & OPENER) !== 0) this.#depth++;
        else if ((flags & CLOSER) !== 0) this.#depth = Math.max(0, this.#depth - 1);
        else if ((flags & STRAY) !== 0) hasStray = true;
        else if (isOutside) {
          if (c === SEMICOLON || c === COLON || c === EQUALS) isPlainExpression = false;
          if (c === EQUALS && mayAssign) {
            mayAssign = false;
            this.#escape = this.#escapeAfter(this.#at);
          }
        }
      }
      lastTokenEnd = this.#at;
    }
    return {
      end: this.#escape < 0 ? this.#at : this.#escape,
      escape: this.#escape,
      lastTokenEnd,
      isComplete: this.#hasWholeTokens && this.#depth === 0 && this.#fields.length === 0,
      isPlainExpression,
      hasStray,
      hasMultilineString: this.#hasMultilineString,
    };
  }

  #word(): void {
    const text = this.#text;
    const from = this.#at;
    let at = from + 1;
    while (at < this.#limit && isWord(text.charCodeAt(at))) at++;
    this.#at = at;
    if (at - from <= 2 && at < this.#limit) {
      const c = text.charCodeAt(at);
      if (c === SINGLE || c === DOUBLE) {
        const prefix = text.slice(from, at);
        if (PREFIX.test(prefix) || FORMATTED_PREFIX.test(prefix)) {
          this.#openString(prefix);
          return;
        }
      }
    }
    if (this.#onWord === undefined || isDigit(text.charCodeAt(from))) return;
    this.#onWord(from, at, this.#depth > 0 || this.#fields.length > 0);
  }

  /** A string at the quote, with the letters of its prefix. */
  #openString(prefix: string): void {
    const quote = this.#text.charCodeAt(this.#at);
    const isTriple = this.#isTripleAt(this.#at, quote);
    this.#at += isTriple ? 3 : 1;
    if (FORMATTED_PREFIX.test(prefix)) this.#literal({ quote, isTriple, isRaw: /r/i.test(prefix) }, false);
    else this.#plainString(quote, isTriple);
  }

  #isTripleAt(at: number, quote: number): boolean {
    const text = this.#text;
    return at + 2 < this.#limit && text.charCodeAt(at + 1) === quote && text.charCodeAt(at + 2) === quote;
  }

  /** From just behind the opening quote to just behind the closing one, or to the line break if it is missing. */
  #plainString(quote: number, isTriple: boolean): void {
    const text = this.#text;
    while (this.#at < this.#limit) {
      const c = text.charCodeAt(this.#at);
      if (c === BACKSLASH) this.#escapedUnit();
      else if (c === quote && (!isTriple || this.#isTripleAt(this.#at, quote))) {
        this.#at += isTriple ? 3 : 1;
        return;
      } else if (isBreak(c)) {
        if (!isTriple) break;
        this.#hasMultilineString = true;
        this.#at++;
      } else this.#at++;
    }
    this.#hasWholeTokens = false;
  }

  /** A backslash in a string and what it escapes, in raw strings too: the quote in `r"\""` does not end it. */
  #escapedUnit(): void {
    const next = this.#at + 1;
    if (next < this.#limit && isBreak(this.#text.charCodeAt(next))) {
      this.#hasMultilineString = true;
      this.#at = Math.min(this.#limit, afterBreak(this.#text, next));
    } else this.#at = Math.min(this.#limit, next + 1);
  }

  /** The literal part of an f-string (or of a format spec in it) up to its end or to the next replacement field. */
  #literal(string: Formatted, isStartInSpec: boolean): void {
    const text = this.#text;
    let isInSpec = isStartInSpec;
    while (this.#at < this.#limit) {
      const at = this.#at;
      const c = text.charCodeAt(at);
      if (c === BACKSLASH) {
        const next = text.charCodeAt(at + 1);
        // `\{` does not escape the brace; `\N{DASH}` is one character.
        if (next === OPEN_BRACE || next === CLOSE_BRACE) this.#at++;
        else if (next === CAPITAL_N && !string.isRaw && text.charCodeAt(at + 2) === OPEN_BRACE) {
          this.#at = this.#characterNameEnd(at + 3);
        } else this.#escapedUnit();
      } else if (c === string.quote && (!string.isTriple || this.#isTripleAt(at, c))) {
        this.#at += string.isTriple ? 3 : 1;
        if (isInSpec) this.#hasWholeTokens = false;
        this.#leave(string);
        return;
      } else if (isBreak(c)) {
        if (!string.isTriple) {
          this.#hasWholeTokens = false;
          this.#leave(string);
          return;
        }
        this.#hasMultilineString = true;
        this.#at++;
      } else if (c === OPEN_BRACE) {
        this.#at++;
        if (text.charCodeAt(at + 1) === OPEN_BRACE && !isInSpec) this.#at++;
        else {
          this.#fields.push({ string, outerDepth: this.#depth, isInSpec });
          this.#depth = 0;
          return;
        }
      } else if (c === CLOSE_BRACE && isInSpec) {
        isInSpec = this.#closeField();
        this.#at++;
      } else this.#at++;
    }
    this.#hasWholeTokens = false;
  }

  /** Behind the `}` of `\N{...}`, or where it should be: a missing brace must not cost the rest of the text. */
  #characterNameEnd(from: number): number {
    const text = this.#text;
    let at = Math.min(from, this.#limit);
    while (at < this.#limit && isWordOrBlank(text.charCodeAt(at))) at++;
    return at < this.#limit && text.charCodeAt(at) === CLOSE_BRACE ? at + 1 : at;
  }

  /** Takes the innermost field off the stack; returns whether it stood in a format spec. */
  #closeField(): boolean {
    const field = this.#fields.pop();
    this.#depth = field?.outerDepth ?? 0;
    return field?.isInSpec ?? false;
  }

  /** Takes every field that is still open in a string off the stack: the string has ended. */
  #leave(string: Formatted): void {
    while (this.#fields[this.#fields.length - 1]?.string === string) this.#closeField();
  }

  /** The offset of the escape behind the first plain `=` outside brackets, which ends at `at`; -1 if none follows. */
  #escapeAfter(at: number): number {
    const text = this.#text;
    const sign = skipBlanks(text, at, this.#limit);
    if (sign >= this.#limit) return -1;
    const c = text.charCodeAt(sign);
    if (c === PERCENT) {
      const name = skipBlanks(text, sign + 1, this.#limit);
      if (name >= this.#limit) return -1;
      const first = text.charCodeAt(name);
      return isWord(first) && !isDigit(first) ? sign : -1;
    }
    const isShell = c === BANG && text.charCodeAt(sign + 1) !== EQUALS && !this.#startsItsLine(at - 1);
    return isShell ? sign : -1;
  }

  /** IPython takes no `!` behind a `=` that is the first token of its physical line. */
  #startsItsLine(at: number): boolean {
    let before = at - 1;
    while (before >= this.#start && isBlank(this.#text.charCodeAt(before))) before--;
    return before >= this.#start && isBreak(this.#text.charCodeAt(before));
  }
}
