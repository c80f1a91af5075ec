/**
 * Python's number literals, and how they are written in YAML so that PyYAML and YAML 1.2 readers see the same
 * number of the same type.
 */

/** A text to write, or why nothing can be written. */
export type Written = { readonly text: string } | { readonly reason: string };

/** Python 3.11 and later (and patched older versions) convert no longer decimal text to an int. */
export const MAX_INT_DIGITS = 4300;

/** Bounds the work on a literal; 4,300 decimal digits take at most 14,285 binary ones, and underscores between. */
const MAX_LITERAL_LENGTH = 30_000;

const DECIMAL = /^(?:[1-9](?:_?[0-9])*|0(?:_?0)*)$/;
const WITH_BASE = /^0(?:[xX](?:_?[0-9a-fA-F])+|[oO](?:_?[0-7])+|[bB](?:_?[01])+)$/;
const DIGITS = '[0-9](?:_?[0-9])*';
const FLOAT = new RegExp(`^(?=\\.?[0-9])(${DIGITS})?(\\.(?:${DIGITS})?)?([eE]([-+]?)(${DIGITS}))?$`);

function splitSign(literal: string): { readonly sign: '' | '-'; readonly rest: string } {
  if (literal.startsWith('-')) return { sign: '-', rest: literal.slice(1) };
  return { sign: '', rest: literal.startsWith('+') ? literal.slice(1) : literal };
}

/**
 * The value of a Python 3 integer literal (decimal, `0x`, `0o`, `0b`, underscores; one sign may stand before it), or
 * undefined if the text is none (`0777`, `5j`, `1.0`) or is longer than 30,000 characters.
 */
export function pythonInt(literal: string): bigint | undefined {
  const { sign, rest } = splitSign(literal);
  if (literal.length > MAX_LITERAL_LENGTH || !(DECIMAL.test(rest) || WITH_BASE.test(rest))) return undefined;
  const value = BigInt(rest.replaceAll('_', ''));
  return sign === '-' ? -value : value;
}

/**
 * The value of a Python 3 float literal (one sign may stand before it), or of `inf`, `infinity`, `nan` in any case
 * (as `float("inf")` takes them); undefined if the text is none or is longer than
 * 30,000 characters. A literal too large is infinite, as in Python.
 */
export function pythonFloat(literal: string): number | undefined {
  const { sign, rest } = splitSign(literal);
  if (/^inf(?:inity)?$/i.test(rest)) return sign === '-' ? -Infinity : Infinity;
  // The sign of a NaN is visible to `copysign`, and YAML has no way to write it.
  if (/^nan$/i.test(literal)) return NaN;
  const match = literal.length > MAX_LITERAL_LENGTH ? null : FLOAT.exec(rest);
  if (!match || (match[2] === undefined && match[3] === undefined)) return undefined;
  const value = Number(rest.replaceAll('_', ''));
  return sign === '-' ? -value : value;
}

/** The text of a float literal for a number; the shortest that reads back equal, always with a dot or exponent. */
export function floatLiteral(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value < 0 ? '-inf' : 'inf';
  if (Object.is(value, -0)) return '-0.0';
  const text = String(value);
  return /[.e]/.test(text) ? text : `${text}.0`;
}

/**
 * A Python integer literal as a decimal YAML integer. Refused: what `pythonInt` does not take, and more than 4,300
 * digits, which Python does not read back.
 */
export function writeInt(literal: string): Written {
  const value = pythonInt(literal);
  if (value === undefined) return { reason: `${shorten(literal)} is no integer literal` };
  const text = value.toString();
  // Python counts the digits without the sign.
  if (text.replace('-', '').length > MAX_INT_DIGITS) {
    return { reason: `Python reads no integer of more than ${MAX_INT_DIGITS} digits back from a file` };
  }
  return { text };
}

/**
 * A Python float literal as a YAML float with the author's digits: a dot with a digit on both sides, and a signed
 * exponent of at least two digits (`1e-3` gives `1.0e-03`); infinities are `.inf` and `-.inf`, not a number is `.nan`.
 */
export function writeFloat(literal: string): Written {
  const value = pythonFloat(literal);
  if (value === undefined) return { reason: `${shorten(literal)} is no float literal that YAML can hold` };
  const { sign, rest } = splitSign(literal);
  const match = FLOAT.exec(rest);
  if (!match) return { text: Number.isNaN(value) ? '.nan' : value < 0 ? '-.inf' : '.inf' };
  const plain = (part: string | undefined): string => (part ?? '').replaceAll('_', '');
  const whole = plain(match[1]).replace(/^0+(?=[0-9])/, '') || '0';
  const fraction = plain(match[2]).slice(1) || '0';
  // PyYAML reads a float with an exponent as text unless the exponent has a sign and the mantissa a dot.
  const exponent = match[3] ? `e${match[4] || '+'}${plain(match[5]).padStart(2, '0')}` : '';
  return { text: `${sign}${whole}.${fraction}${exponent}` };
}

function shorten(literal: string): string {
  return literal.length > 40 ? `${literal.slice(0, 40)}...` : literal;
}
