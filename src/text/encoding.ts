/**
 * Bytes of a file to text and back without losing one. Sources: PEP 263, PEP 3120 and CPython 3.11's tokenizer for
 * Python; RFC 8259 (UTF-8) for JSON. Line ends are text like any other and are never touched.
 */

/** Python source follows PEP 263; JSON (notebooks) is UTF-8 only, as in Jupyter. */
export type TextKind = 'python' | 'json';

/** What is needed, next to the text, to write a file as it was. */
export interface TextEncoding {
  readonly kind: TextKind;
  /** `utf-8`, `ascii`, `latin-1` and `cp1252` can be written; any other name can only be read. */
  readonly encoding: string;
  /** Whether the file starts with the UTF-8 byte-order mark. */
  readonly bom: boolean;
}

export interface DecodedText extends TextEncoding {
  /** Without byte-order mark; lines end as they do in the file. */
  readonly text: string;
}

/** Why bytes cannot be read, or text cannot be written. A value, never an exception. */
export interface EncodingError {
  /** One sentence without a full stop. */
  readonly reason: string;
  /** Zero-based line of the first offence, where there is one. */
  readonly line?: number;
}

const UTF8_BOM = [0xef, 0xbb, 0xbf] as const;

/** 0x80 to 0x9f of cp1252; empty where Python's codec knows no character (browsers map those to control codes). */
const CP1252_HIGH = '€ ‚ƒ„…†‡ˆ‰Š‹Œ Ž  ‘’“”•–—˜™š›œ žŸ';

/**
 * The text of a file.
 *
 * Python: the byte-order mark or a `coding` comment in the first two lines names the encoding, default UTF-8. Lines end
 * at `\n`, `\r\n` or `\r`, as in CPython. Looser than CPython in one point: a byte-order mark goes together with any
 * spelling of UTF-8 in the comment. NUL bytes are an error. JSON: UTF-8 with or without byte-order mark.
 *
 * @returns the text, or an error: invalid bytes (with their line), an unknown or contradicting encoding, UTF-16.
 */
export function decode(bytes: Uint8Array, kind: TextKind): DecodedText | EncodingError {
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) {
    return { reason: 'the file is UTF-16, not UTF-8', line: 0 };
  }
  const bom = UTF8_BOM.every((byte, i) => bytes[i] === byte);
  const body = bom ? bytes.subarray(UTF8_BOM.length) : bytes;
  let encoding = 'utf-8';
  if (kind === 'python') {
    const nul = body.indexOf(0);
    if (nul >= 0) return { reason: 'the file has a NUL byte, which Python refuses', line: lineOf(body, nul) };
    const cookie = codingComment(body);
    if (cookie !== undefined) {
      const known = canonicalEncoding(cookie.name);
      if (known === undefined) {
        return {
          reason: `the encoding comment names "${cookie.name}", which is not known`,
          line: cookie.line,
        };
      }
      if (bom && known !== 'utf-8') {
        return {
          reason: `the encoding comment says "${cookie.name}" but the file starts with a UTF-8 byte-order mark`,
          line: cookie.line,
        };
      }
      encoding = known;
    }
  }
  const text = decodeAs(body, encoding);
  return typeof text === 'string' ? { kind, text, bom, encoding } : text;
}

/**
 * The bytes of a text, in the encoding that `decode` found. For every writable file,
 * `encode(decode(bytes).text, decode(bytes))` is `bytes`.
 *
 * @returns the bytes, or an error: an encoding that can only be read, a character that the encoding does not have
 * (with its line), or a text that would not be read back equal (its encoding comment was moved, changed or added).
 */
export function encode(text: string, info: TextEncoding): Uint8Array | EncodingError {
  const body = encodeAs(text, info.encoding);
  if ('reason' in body) return body;
  let bytes = body;
  if (info.bom) {
    bytes = new Uint8Array(UTF8_BOM.length + body.length);
    bytes.set(UTF8_BOM);
    bytes.set(body, UTF8_BOM.length);
  }
  // An edit may push the encoding comment out of the first two lines, or bring one in: then Python reads another text.
  const again = decode(bytes, info.kind);
  if ('reason' in again) return again;
  if (again.text !== text || again.bom !== info.bom) {
    return {
      reason: `written as ${info.encoding} the text would be read back as other text in ${again.encoding}`,
    };
  }
  return bytes;
}

function decodeAs(bytes: Uint8Array, encoding: string): string | EncodingError {
  switch (encoding) {
    case 'utf-8':
      try {
        // `ignoreBOM` keeps a second byte-order mark in the text.
        return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
      } catch {
        return invalidByte(bytes, invalidUtf8At(bytes), encoding);
      }
    // The decoders of the web take `ascii` and `latin-1` for windows-1252, so these three are decoded here.
    case 'ascii': {
      const at = bytes.findIndex((byte) => byte >= 0x80);
      return at < 0 ? latin1(bytes) : invalidByte(bytes, at, encoding);
    }
    case 'latin-1':
      return latin1(bytes);
    case 'cp1252': {
      const at = bytes.findIndex((byte) => byte >= 0x80 && byte < 0xa0 && CP1252_HIGH[byte - 0x80] === ' ');
      if (at >= 0) return invalidByte(bytes, at, encoding);
      return latin1(bytes).replace(/[\x80-\x9f]/g, (c) => CP1252_HIGH[c.charCodeAt(0) - 0x80]!);
    }
    default:
      try {
        return new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(bytes);
      } catch (error) {
        // A RangeError: this JavaScript engine was built without that encoding.
        if (error instanceof RangeError) return { reason: `the encoding ${encoding} cannot be read here` };
        return { reason: `the file is not valid ${encoding}` };
      }
  }
}

function encodeAs(text: string, encoding: string): Uint8Array | EncodingError {
  if (encoding === 'utf-8') {
    const lone = text.search(/\p{Surrogate}/u);
    if (lone < 0) return new TextEncoder().encode(text);
    return { reason: 'half of a surrogate pair cannot be written', line: lineOfText(text, lone) };
  }
  if (encoding !== 'ascii' && encoding !== 'latin-1' && encoding !== 'cp1252') {
    return { reason: `files in ${encoding} can be read but not written` };
  }
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) {
    const byte = singleByte(text.charCodeAt(i), encoding);
    if (byte === undefined) {
      const character = String.fromCodePoint(text.codePointAt(i)!);
      return { reason: `${encoding} has no character "${character}"`, line: lineOfText(text, i) };
    }
    bytes[i] = byte;
  }
  return bytes;
}

function singleByte(unit: number, encoding: 'ascii' | 'latin-1' | 'cp1252'): number | undefined {
  if (unit < 0x80) return unit;
  if (encoding === 'ascii') return undefined;
  if (encoding === 'latin-1' || (unit >= 0xa0 && unit <= 0xff)) return unit <= 0xff ? unit : undefined;
  const high = CP1252_HIGH.indexOf(String.fromCharCode(unit));
  return high < 0 ? undefined : 0x80 + high;
}

function latin1(bytes: Uint8Array): string {
  let text = '';
  // In pieces: the number of arguments of a call is limited.
  for (let at = 0; at < bytes.length; at += 8192) {
    text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  }
  return text;
}

/** The name in the `coding` comment of PEP 263, as written, and its zero-based line. */
function codingComment(bytes: Uint8Array): { name: string; line: number } | undefined {
  let start = 0;
  for (let line = 0; line < 2 && start < bytes.length; line++) {
    let end = start;
    while (end < bytes.length && bytes[end] !== 10 && bytes[end] !== 13) end++;
    const text = latin1(bytes.subarray(start, end));
    const name = /^[ \t\f]*#.*?coding[:=][ \t]*([-_.a-zA-Z0-9]+)/.exec(text)?.[1];
    if (name !== undefined) return { name, line };
    // The comment counts in the second line only if the first has no code.
    if (!/^[ \t\f]*(?:#|$)/.test(text)) return undefined;
    start = end + (bytes[end] === 13 && bytes[end + 1] === 10 ? 2 : 1);
  }
  return undefined;
}

/**
 * `utf-8`, `ascii`, `latin-1`, `cp1252`, or the web's label of an encoding that can only be read; undefined for
 * names that Python does not take for source (`utf-16`, `rot13`) or that no web decoder has (`utf-7`).
 */
function canonicalEncoding(name: string): string | undefined {
  // CPython's tokenizer looks at the first 12 characters and lets any suffix follow: `utf-8-unix`, `latin-1-dos`.
  const head = name.slice(0, 12).toLowerCase().replaceAll('_', '-');
  if (/^utf-8(?:-|$)/.test(head)) return 'utf-8';
  if (/^(?:latin-1|iso-8859-1|iso-latin-1)(?:-|$)/.test(head)) return 'latin-1';
  const codec = name.toLowerCase().replace(/[^a-z0-9.]+/g, '_');
  const windows = /^(?:windows_|cp)?(125[0-8])$/.exec(codec)?.[1];
  if (windows !== undefined) return windows === '1252' ? 'cp1252' : `windows-${windows}`;
  const iso = /^iso_?8859_([2-9]|1[0134-6])$/.exec(codec)?.[1];
  if (iso !== undefined) return `iso-8859-${iso}`;
  return ALIASES.get(codec);
}

/** Names as Python's `encodings.aliases` normalises them. Multi-byte ones: the web's superset of the same family. */
const ALIASES = new Map(
  Object.entries({
    'utf-8': 'utf8 u8 utf utf8_ucs2 utf8_ucs4 cp65001',
    ascii:
      'ascii us_ascii 646 us ansi_x3.4_1968 ansi_x3.4_1986 ansi_x3_4_1968 cp367 csascii ibm367 iso646_us iso_ir_6',
    'latin-1': 'latin1 latin l1 8859 cp819 csisolatin1 ibm819 iso8859 iso8859_1 iso_8859_1_1987 iso_ir_100',
    'iso-8859-2': 'latin2 l2',
    'iso-8859-15': 'latin9 l9',
    'koi8-r': 'koi8_r',
    'koi8-u': 'koi8_u',
    ibm866: 'cp866 ibm866 866',
    macintosh: 'mac_roman macroman macintosh',
    'x-mac-cyrillic': 'mac_cyrillic maccyrillic',
    shift_jis: 'shift_jis shiftjis sjis s_jis csshiftjis cp932 932 ms932 mskanji ms_kanji windows_31j',
    'euc-jp': 'euc_jp eucjp ujis u_jis',
    'iso-2022-jp': 'iso2022_jp iso_2022_jp csiso2022jp iso2022jp',
    gbk: 'gbk cp936 936 ms936 gb2312 gb2312_80 chinese euc_cn euccn eucgb2312_cn iso_ir_58',
    gb18030: 'gb18030 gb18030_2000',
    big5: 'big5 big5_tw csbig5',
    'euc-kr': 'euc_kr euckr korean ksc5601 ks_c_5601 ks_c_5601_1987 ksx1001 ks_x_1001 cp949 949 ms949 uhc',
    'windows-874': 'tis_620 tis620 cp874 iso_8859_11',
  }).flatMap(([encoding, names]) => names.split(' ').map((name) => [name, encoding] as const)),
);

function invalidByte(bytes: Uint8Array, at: number, encoding: string): EncodingError {
  const byte = (bytes[at] ?? 0).toString(16).padStart(2, '0');
  return { reason: `byte 0x${byte} is not valid ${encoding}`, line: lineOf(bytes, at) };
}

/** Offset of the first byte of the first sequence that is not UTF-8 (Unicode 15, table 3-7); the length if all are. */
function invalidUtf8At(bytes: Uint8Array): number {
  let at = 0;
  while (at < bytes.length) {
    const lead = bytes[at]!;
    const length =
      lead < 0x80 ? 1 : lead < 0xc2 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf5 ? 4 : 0;
    if (length === 0) return at;
    for (let i = 1; i < length; i++) {
      const byte = bytes[at + i] ?? 0;
      // The second byte rules out overlong forms, surrogates and what lies above U+10FFFF.
      const low = i > 1 ? 0x80 : lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80;
      const high = i > 1 ? 0xbf : lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf;
      if (byte < low || byte > high) return at;
    }
    at += length;
  }
  return at;
}

/** Zero-based line of an offset, in bytes of an encoding that has ASCII's line ends. */
function lineOf(bytes: Uint8Array, offset: number): number {
  let line = 0;
  for (let i = 0; i < offset; i++) {
    if (bytes[i] === 10 || (bytes[i] === 13 && bytes[i + 1] !== 10)) line++;
  }
  return line;
}

function lineOfText(text: string, offset: number): number {
  return text.slice(0, offset).match(/\r\n?|\n/g)?.length ?? 0;
}
