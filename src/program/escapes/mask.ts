import type { Escape } from '../../syntax/escape';
import { automagicNameEnd } from './automagic';
import { codeBehind, type CodeBehind } from './code';
import { effectsOfHiddenCode, effectsOfMagic, joined, type Effects } from './effects';
import { helpTarget } from './help';
import { afterBreak, continuedEnd, isBlank, isBreak, joinContinuations, lineEnd, skipBlanks } from './lines';
import { magics, type MagicFacts } from './magics';
import { afterBlankLines, Margins } from './margin';
import { MaskedText } from './masked-text';
import { expandedNames, isName, namesIn } from './names';
import { LineScanner, scanLogicalLine } from './scan';

export interface MaskOptions {
  /**
   * The source is a notebook's cell (the default): `%%magic` on its first line, an indented cell and automagic are
   * recognised. Off for scripts, of which a cell is only a part.
   */
  readonly cellMagics?: boolean;
}

/**
 * Finds the IPython escapes of a cell and masks them: `masked` has the source's length and line breaks, and parses as
 * Python wherever IPython's own transformation of the source does.
 *
 * - An opaque escape becomes the expression `0`, followed by blanks: `!ls` in a block keeps the block's indentation,
 *   `x = !ls` still binds `x`.
 * - The code behind a transparent one stays where it is: `%time x = f()` becomes `0    ;x = f()`. Where the magic returns
 *   the code's value, `y = %time f()`, only blanks are left: `y =       f()`. Below `%%time`, the body stays.
 * - The span of a transparent escape covers its line with the code (for `%%time` only the first line). It ends early, at
 *   the start of the first escape in that code (`%time !ls`), so that no two spans overlap.
 * - A cell whose first line is indented, which IPython runs too, gets form feeds in its indentation. Where IPython would
 *   change a string of several lines with it, the cell stays as it is and does not parse.
 *
 * Without escapes and indentation `masked` is the source itself. Takes linear time. Never throws; text that is neither
 * Python nor an escape is left alone. Not recognised: pasted prompts (`>>>`, `In [1]:`), which IPython strips.
 * Source: IPython/core/inputtransformer2.py, version 9.
 */
export function maskEscapes(
  source: string,
  options: MaskOptions = {},
): { masked: string; escapes: Escape[] } {
  const masker = new Masker(source);
  if (options.cellMagics ?? true) masker.cell();
  else masker.lines(0);
  return { masked: masker.masked.toString(), escapes: masker.escapes };
}

const PERCENT = 37;
const BANG = 33;
const QUESTION = 63;
const EQUALS = 61;
const SLASH = 47;
const COMMA = 44;
const SEMICOLON = 59;
const NO_EFFECTS: Effects = { reads: [], binds: [], bindsUnknown: false };

class Masker {
  readonly masked: MaskedText;
  readonly escapes: Escape[] = [];
  readonly #text: string;
  readonly #scanner: LineScanner;
  readonly #margins: Margins;

  constructor(text: string) {
    this.#text = text;
    this.#scanner = new LineScanner(text);
    this.#margins = new Margins(text);
    this.masked = new MaskedText(text);
  }

  /** A whole cell. The body of a transparent cell magic is run as a cell again, hence the loop. */
  cell(): void {
    const text = this.#text;
    for (let start = 0; ;) {
      start = afterBlankLines(text, start);
      if (start >= text.length) return;
      this.#margins.add(start);
      const first = start + this.#margins.of(start);
      if (!text.startsWith('%%', first) || isMagicHelp(text, first)) {
        const end = lineEnd(text, first, text.length);
        const isOnlyLine = afterBreak(text, end) >= text.length;
        if (isOnlyLine && automagicNameEnd(text, first, end) !== undefined) {
          this.#takeMargin(start);
          this.#magic(first, end, false);
        } else this.lines(start);
        return;
      }
      this.#takeMargin(start);
      const body = this.#cellMagic(first);
      if (body === undefined) return;
      start = body.start;
      if (!body.isCell) {
        this.lines(start);
        return;
      }
    }
  }

  /** Lines of Python and escapes from `start`, the start of a line, to the text's end. */
  lines(start: number): void {
    const text = this.#text;
    for (let at = start; at < text.length;) {
      const first = skipBlanks(text, at, text.length);
      if (first >= text.length) return;
      if (isBreak(text.charCodeAt(first))) {
        at = afterBreak(text, first);
        continue;
      }
      this.#takeMargin(at);
      at = afterBreak(text, this.#logicalLine(first));
    }
  }

  /** The logical line whose first token is at `start`; returns its end. */
  #logicalLine(start: number): number {
    const text = this.#text;
    if (this.#startsEscape(start)) {
      const end = continuedEnd(text, start, text.length);
      if (this.#help(start, end) || this.#escape(start, end, false)) return end;
    }
    const scan = this.#scanner.scan(start, text.length);
    if (scan.hasMultilineString) this.#keepMarginIn(start, scan.end);
    const end = scan.escape < 0 ? scan.end : continuedEnd(text, scan.escape, text.length);
    if (!this.#help(start, end) && scan.escape >= 0) this.#escape(scan.escape, end, true);
    return end;
  }

  /** Whether the token at an offset is one that starts an escape; `%=`, `!=`, `//` and `/=` are other tokens. */
  #startsEscape(at: number): boolean {
    const code = this.#text.charCodeAt(at);
    const next = this.#text.charCodeAt(at + 1);
    if (code === PERCENT || code === BANG) return next !== EQUALS;
    if (code === SLASH) return next !== EQUALS && next !== SLASH;
    return code === QUESTION || code === COMMA || code === SEMICOLON;
  }

  /** `obj?` and what ends like it. */
  #help(start: number, end: number): boolean {
    const target = helpTarget(this.#text, start, end);
    if (target === undefined) return false;
    this.#opaque('help', start, end, '', target, { ...NO_EFFECTS, reads: rootOf(target) });
    return true;
  }

  /** The escape whose first character is at `start`. False if IPython would not take it either. */
  #escape(start: number, end: number, isValue: boolean): boolean {
    const text = this.#text;
    const code = text.charCodeAt(start);
    if (code === COMMA || code === SEMICOLON || code === SLASH) return this.#autoCall(start, end);
    if (code !== BANG && code !== QUESTION) {
      this.#magic(start, end, isValue);
      return true;
    }
    const isDouble = start + 1 < end && text.charCodeAt(start + 1) === code;
    const argument = text.slice(skipBlanks(text, start + (isDouble ? 2 : 1), end), end);
    if (code === BANG) {
      this.#opaque('shell', start, end, '', argument, { ...NO_EFFECTS, reads: expandedNames(argument) });
    } else this.#opaque('help', start, end, '', argument, { ...NO_EFFECTS, reads: rootOf(argument) });
    return true;
  }

  /** `,f a b` is `f("a", "b")`, `;f a b` is `f("a b")`, `/f a b` is `f(a, b)`. */
  #autoCall(start: number, end: number): boolean {
    const argument = joinContinuations(this.#text.slice(start + 1, end));
    const name = /^[^ ]*/.exec(argument)?.[0] ?? '';
    const isSlash = this.#text.charCodeAt(start) === SLASH;
    // What IPython makes of anything else does not parse.
    const isCall = isSlash
      ? rootOf(name).length > 0 && isExpressionLike(argument)
      : (name === '' || name.split('.').every(isName)) && !/["\\]/.test(argument);
    if (!isCall) return false;
    const written = this.#text.slice(skipBlanks(this.#text, start + 1, end), end);
    this.#opaque('auto-call', start, end, '', written, {
      ...NO_EFFECTS,
      reads: namesIn(isSlash ? argument : name),
    });
    return true;
  }

  /** `%name ...`, or `name ...` without the sign, with whatever other magics stand in its code. */
  #magic(from: number, end: number, isFromValue: boolean): void {
    const text = this.#text;
    let start = from;
    let isValue = isFromValue;
    for (;;) {
      const hasSign = text.charCodeAt(start) === PERCENT;
      const kind = hasSign ? 'line-magic' : 'auto-magic';
      const nameStart = hasSign ? start + 1 : start;
      const nameEnd = this.#nameEnd(nameStart, end);
      const name = text.slice(nameStart, nameEnd);
      const facts = magics.get(name);
      const argumentStart = skipBlanks(text, nameEnd, end);
      if (facts?.line !== 'code') {
        const argument = text.slice(argumentStart, end);
        this.#opaque(kind, start, end, name, argument, effectsOfMagic(name, argument));
        return;
      }
      const code = codeBehind(text, nameEnd, end, facts);
      const own = effectsOfMagic(name, text.slice(nameEnd, code.start));
      if (code.hasMultilineString) this.#keepMarginIn(start, end);
      if (code.kind !== 'code') {
        const effects = joined(
          own,
          effectsOfHiddenCode(text.slice(code.start, end), facts.isolated ?? false),
        );
        this.#opaque(kind, start, end, name, text.slice(argumentStart, end), effects);
        return;
      }
      this.masked.hidePrefix(
        start,
        code.start,
        isValue && code.isExpression && (facts.returnsValue ?? false),
      );
      const span = { start, end: code.nested?.start ?? end };
      this.escapes.push(transparent(kind, span, name, text.slice(argumentStart, end), own, facts));
      if (!code.nested) return;
      start = code.nested.start;
      isValue = code.nested.isValue;
      if (text.charCodeAt(start) === BANG || text.charCodeAt(start) === QUESTION) {
        this.#escape(start, end, isValue);
        return;
      }
    }
  }

  /**
   * `%%name ...` at `start`. Returns where its body starts if that is Python, and whether IPython runs that body as a cell
   * of its own, with cell magics.
   */
  #cellMagic(start: number): { start: number; isCell: boolean } | undefined {
    const text = this.#text;
    const lineStop = lineEnd(text, start, text.length);
    const nameEnd = this.#nameEnd(start + 2, lineStop);
    const name = text.slice(start + 2, nameEnd);
    const argument = text.slice(skipBlanks(text, nameEnd, lineStop), lineStop).trimEnd();
    const body = afterBreak(text, lineStop);
    const facts = magics.get(name);
    if (facts?.cell !== 'python') {
      const foreign = text.slice(body);
      const effects = effectsOfMagic(name, argument, foreign);
      this.#opaque('cell-magic', start, text.length, name, argument, effects, foreign);
      return undefined;
    }
    const code = facts.firstLine && codeBehind(text, nameEnd, lineStop, facts);
    if (!code || code.start >= lineStop || code.kind === 'none') {
      this.masked.hide(start, lineStop);
      const effects = effectsOfMagic(name, argument);
      this.escapes.push(transparent('cell-magic', { start, end: lineStop }, name, argument, effects, facts));
      return { start: body, isCell: true };
    }
    return this.#cellMagicWithCode(start, nameEnd, lineStop, name, argument, facts, code);
  }

  #cellMagicWithCode(
    start: number,
    nameEnd: number,
    lineStop: number,
    name: string,
    argument: string,
    facts: MagicFacts,
    code: CodeBehind,
  ): { start: number; isCell: boolean } | undefined {
    const text = this.#text;
    const body = afterBreak(text, lineStop);
    const own = effectsOfMagic(name, text.slice(nameEnd, code.start));
    if (code.kind === 'hidden') {
      // The body may be the block of a statement on the first line: nothing of the cell can be read.
      const hidden = effectsOfHiddenCode(text.slice(code.start), facts.isolated ?? false);
      const all = joined(own, hidden);
      this.#opaque('cell-magic', start, text.length, name, argument, all, text.slice(body));
      return undefined;
    }
    if (code.hasMultilineString) this.#keepMarginIn(start, lineStop);
    this.masked.hidePrefix(start, code.start, false);
    const span = { start, end: code.nested?.start ?? lineStop };
    this.escapes.push(transparent('cell-magic', span, name, argument, own, facts));
    if (code.nested) this.#escape(code.nested.start, lineStop, code.nested.isValue);
    return { start: body, isCell: facts.firstLine === 'setup' };
  }

  #opaque(
    kind: Escape['kind'],
    start: number,
    end: number,
    name: string,
    argument: string,
    effects: Effects,
    body?: string,
  ): void {
    this.masked.hide(start, end);
    const escape = { kind, span: { start, end }, name, argument, isTransparent: false, ...effects };
    this.escapes.push(body === undefined ? escape : { ...escape, body });
  }

  #nameEnd(start: number, end: number): number {
    const text = this.#text;
    let at = start;
    while (at < end && !isBlank(text.charCodeAt(at)) && skipBlanks(text, at, end) === at) at++;
    return at;
  }

  #takeMargin(lineStart: number): void {
    const margin = this.#margins.of(lineStart);
    if (margin > 0) this.masked.takeMargin(lineStart, margin);
  }

  /** IPython takes margins off the lines of a string too; its value would then be another than the text says. */
  #keepMarginIn(start: number, end: number): void {
    if (this.#margins.isWithin(start, end)) this.masked.keepMargins();
  }
}

function transparent(
  kind: Escape['kind'],
  span: Escape['span'],
  name: string,
  argument: string,
  effects: Effects,
  facts: MagicFacts,
): Escape {
  const escape = { kind, span, name, argument, isTransparent: true, ...effects };
  return facts.isolated ? { ...escape, isolated: true } : escape;
}

function isExpressionLike(code: string): boolean {
  const scan = scanLogicalLine(code, 0, code.length, false);
  return scan.isComplete && !scan.hasStray && !code.includes(';');
}

/** `%%name?` on a cell's first line asks for help, and the rest of the cell is Python. */
function isMagicHelp(text: string, at: number): boolean {
  const pattern = /%%[\p{L}\p{N}_]+\?/uy;
  pattern.lastIndex = at;
  return pattern.test(text);
}

/** The variable that a help request is about; none for a magic or where a wildcard stands for the first name. */
function rootOf(target: string): string[] {
  const root = /^[\p{L}\p{N}_*]+/u.exec(target)?.[0] ?? '';
  return isName(root) ? [root] : [];
}
