import { floatLiteral, MAX_INT_DIGITS } from './number';
import type { ConfigScalar } from './scalar';

/**
 * What PyYAML's `safe_load` makes of an unquoted scalar. (The yaml package's own 1.1 schema is no model of it: it
 * reads `1e-3` and `-.5` as numbers, `y` as a boolean, `08` as 8; to PyYAML these are texts.)
 */
export type PlainReading =
  | { readonly kind: 'value'; readonly value: ConfigScalar }
  /** A `datetime.date` or `datetime.datetime`, which is no configuration value. */
  | { readonly kind: 'date' }
  /** `safe_load` raises, or merges another map in. */
  | { readonly kind: 'refused'; readonly reason: string };

// The expressions of PyYAML 6.0.3, yaml/resolver.py (MIT licence), in the order in which it tries them.
const BOOL = /^(?:yes|Yes|YES|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF)$/;
const FLOAT = new RegExp(
  '^(?:[-+]?(?:[0-9][0-9_]*)\\.[0-9_]*(?:[eE][-+][0-9]+)?' +
    '|\\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?' +
    '|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\\.[0-9_]*' +
    '|[-+]?\\.(?:inf|Inf|INF)|\\.(?:nan|NaN|NAN))$',
);
const INT =
  /^(?:[-+]?0b[0-1_]+|[-+]?0[0-7_]+|[-+]?(?:0|[1-9][0-9_]*)|[-+]?0x[0-9a-fA-F_]+|[-+]?[1-9][0-9_]*(?::[0-5]?[0-9])+)$/;
const NULL = /^(?:~|null|Null|NULL|)$/;
const DATE = /^[0-9]{4}-[0-9]{2}-[0-9]{2}$/;
const TIME = new RegExp(
  '^([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(?:[Tt]|[ \\t]+)([0-9]{1,2}):([0-9]{2}):([0-9]{2})(?:\\.[0-9]*)?' +
    '(?:[ \\t]*(?:Z|([-+][0-9]{1,2})(?::([0-9]{2}))?))?$',
);

/** What PyYAML reads from an unquoted scalar of this text (line breaks already folded). Never throws. */
export function readPlain(text: string): PlainReading {
  if (BOOL.test(text)) return value({ kind: 'bool', value: /^(?:yes|true|on)$/i.test(text) });
  if (FLOAT.test(text)) return value({ kind: 'float', text: floatOf(text) });
  if (INT.test(text)) return readInt(text);
  if (text === '<<') return refused('"<<" merges another map in');
  if (NULL.test(text)) return value({ kind: 'null' });
  if (DATE.test(text) || TIME.test(text)) {
    return isDate(text)
      ? { kind: 'date' }
      : refused(`PyYAML takes ${text} for a date, and there is none such`);
  }
  if (text === '=') return refused('PyYAML does not read a lone "="');
  return value({ kind: 'str', value: text });
}

function value(scalar: ConfigScalar): PlainReading {
  return { kind: 'value', value: scalar };
}

function refused(reason: string): PlainReading {
  return { kind: 'refused', reason };
}

/** The parts of an integer or float of base 60 (`1:30`), most significant first. */
function base60(text: string): readonly string[] {
  return text.split(':');
}

/** The Python literal of what PyYAML reads; `text` matches `FLOAT`. */
function floatOf(text: string): string {
  const plain = text.replaceAll('_', '').toLowerCase();
  const sign = plain.startsWith('-') ? '-' : '';
  const rest = plain.replace(/^[-+]/, '');
  if (rest === '.inf') return `${sign}inf`;
  if (rest === '.nan') return 'nan';
  if (!rest.includes(':')) return `${sign}${rest}`;
  // Added up from the last part, as PyYAML does it: float addition depends on the order.
  let sum = 0;
  let base = 1;
  for (const part of base60(rest).toReversed()) {
    sum += Number(part) * base;
    base *= 60;
  }
  return floatLiteral(sign === '-' ? -sum : sum);
}

function readInt(text: string): PlainReading {
  const plain = text.replaceAll('_', '');
  const negative = plain.startsWith('-');
  const rest = plain.replace(/^[-+]/, '');
  let number: bigint;
  if (/^0[bx]$/.test(rest)) return refused(`PyYAML takes ${text} for an integer without digits`);
  if (/^0[bx]/.test(rest)) number = BigInt(rest);
  // A leading zero means octal, and so does one before underscores only.
  else if (/^0[0-7]+$/.test(rest)) number = BigInt(`0o${rest}`);
  else {
    const parts = base60(rest);
    if (parts.some((part) => part.length > MAX_INT_DIGITS)) {
      return refused(`Python reads no integer of more than ${MAX_INT_DIGITS} digits`);
    }
    number = parts.reduce((sum, part) => sum * 60n + BigInt(part), 0n);
  }
  return value({ kind: 'int', text: intLiteral(negative ? -number : number) });
}

/** Hexadecimal where it is large: decimal text of a huge integer takes quadratic time, and is no YAML anyway. */
function intLiteral(number: bigint): string {
  const hex = number.toString(16);
  if (hex.length < 100) return number.toString();
  return number < 0n ? `-0x${hex.slice(1)}` : `0x${hex}`;
}

/** Whether `datetime` takes the parts of a text that matches `DATE` or `TIME`. */
function isDate(text: string): boolean {
  const [year, month, day] = text.split(/[-Tt \t]/, 3).map(Number) as [number, number, number];
  if (year < 1 || month < 1 || month > 12 || day < 1) return false;
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const days = month === 2 ? (leap ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;
  if (day > days) return false;
  const match = TIME.exec(text);
  if (!match) return true;
  const [hour, minute, second, zone, zoneMinute] = match.slice(4).map((part) => Number(part ?? 0));
  if (hour! > 23 || minute! > 59 || second! > 59) return false;
  // A time zone lies strictly within a day of Greenwich.
  return Math.abs(zone!) * 60 + zoneMinute! < 24 * 60;
}
