import type { Span } from '../../text/position';

/**
 * A reader of JSON that keeps spans down to a given depth and only checks what lies deeper, so that megabytes of
 * outputs cost one pass and no memory. It accepts what Python's `json` accepts (RFC 8259 and the bare words `NaN`,
 * `Infinity`, `-Infinity`) and nothing else: whoever edits a file must not take broken text for JSON. It keeps its own
 * stack, so no depth of nesting overflows. (jsonc-parser accepts comments, refuses `NaN`, recurses and decodes every
 * string.)
 */
export type JsonNode = JsonObjectNode | JsonArrayNode | JsonScalarNode;

export interface JsonObjectNode extends Span {
  readonly kind: 'object';
  /** In the order of the text, repeated keys too; empty below the depth that was asked for. */
  readonly members: readonly JsonMember[];
}

export interface JsonArrayNode extends Span {
  readonly kind: 'array';
  /** Empty below the depth that was asked for. */
  readonly items: readonly JsonNode[];
}

/** `literal`: `true`, `false`, `null`, `NaN`, `Infinity`, `-Infinity`. */
export interface JsonScalarNode extends Span {
  readonly kind: 'string' | 'number' | 'literal';
}

export interface JsonMember {
  /** Span of the key with its quotes. */
  readonly key: Span;
  /** The key decoded. */
  readonly name: string;
  readonly value: JsonNode;
}

/** What is wrong with a text, and the UTF-16 offset of it. */
export interface JsonError {
  readonly reason: string;
  readonly offset: number;
}

/**
 * The value that a text consists of. White space and one byte-order mark may stand around it.
 *
 * @param depth children of containers at this nesting depth (the root has depth 0) are checked but not kept
 * @returns the root node, or the first error.
 */
export function parseJson(text: string, depth = Infinity): JsonNode | JsonError {
  try {
    return new Reader(text, depth).read();
  } catch (error) {
    if (error instanceof SyntaxProblem) return { reason: error.message, offset: error.offset };
    throw error;
  }
}

/** The value of a key; of the last one if it is repeated, as in Python and JavaScript. */
export function memberOf(node: JsonNode | undefined, name: string): JsonNode | undefined {
  if (node?.kind !== 'object') return undefined;
  return node.members.findLast((member) => member.name === name)?.value;
}

/** The value of a string node. Escaped halves of surrogate pairs stay halves. */
export function stringOf(text: string, node: Span): string {
  const literal = text.slice(node.start, node.end);
  // `JSON.parse` cannot fail here: the reader has checked the string.
  return literal.includes('\\') ? (JSON.parse(literal) as string) : literal.slice(1, -1);
}

/** Leaves the reader; never leaves this module. */
class SyntaxProblem extends Error {
  constructor(
    reason: string,
    readonly offset: number,
  ) {
    super(reason);
  }
}

type OpenContainer =
  | { kind: 'object'; start: number; end: number; members: JsonMember[] }
  | { kind: 'array'; start: number; end: number; items: JsonNode[] };

/** Stand for every container that is not kept. */
const HIDDEN_OBJECT: OpenContainer = { kind: 'object', start: 0, end: 0, members: [] };
const HIDDEN_ARRAY: OpenContainer = { kind: 'array', start: 0, end: 0, items: [] };

const LITERALS = ['true', 'false', 'null', 'NaN', 'Infinity', '-Infinity'] as const;

class Reader {
  #at = 0;
  readonly #text: string;
  readonly #depth: number;
  readonly #open: OpenContainer[] = [];
  #root: JsonNode | undefined;
  #key: { span: Span; name: string } | undefined;

  constructor(text: string, depth: number) {
    this.#text = text;
    this.#depth = depth;
  }

  read(): JsonNode {
    if (this.#text.charCodeAt(0) === 0xfeff) this.#at = 1;
    for (;;) {
      if (this.#readValue() && this.#readAfterValue()) {
        if (this.#at < this.#text.length) this.#fail('there is more text after the end of the value');
        return this.#root!;
      }
    }
  }

  /** Reads a scalar, an empty container or the start of a container; true if a value is complete. */
  #readValue(): boolean {
    this.#skipSpace();
    const start = this.#at;
    const c = this.#text.charCodeAt(start);
    if (c === 0x7b /* { */ || c === 0x5b /* [ */) return this.#readOpening(c === 0x7b, start);
    let kind: JsonScalarNode['kind'] = 'literal';
    if (c === 0x22 /* " */) {
      kind = 'string';
      this.#skipString();
    } else {
      const literal = LITERALS.find((word) => c === word.charCodeAt(0) && this.#text.startsWith(word, start));
      if (literal !== undefined) this.#at += literal.length;
      else {
        kind = 'number';
        this.#skipNumber();
      }
    }
    if (this.#isKept()) this.#attach({ kind, start, end: this.#at });
    return true;
  }

  #readOpening(isObject: boolean, start: number): boolean {
    this.#at++;
    let node = isObject ? HIDDEN_OBJECT : HIDDEN_ARRAY;
    if (this.#isKept()) {
      node = isObject
        ? { kind: 'object', start, end: start, members: [] }
        : { kind: 'array', start, end: start, items: [] };
      this.#attach(node);
    }
    this.#open.push(node);
    this.#skipSpace();
    if (this.#text.charCodeAt(this.#at) === (isObject ? 0x7d : 0x5d)) {
      this.#close();
      return true;
    }
    if (isObject) this.#readKey();
    return false;
  }

  /** Reads closing brackets up to a comma and the key after it (false), or up to the end of the root (true). */
  #readAfterValue(): boolean {
    for (;;) {
      this.#skipSpace();
      const top = this.#open.at(-1);
      if (top === undefined) return true;
      const c = this.#text.charCodeAt(this.#at);
      if (c === 0x2c /* , */) {
        this.#at++;
        if (top.kind === 'object') this.#readKey();
        return false;
      }
      if (c !== (top.kind === 'object' ? 0x7d : 0x5d)) {
        this.#fail(top.kind === 'object' ? "expected ',' or '}'" : "expected ',' or ']'");
      }
      this.#close();
    }
  }

  #readKey(): void {
    this.#skipSpace();
    const start = this.#at;
    if (this.#text.charCodeAt(start) !== 0x22) this.#fail('expected a key in double quotes');
    this.#skipString();
    const span = { start, end: this.#at };
    if (this.#isKept()) this.#key = { span, name: stringOf(this.#text, span) };
    this.#skipSpace();
    if (this.#text.charCodeAt(this.#at) !== 0x3a /* : */) this.#fail("expected ':'");
    this.#at++;
  }

  #close(): void {
    this.#at++;
    this.#open.pop()!.end = this.#at;
  }

  /** Whether a value that starts here becomes a node. */
  #isKept(): boolean {
    return this.#open.length <= this.#depth;
  }

  #attach(node: JsonNode): void {
    const parent = this.#open.at(-1);
    if (parent === undefined) this.#root = node;
    else if (parent.kind === 'array') parent.items.push(node);
    else parent.members.push({ key: this.#key!.span, name: this.#key!.name, value: node });
  }

  #skipSpace(): void {
    for (;;) {
      const c = this.#text.charCodeAt(this.#at);
      if (c !== 0x20 && c !== 0x0a && c !== 0x0d && c !== 0x09) return;
      this.#at++;
    }
  }

  #skipString(): void {
    const text = this.#text;
    const start = this.#at;
    let at = start + 1;
    for (;;) {
      const c = text.charCodeAt(at);
      if (c === 0x22) break;
      if (c === 0x5c /* \ */) {
        const escaped = text[at + 1] ?? '';
        if (escaped === 'u') {
          if (!/^[0-9a-fA-F]{4}$/.test(text.slice(at + 2, at + 6))) {
            this.#fail("expected four hexadecimal digits after '\\u'", at);
          }
          at += 6;
        } else if (escaped !== '' && '"\\/bfnrt'.includes(escaped)) at += 2;
        else this.#fail('the backslash starts no escape of JSON', at);
      } else if (c >= 0x20) at++;
      else if (at < text.length) this.#fail('there is a line break or control character in a string', at);
      // The end of the text has no code (NaN).
      else this.#fail('the string has no closing quote', start);
    }
    this.#at = at + 1;
  }

  #skipNumber(): void {
    const start = this.#at;
    if (this.#text.charCodeAt(this.#at) === 0x2d /* - */) this.#at++;
    if (this.#text.charCodeAt(this.#at) === 0x30 /* 0 */) this.#at++;
    else if (!this.#skipDigits()) this.#fail('expected a value', start);
    if (this.#text.charCodeAt(this.#at) === 0x2e /* . */) {
      this.#at++;
      if (!this.#skipDigits()) this.#fail("expected a digit after '.'");
    }
    const c = this.#text.charCodeAt(this.#at);
    if (c === 0x65 || c === 0x45 /* e, E */) {
      this.#at++;
      const sign = this.#text.charCodeAt(this.#at);
      if (sign === 0x2b || sign === 0x2d) this.#at++;
      if (!this.#skipDigits()) this.#fail('expected a digit in the exponent');
    }
  }

  /** Whether there was at least one. */
  #skipDigits(): boolean {
    const start = this.#at;
    for (;;) {
      const c = this.#text.charCodeAt(this.#at);
      if (!(c >= 0x30 && c <= 0x39)) return this.#at > start;
      this.#at++;
    }
  }

  #fail(reason: string, offset = this.#at): never {
    throw new SyntaxProblem(offset >= this.#text.length ? 'the text ends too early' : reason, offset);
  }
}
