/**
 * Decodes the body of a Python string literal as the Language Reference, section 2.5 "Literals", describes.
 *
 * @param raw The text between the quotes.
 * @param isRaw Whether the prefix has an `r`.
 * @returns The value; undefined where it needs Python's table of Unicode names (`\N{...}`) or is malformed.
 */
export function decodeString(raw: string, isRaw: boolean): string | undefined {
  // Python reads source text with universal newlines, also inside triple-quoted strings.
  const text = raw.includes('\r') ? raw.replace(/\r\n?/g, '\n') : raw;
  if (isRaw || !text.includes('\\')) return text;
  let isDecodable = true;
  const value = text.replace(
    /\\(\n|[0-7]{1,3}|x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|N\{[^}]*\}|[^])/g,
    (whole, escape: string) => {
      const first = escape.charAt(0);
      const simple = SIMPLE_ESCAPES[first];
      if (simple !== undefined) return simple;
      if (first >= '0' && first <= '7') return String.fromCodePoint(parseInt(escape, 8));
      if (escape.length > 1 && (first === 'x' || first === 'u' || first === 'U')) {
        const code = parseInt(escape.slice(1), 16);
        // Two escaped surrogates stay two characters in Python; JavaScript would join them to one.
        const isSurrogate = code >= 0xd800 && code <= 0xdfff;
        if (code <= 0x10ffff && !isSurrogate) return String.fromCodePoint(code);
      }
      if ('xuUN'.includes(first)) isDecodable = false;
      return whole; // An unknown escape stays as it is, backslash included.
    },
  );
  return isDecodable ? value : undefined;
}

const SIMPLE_ESCAPES: Readonly<Record<string, string>> = {
  '\n': '',
  '\\': '\\',
  "'": "'",
  '"': '"',
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};
