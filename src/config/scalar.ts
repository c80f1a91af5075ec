import { pythonFloat, pythonInt, writeFloat, writeInt, type Written } from './number';

/**
 * A configuration value: what Python's `None`, bool, int, float, str, list and dict hold. Numbers keep their
 * literal's text, because JavaScript cannot tell `1.0` from `1`, nor hold a large integer.
 */
export type ConfigValue = ConfigScalar | ConfigList | ConfigMap;

export type ConfigScalar =
  | { readonly kind: 'null' }
  | { readonly kind: 'bool'; readonly value: boolean }
  /** Source text of a Python 3 integer literal; one sign may stand before it. */
  | { readonly kind: 'int'; readonly text: string }
  /** Source text of a Python 3 float literal; one sign may stand before it. Also `inf`, `-inf` and `nan`. */
  | { readonly kind: 'float'; readonly text: string }
  /** The decoded text. A Python str of two lone surrogates that JavaScript would join must not come here. */
  | { readonly kind: 'str'; readonly value: string };

export interface ConfigList {
  readonly kind: 'list';
  readonly items: readonly ConfigValue[];
}

/** A dict in its order. Keys that Python takes for equal (`1`, `1.0`, `True`) may occur once. */
export interface ConfigMap {
  readonly kind: 'map';
  readonly entries: readonly { readonly key: ConfigScalar; readonly value: ConfigValue }[];
}

/** Deeper lists and maps are refused, on reading and on writing: PyYAML recurses, and configuration is not deep. */
export const MAX_DEPTH = 50;

/** PyYAML looks 1,024 characters far for the colon that makes a key of a text. */
const MAX_KEY_LENGTH = 1000;

/**
 * One value as the text of one line: strings double-quoted, lists and maps in brackets and braces. PyYAML's
 * `safe_load` and YAML 1.2 readers read it back equal, in type and in value.
 *
 * Refused: lone surrogates, bad number literals, integers of more than 4,300 digits, keys of a map that Python takes
 * for equal, that are not a number, or are longer than 1,000 characters when written, and nesting over `MAX_DEPTH`.
 */
export function writeValue(value: ConfigValue, depth = 0): Written {
  if (value.kind !== 'list' && value.kind !== 'map') return writeScalar(value);
  if (depth >= MAX_DEPTH) return { reason: `lists and maps are nested more than ${MAX_DEPTH} deep` };
  const parts: string[] = [];
  if (value.kind === 'list') {
    for (const item of value.items) {
      const written = writeValue(item, depth + 1);
      if ('reason' in written) return written;
      parts.push(written.text);
    }
    return { text: `[${parts.join(', ')}]` };
  }
  const seen = new Set<string>();
  for (const entry of value.entries) {
    const key = writeScalar(entry.key);
    if ('reason' in key) return key;
    if (key.text.length > MAX_KEY_LENGTH) return { reason: 'a key is longer than YAML takes' };
    const identity = keyIdentity(entry.key);
    // NaN equals nothing, not even itself: such an entry could never be looked up.
    if (identity === undefined) return { reason: 'nan is a key' };
    if (seen.has(identity)) return { reason: `the key ${key.text} is there twice` };
    seen.add(identity);
    const written = writeValue(entry.value, depth + 1);
    if ('reason' in written) return written;
    parts.push(`${key.text}: ${written.text}`);
  }
  return { text: `{${parts.join(', ')}}` };
}

function writeScalar(scalar: ConfigScalar): Written {
  switch (scalar.kind) {
    case 'null':
      return { text: 'null' };
    case 'bool':
      return { text: scalar.value ? 'true' : 'false' };
    case 'int':
      return writeInt(scalar.text);
    case 'float':
      return writeFloat(scalar.text);
    case 'str':
      return writeString(scalar.value);
  }
}

/**
 * What is written as an escape: control characters (PyYAML refuses most, and takes NEL for a line break), format
 * characters such as a byte-order mark or a direction override, line and paragraph separators (line breaks to
 * PyYAML), blanks other than the space (nobody sees them), and noncharacters. The two joiners stay: scripts and
 * emoji are written with them.
 */
const ESCAPED =
  /["\\]|(?![\u200C\u200D])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]|(?! )\p{Zs}|\p{Noncharacter_Code_Point}/gu;

const SHORT_ESCAPES: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
};

/**
 * A double-quoted YAML string on one line, for any text but one with a lone surrogate, which no UTF-8 file can hold
 * and PyYAML cannot tell from half a pair.
 */
export function writeString(value: string): Written {
  if (/\p{Cs}/u.test(value)) return { reason: 'the text has a lone surrogate, which YAML cannot hold' };
  const escaped = value.replace(ESCAPED, (character) => {
    const short = SHORT_ESCAPES[character];
    if (short !== undefined) return short;
    const code = character.codePointAt(0)!;
    const hex = code.toString(16).toUpperCase();
    if (code <= 0xff) return `\\x${hex.padStart(2, '0')}`;
    return code <= 0xffff ? `\\u${hex.padStart(4, '0')}` : `\\U${hex.padStart(8, '0')}`;
  });
  return { text: `"${escaped}"` };
}

/**
 * Whether two values are equal in type and value, as Python sees them: `0x10` and `16` are, `1` and `1.0` are not,
 * nor are `0.0` and `-0.0`; not a number equals itself here. The order of a map's entries counts.
 */
export function sameValue(a: ConfigValue, b: ConfigValue): boolean {
  switch (a.kind) {
    case 'null':
      return b.kind === 'null';
    case 'bool':
    case 'str':
      return a.kind === b.kind && a.value === b.value;
    case 'int': {
      const value = pythonInt(a.text);
      return b.kind === 'int' && value !== undefined && value === pythonInt(b.text);
    }
    case 'float': {
      const value = pythonFloat(a.text);
      return b.kind === 'float' && value !== undefined && Object.is(value, pythonFloat(b.text));
    }
    case 'list':
      return (
        b.kind === 'list' &&
        a.items.length === b.items.length &&
        a.items.every((item, index) => sameValue(item, b.items[index]!))
      );
    case 'map':
      return (
        b.kind === 'map' &&
        a.entries.length === b.entries.length &&
        a.entries.every(({ key, value }, index) => {
          const other = b.entries[index]!;
          return sameValue(key, other.key) && sameValue(value, other.value);
        })
      );
  }
}

/**
 * A text that two scalars share exactly if Python takes them for the same key of a dict (`1`, `1.0` and `True` are
 * one key); undefined for not a number, which equals no key, and for a literal that is no number.
 */
export function keyIdentity(key: ConfigScalar): string | undefined {
  switch (key.kind) {
    case 'null':
      return 'null';
    case 'bool':
      return key.value ? 'number 1' : 'number 0';
    case 'int': {
      const value = pythonInt(key.text);
      return value === undefined ? undefined : `number ${value}`;
    }
    case 'float': {
      const value = pythonFloat(key.text);
      if (value === undefined || Number.isNaN(value)) return undefined;
      return `number ${Number.isInteger(value) ? BigInt(value) : value}`;
    }
    case 'str':
      return `text ${key.value}`;
  }
}
