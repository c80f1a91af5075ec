import { isBlank, isBreak, skipBlanks } from './lines';

/**
 * The options a magic knows. `short` as in getopt: `n:qr:` are `-n value`, `-q` and `-r value`. `long`: without dashes,
 * a trailing `=` for those that take a value.
 */
export interface OptionSpec {
  readonly short?: string;
  readonly long?: readonly string[];
}

/** A magic's line, taken apart. */
export interface Arguments {
  /** In the order written; a flag's value is the empty string. Values lose their surrounding quotes. */
  readonly options: readonly { readonly name: string; readonly value: string }[];
  /** What is no option, without surrounding quotes. Empty if reading stopped at the first of them. */
  readonly words: readonly string[];
  /** Offset in the text of the first word that is no option; `end` if there is none. */
  readonly restStart: number;
  /** An option stands there that the magic does not know. */
  readonly hasUnknownOption: boolean;
}

/**
 * Takes the text from `start` to `end` apart at blanks outside quotes; a backslash before a line break is a blank. With
 * `stopAtWord` reading ends at the first word that is no option, as in front of a statement (`%timeit -n 10 f(-x)`); else
 * options may stand anywhere (`%%bash --out a -s 3 --err b`).
 */
export function readArguments(
  text: string,
  start: number,
  end: number,
  spec: OptionSpec,
  stopAtWord: boolean,
): Arguments {
  const options: { name: string; value: string }[] = [];
  const words: string[] = [];
  let restStart = end;
  let hasUnknownOption = false;
  let areOptionsOver = false;
  let at = skipBlanks(text, start, end);

  /** The value of an option: what is left of its word, else the next word. */
  const value = (attached: string): string => {
    if (attached !== '') return unquote(attached);
    const from = skipBlanks(text, at, end);
    at = wordEnd(text, from, end);
    return unquote(text.slice(from, at));
  };

  const long = (word: string): void => {
    const equals = word.indexOf('=');
    const name = word.slice(2, equals < 0 ? word.length : equals);
    if (spec.long?.includes(`${name}=`)) {
      options.push({ name, value: value(equals < 0 ? '' : word.slice(equals + 1)) });
      return;
    }
    options.push({ name, value: '' });
    if (!spec.long?.includes(name)) hasUnknownOption = true;
  };

  const short = (word: string): void => {
    for (let i = 1; i < word.length; i++) {
      const name = word.charAt(i);
      const known = name === ':' ? -1 : (spec.short?.indexOf(name) ?? -1);
      if (known < 0) {
        hasUnknownOption = true;
        return;
      }
      const takesValue = spec.short?.charAt(known + 1) === ':';
      options.push({ name, value: takesValue ? value(word.slice(i + 1)) : '' });
      if (takesValue) return;
    }
  };

  while (at < end) {
    const from = at;
    if (!areOptionsOver && text.charCodeAt(from) === DASH) {
      at = wordEnd(text, from, end);
      const word = text.slice(from, at);
      // `--` ends the options, as in getopt.
      if (word === '--') areOptionsOver = true;
      else if (word.startsWith('--')) long(word);
      else if (/^-[A-Za-z]/.test(word)) short(word);
      else at = from;
    }
    if (at === from) {
      if (restStart === end) restStart = from;
      if (stopAtWord) break;
      at = wordEnd(text, from, end);
      // A line break in the middle is no blank: without this step it would be met for ever.
      if (at === from) at++;
      words.push(unquote(text.slice(from, at)));
    }
    at = skipBlanks(text, at, end);
  }
  return { options, words, restStart, hasUnknownOption };
}

const DASH = 45;
const BACKSLASH = 92;

function wordEnd(text: string, start: number, end: number): number {
  let quote = '';
  let at = start;
  for (; at < end; at++) {
    const c = text.charAt(at);
    const code = text.charCodeAt(at);
    if (quote !== '') {
      if (c === quote) quote = '';
    } else if (c === '"' || c === "'") quote = c;
    else if (isBlank(code) || isBreak(code)) break;
    else if (code === BACKSLASH && at + 1 < end && isBreak(text.charCodeAt(at + 1))) break;
  }
  return at;
}

function unquote(word: string): string {
  const quote = word.charAt(0);
  const isQuoted = word.length > 1 && (quote === '"' || quote === "'") && word.endsWith(quote);
  return isQuoted ? word.slice(1, -1) : word;
}
