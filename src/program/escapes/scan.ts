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

const code = (character: string): number => character.charCodeAt(0);
const BACKSLASH = code('\\');
const SINGLE = code("'");
const DOUBLE = code('"');
const HASH = code('#');
const EQUALS = code('=');
const OPEN_BRACE = code('{');
const CLOSE_BRACE = code('}');
const COLON = code(':');
const SEMICOLON = code(';');
const PERCENT = code('%');
const BANG = code('!');
const OPENERS = new Set(['(', '[', '{'].map(code));
const CLOSERS = new Set([')', ']', '}'].map(code));
const STRAYS = new Set(['$', '?'].map(code));
/** `c=` is one token for these, hence its `=` is no plain assignment. */
const BEFORE_EQUALS = new Set([...'=!<>+-*/%&|^@:'].map(code));
const COMPARISONS = new Set([...'=!<>:'].map(code));

function isDigit(c: number): boolean {
  return c >= 48 && c <= 57;
}

/** Letters, digits, `_`, and (as Python's names may hold them) everything beyond ASCII. */
export function isWord(c: number): boolean {
  return (c >= 97 && c <= 122) || (c >= 65 && c <= 90) || isDigit(c) || c === 95 || c >= 128;
}

/**
 * Scans one logical line of Python from `start`, at most up to `limit`. A stack of open f-string fields, no recursion
 * and no second look at anything: linear time on every text, also on broken ones. F-strings are read as in Python 3.12
 * (nested equal quotes, line breaks in fields), which reads older ones the same way.
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
  let i = start;
  let depth = 0;
  let escape = -1;
  let lastTokenEnd = start;
  let isComplete = true;
  let isPlainExpression = true;
  let hasStray = false;
  let hasMultilineString = false;
  let hasAssignment = false;
  const fields: Field[] = [];

  const isTripleAt = (at: number, quote: number): boolean =>
    at + 2 < limit && text.charCodeAt(at + 1) === quote && text.charCodeAt(at + 2) === quote;

  /** From just behind the opening quote to just behind the closing one, or to the line break if it is missing. */
  const plainString = (quote: number, isTriple: boolean): void => {
    while (i < limit) {
      const c = text.charCodeAt(i);
      if (c === BACKSLASH) {
        const next = text.charCodeAt(i + 1);
        if (isBreak(next)) hasMultilineString = true;
        i = Math.min(limit, isBreak(next) ? afterBreak(text, i + 1) : i + 2);
      } else if (c === quote && (!isTriple || isTripleAt(i, quote))) {
        i += isTriple ? 3 : 1;
        return;
      } else if (isBreak(c)) {
        if (!isTriple) break;
        hasMultilineString = true;
        i++;
      } else i++;
    }
    isComplete = false;
  };

  /** The literal part of an f-string (or of a format spec in it) up to its end or to the next replacement field. */
  const literal = (string: Formatted, inSpec: boolean): void => {
    let isInSpec = inSpec;
    while (i < limit) {
      const c = text.charCodeAt(i);
      const next = text.charCodeAt(i + 1);
      if (c === BACKSLASH) {
        if (isBreak(next)) hasMultilineString = true;
        // `\{` does not escape the brace; `\N{DASH}` is one character.
        if (next === OPEN_BRACE || next === CLOSE_BRACE) i++;
        else if (next === 78 && !string.isRaw && text.charCodeAt(i + 2) === OPEN_BRACE) i = nameEnd(i + 3);
        else i = Math.min(limit, isBreak(next) ? afterBreak(text, i + 1) : i + 2);
      } else if (c === string.quote && (!string.isTriple || isTripleAt(i, c))) {
        i += string.isTriple ? 3 : 1;
        if (isInSpec) isComplete = false;
        leave(string);
        return;
      } else if (isBreak(c)) {
        if (!string.isTriple) {
          isComplete = false;
          leave(string);
          return;
        }
        hasMultilineString = true;
        i++;
      } else if (c === OPEN_BRACE) {
        if (next === OPEN_BRACE && !isInSpec) i += 2;
        else {
          fields.push({ string, outerDepth: depth, isInSpec });
          depth = 0;
          i++;
          return;
        }
      } else if (c === CLOSE_BRACE && isInSpec) {
        isInSpec = closeField();
        i++;
      } else i++;
    }
    isComplete = false;
  };

  /** Behind the `}` of `\N{...}`. It ends at the line's end too, so that a missing brace costs one line at most. */
  const nameEnd = (from: number): number => {
    let at = from;
    while (at < limit && isWordOrBlank(text.charCodeAt(at))) at++;
    return at < limit && text.charCodeAt(at) === CLOSE_BRACE ? at + 1 : at;
  };

  /** Takes the innermost field off the stack; returns whether it stood in a format spec. */
  const closeField = (): boolean => {
    const field = fields.pop();
    depth = field?.outerDepth ?? 0;
    return field?.isInSpec ?? false;
  };

  /** Takes every field that is still open in a string off the stack: the string has ended. */
  const leave = (string: Formatted): void => {
    while (fields.length > 0 && fields[fields.length - 1]?.string === string) closeField();
  };

  /** A string at the quote at `i`, with the letters of its prefix. */
  const openString = (prefix: string): void => {
    const quote = text.charCodeAt(i);
    const isTriple = isTripleAt(i, quote);
    i += isTriple ? 3 : 1;
    if (FORMATTED_PREFIX.test(prefix)) literal({ quote, isTriple, isRaw: /r/i.test(prefix) }, false);
    else plainString(quote, isTriple);
  };

  const word = (): void => {
    const from = i;
    while (i < limit && isWord(text.charCodeAt(i))) i++;
    const c = i < limit ? text.charCodeAt(i) : 0;
    if ((c === SINGLE || c === DOUBLE) && i - from <= 2) {
      const prefix = text.slice(from, i);
      if (PREFIX.test(prefix) || FORMATTED_PREFIX.test(prefix)) {
        openString(prefix);
        return;
      }
    }
    if (!isDigit(text.charCodeAt(from))) onWord?.(from, i, depth > 0 || fields.length > 0);
  };

  /** The first plain `=` outside brackets, at `i - 1`: does an escape follow? */
  const afterAssignment = (): void => {
    hasAssignment = true;
    if (!stopAtEscape) return;
    const at = skipBlanks(text, i, limit);
    const c = at < limit ? text.charCodeAt(at) : 0;
    if (c === PERCENT) {
      const name = skipBlanks(text, at + 1, limit);
      const first = name < limit ? text.charCodeAt(name) : 0;
      if (isWord(first) && !isDigit(first)) escape = at;
    } else if (c === BANG && text.charCodeAt(at + 1) !== EQUALS && !startsItsLine(i - 1)) escape = at;
  };

  /** IPython takes no `!` behind a `=` that is the first token of its physical line. */
  const startsItsLine = (at: number): boolean => {
    let before = at - 1;
    while (before >= start && isBlank(text.charCodeAt(before))) before--;
    return before >= start && isBreak(text.charCodeAt(before));
  };

  while (i < limit && escape < 0) {
    const c = text.charCodeAt(i);
    if (isBreak(c)) {
      if (depth === 0 && fields.length === 0) break;
      i++;
      continue;
    }
    if (isBlank(c)) {
      i++;
      continue;
    }
    if (c === HASH) {
      i = lineEnd(text, i, limit);
      continue;
    }
    if (c === BACKSLASH) {
      const at = skipBlanks(text, i, limit);
      if (at > i) {
        i = at;
        isComplete = isComplete && i < limit;
        continue;
      }
      isComplete = isComplete && i + 1 < limit;
      i++;
    } else if (c === SINGLE || c === DOUBLE) openString('');
    else if (isWord(c)) word();
    else if (fields.length > 0 && depth === 0 && (c === CLOSE_BRACE || c === COLON)) {
      const field = fields[fields.length - 1];
      i++;
      if (field) literal(field.string, c === COLON ? true : closeField());
    } else if (BEFORE_EQUALS.has(c) && text.charCodeAt(i + 1) === EQUALS && i + 1 < limit) {
      i += 2;
      if (depth === 0 && fields.length === 0 && !COMPARISONS.has(c)) isPlainExpression = false;
    } else {
      i++;
      if (OPENERS.has(c)) depth++;
      else if (CLOSERS.has(c)) depth = Math.max(0, depth - 1);
      else if (STRAYS.has(c)) hasStray = true;
      else if (depth === 0 && fields.length === 0) {
        if (c === SEMICOLON || c === COLON || c === EQUALS) isPlainExpression = false;
        if (c === EQUALS && !hasAssignment) afterAssignment();
      }
    }
    lastTokenEnd = i;
  }
  if (depth > 0 || fields.length > 0) isComplete = false;
  if (escape >= 0) i = escape;
  return { end: i, escape, lastTokenEnd, isComplete, isPlainExpression, hasStray, hasMultilineString };
}

/** What may stand between the braces of `\N{LEFT-POINTING ARROW}`. */
function isWordOrBlank(c: number): boolean {
  return isWord(c) || c === 32 || c === 45;
}
