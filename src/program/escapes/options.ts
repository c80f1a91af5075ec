import { joinContinuations, skipBlanks } from './lines';

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
  /** Offset of the first word that is no option; the text's length if there is none. */
  readonly restStart: number;
  /** An option stands there that the magic does not know. */
  readonly hasUnknownOption: boolean;
}

/**
 * Takes the text apart at blanks outside quotes. With `stopAtWord` reading ends at the first word that is no option, as
 * in front of a statement (`%timeit -n 10 f(-x)`); else options may stand anywhere (`%%bash --out a -s 3 --err b`).
 */
export function readArguments(written: string, spec: OptionSpec, stopAtWord: boolean): Arguments {
  const text = joinContinuations(written);
  const options: { name: string; value: string }[] = [];
  const words: string[] = [];
  let restStart = text.length;
  let hasUnknownOption = false;
  let at = skipBlanks(text, 0, text.length);

  /** The value of an option: what is left of its word, else the next word. */
  const value = (attached: string): string => {
    if (attached !== '') return unquote(attached);
    const start = skipBlanks(text, at, text.length);
    at = wordEnd(text, start);
    return unquote(text.slice(start, at));
  };

  while (at < text.length) {
    const start = at;
    at = wordEnd(text, start);
    const word = text.slice(start, at);
    if (word === '--') {
      // Ends the options, as in getopt.
      at = skipBlanks(text, at, text.length);
      if (restStart === text.length) restStart = at;
      if (!stopAtWord) words.push(...split(text.slice(at)));
      break;
    }
    if (word.startsWith('--')) {
      const [name = '', attached = ''] = splitOnce(word.slice(2), '=');
      if (spec.long?.includes(`${name}=`)) options.push({ name, value: value(attached) });
      else {
        options.push({ name, value: '' });
        if (!spec.long?.includes(name)) hasUnknownOption = true;
      }
    } else if (/^-[A-Za-z]/.test(word)) {
      for (let i = 1; i < word.length; i++) {
        const name = word.charAt(i);
        const known = spec.short?.indexOf(name) ?? -1;
        if (known < 0 || name === ':') {
          hasUnknownOption = true;
          break;
        }
        const takesValue = spec.short?.charAt(known + 1) === ':';
        options.push({ name, value: takesValue ? value(word.slice(i + 1)) : '' });
        if (takesValue) break;
      }
    } else {
      if (restStart === text.length) restStart = start;
      if (stopAtWord) break;
      words.push(unquote(word));
    }
    at = skipBlanks(text, at, text.length);
  }
  return { options, words, restStart, hasUnknownOption };
}

function wordEnd(text: string, start: number): number {
  let at = start;
  let quote = '';
  for (; at < text.length; at++) {
    const c = text.charAt(at);
    if (quote !== '') {
      if (c === quote) quote = '';
    } else if (c === '"' || c === "'") quote = c;
    else if (/\s/.test(c)) break;
  }
  return at;
}

function split(text: string): string[] {
  const words: string[] = [];
  for (let at = skipBlanks(text, 0, text.length); at < text.length; ) {
    const end = wordEnd(text, at);
    if (end === at) break;
    words.push(unquote(text.slice(at, end)));
    at = skipBlanks(text, end, text.length);
  }
  return words;
}

function splitOnce(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}

function unquote(word: string): string {
  const quoted = /^(["'])(.*)\1$/s.exec(word);
  return quoted?.[2] ?? word;
}
