import type { Span } from '../../text/position';
import { isBlank, isBreak, afterBreak, lineEnd } from './lines';

/** A word of a shell command, as far as it can be told without running it. */
export interface ShellWord extends Span {
  /** Without quotes and backslashes. */
  readonly text: string;
  /** It is what it says: no variable, no substitution, nothing that IPython would expand. */
  readonly isLiteral: boolean;
}

/** `name word word`, with what is redirected left out. */
export interface ShellCommand extends Span {
  readonly words: readonly ShellWord[];
  /** What stands between the command before and this one: `&&`, `||`, `;`, `|`, `&`; the empty string at the start. */
  readonly operator: string;
  /** Files that it is redirected to or from, `&1` and `/dev/null` among them. */
  readonly redirections: readonly string[];
}

/** One line of a shell, continued by backslashes. Offsets count in the text that was given. */
export interface ShellLine extends Span {
  readonly commands: readonly ShellCommand[];
  readonly comment: Span | undefined;
  /** No subshell, group, here-document or keyword: running its commands one by one is all it does. */
  readonly isSimple: boolean;
}

const KEYWORDS =
  /^(?:if|then|else|elif|fi|for|while|until|do|done|case|esac|in|function|select|\{|\}|\[\[|!)$/;

/** The lines of a shell script, blank ones and those of comments alone left out. */
export function shellLines(script: string): readonly ShellLine[] {
  const lines: ShellLine[] = [];
  for (let at = 0; at < script.length;) {
    const line = new LineReader(script, at).read();
    if (line.commands.length > 0) lines.push(line);
    at = Math.max(afterBreak(script, line.end), at + 1);
  }
  return lines;
}

/** Reads what follows a `!`, which is one line with continuations. */
export function shellLine(command: string): ShellLine {
  return new LineReader(command, 0).read();
}

class LineReader {
  readonly #commands: ShellCommand[] = [];
  #words: ShellWord[] = [];
  #redirections: string[] = [];
  #operator = '';
  #isSimple = true;
  #comment: Span | undefined;
  #at: number;

  constructor(
    private readonly text: string,
    private readonly start: number,
  ) {
    this.#at = start;
  }

  read(): ShellLine {
    const { text } = this;
    while (this.#at < text.length && !isBreak(text.charCodeAt(this.#at))) {
      const at = this.#at;
      const c = text.charAt(at);
      if (isBlank(text.charCodeAt(at))) this.#at++;
      else if (c === '\\' && isBreak(text.charCodeAt(at + 1))) this.#at = afterBreak(text, at + 1);
      else if (c === '#') {
        this.#at = lineEnd(text, at, text.length);
        this.#comment = { start: at, end: this.#at };
      } else this.#token();
    }
    this.#finish('');
    const isSimple = this.#isSimple;
    return { start: this.start, end: this.#at, commands: this.#commands, comment: this.#comment, isSimple };
  }

  #token(): void {
    const rest = this.text.slice(this.#at, this.#at + 3);
    const redirection = /^(?:&>>?|\d?>[>&|]?|\d?<<?<?)/.exec(rest)?.[0];
    if (redirection !== undefined) {
      if (redirection.includes('<<')) this.#isSimple = false;
      this.#at += redirection.length;
      this.#skipBlanks();
      this.#redirections.push((redirection.endsWith('&') ? '&' : '') + this.#word().text);
      return;
    }
    const operator = /^(?:&&|\|\||\|&|;;|[;|&])/.exec(rest)?.[0];
    if (operator !== undefined) {
      this.#at += operator.length;
      this.#finish(operator);
    } else if (/^[()]/.test(rest)) {
      this.#isSimple = false;
      this.#at++;
    } else this.#words.push(this.#word());
  }

  #skipBlanks(): void {
    while (isBlank(this.text.charCodeAt(this.#at))) this.#at++;
  }

  #finish(operator: string): void {
    const [first] = this.#words;
    const last = this.#words.at(-1);
    if (first && last) {
      if (KEYWORDS.test(first.text)) this.#isSimple = false;
      this.#commands.push({
        start: first.start,
        end: last.end,
        words: this.#words,
        operator: this.#operator,
        redirections: this.#redirections,
      });
    }
    this.#operator = operator;
    this.#words = [];
    this.#redirections = [];
  }

  #word(): ShellWord {
    const { text } = this;
    const start = this.#at;
    let word = '';
    let isLiteral = true;
    let quote = '';
    while (this.#at < text.length) {
      const c = text.charAt(this.#at);
      const code = text.charCodeAt(this.#at);
      if (quote !== '') {
        if (c === quote) quote = '';
        else {
          if (quote === '"' && (c === '$' || c === '`')) isLiteral = false;
          if (c === '{') isLiteral = false;
          if (c === '\\' && quote === '"' && this.#at + 1 < text.length) this.#at++;
          word += text.charAt(this.#at);
        }
      } else if (isBlank(code) || isBreak(code) || /[;|&<>()]/.test(c)) break;
      else if (c === '"' || c === "'") quote = c;
      else if (c === '\\') {
        if (isBreak(text.charCodeAt(this.#at + 1))) break;
        this.#at++;
        word += text.charAt(this.#at);
      } else {
        // `{x}` is IPython's, the rest the shell's.
        if (/[$`{}?]/.test(c) || (c === '~' && this.#at === start)) isLiteral = false;
        if (c === '$' && text.charAt(this.#at + 1) === '(') word += this.#substitution();
        word += text.charAt(this.#at);
      }
      this.#at++;
    }
    // An operator that is no token here would be met for ever.
    if (this.#at === start) this.#at++;
    return { start, end: this.#at, text: word, isLiteral };
  }

  /** Up to the closing parenthesis of `$(...)`, which is left for the caller. */
  #substitution(): string {
    const { text } = this;
    const start = this.#at;
    let depth = 0;
    for (; this.#at < text.length; this.#at++) {
      const c = text.charAt(this.#at);
      if (c === '(') depth++;
      if ((c === ')' && --depth === 0) || isBreak(text.charCodeAt(this.#at))) break;
    }
    return text.slice(start, this.#at);
  }
}
