import fc from 'fast-check';
import type { ConfigScalar, ConfigValue } from '../../../src/config/scalar';

/** Texts that YAML readers take for something else when they stand without quotes, or that break a line. */
// prettier-ignore
const SIGNIFICANT = [
  '', ' ', '  ', '\t', '\n', '\r', '\r\n', '\n\n', ' \n ', ' a', 'a ', '\ta', 'a\t', 'a\n', '\na', '# x',
  'a # b', 'a#b', '- a', '-', '--', '---', '--- a', '...', '? a', '?', ': a', ':', 'a: b', 'a:b', 'a:', '{',
  '}', '{}', '[', ']', '[]', '{a: 1}', '[a, b]', ',', 'a, b', '&a', '*a', '!a', '!!str a', '|', '|-', '>',
  '>+', '%', '%YAML 1.1', '@', '`', '=', '<<', 'null', 'Null', 'NULL', 'None', '~', 'true', 'True', 'TRUE',
  'yes', 'Yes', 'on', 'off', 'y', 'n', 'N', 'no', 'false', '1', '-1', '+1', '0', '007', '0777', '08',
  '0o17', '0x1F', '0b101', '1_000', '1:30', '190:20:30', '190:20:30.15', '1.0', '1.', '.5', '-.5', '1e3',
  '1e-3', '1.0e3', '1.0e+3', '1E5', '.inf', '-.inf', '.nan', 'inf', 'nan', '1_0.5', '2020-01-01',
  '2020-01-01 10:00:00', '2020-1-1', '10:00', '"', '""', "'", "''", '"a"', "'a'", "it's", 'a"b', '\\',
  '\\n', '\\\\', '\\x41', '\\u0041', '\\"', 'C:\\Users\\new\\table.csv', '\\\\server\\share',
  '/Users/researcher/data.csv', 's3://bucket/a b.parquet', 'https://a.b/c?d=e&f=%20#g', '${HOME}/x', '$x',
  '%(a)s', '{{ x }}', '{% if %}', '<a>&amp;', '\0', '\x01', '\x07', '\b', '\x0b', '\f', '\x1b[0m', '\x1f',
  '\x7f', '\x80', '\x85', 'a\x85b', '\x9f', '\xa0', '\xad', '\u2028', 'a\u2028b', '\u2029', '\ufeff',
  'a\ufeff', '\u200b', '\u200d', '\u202e', '\u3000', '\ufffd', '\ufffe', '\uffff', '\u{1f600}',
  '\u{1f469}\u200d\u{1f4bb}', '\u{1fffe}', '\u{10ffff}', '\u{e0067}', '\ud7ff', '\ue000', 'é', 'e\u0301',
  'ß', '数据',
];

const character = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: 0x20, max: 0x7e }).map((code) => String.fromCodePoint(code)) },
  { weight: 2, arbitrary: fc.integer({ min: 0, max: 0x2ff }).map((code) => String.fromCodePoint(code)) },
  fc.integer({ min: 0x2000, max: 0x20ff }).map((code) => String.fromCodePoint(code)),
  fc.integer({ min: 0xe000, max: 0xffff }).map((code) => String.fromCodePoint(code)),
  fc.integer({ min: 0, max: 0xd7ff }).map((code) => String.fromCodePoint(code)),
  fc.integer({ min: 0x10000, max: 0x10ffff }).map((code) => String.fromCodePoint(code)),
);

const significant = fc.constantFrom(...SIGNIFICANT);

/** Any text without lone surrogates, with a liking for what is difficult in YAML. */
export const text: fc.Arbitrary<string> = fc.oneof(
  { weight: 4, arbitrary: significant },
  { weight: 3, arbitrary: fc.array(character, { maxLength: 30 }).map((all) => all.join('')) },
  {
    weight: 3,
    arbitrary: fc.array(fc.oneof(significant, character), { maxLength: 6 }).map((all) => all.join('')),
  },
  fc.tuple(significant, fc.integer({ min: 1, max: 1200 })).map(([part, count]) => part.repeat(count)),
);

const sign = fc.constantFrom('', '', '-', '+');

/** Digits as Python takes them in a literal: underscores between them. */
function digits(allowed: string, maxLength: number): fc.Arbitrary<string> {
  const digit = fc
    .tuple(fc.constantFrom('', '', '', '_'), fc.constantFrom(...allowed))
    .map((pair) => pair.join(''));
  return fc.array(digit, { minLength: 1, maxLength }).map((all) => all.join('').replace(/^_/, ''));
}

const decimal = digits('0123456789', 30);

/** Python integer literals, with a sign. */
export const intLiteral: fc.Arbitrary<string> = fc
  .tuple(
    sign,
    fc.oneof(
      { weight: 3, arbitrary: decimal.map((all) => all.replace(/^[0_]+(?=[^_])/, '')) },
      digits('0123456789abcdefABCDEF', 40).map((all) => `0x${all}`),
      digits('01', 70).map((all) => `0b${all}`),
      digits('01234567', 30).map((all) => `0O${all}`),
      fc.constantFrom('0', '00', '0_0', '10', '1_000', '9223372036854775808', `1${'0'.repeat(4299)}`),
    ),
  )
  .map((parts) => parts.join(''));

const exponent = fc
  .tuple(fc.constantFrom('e', 'E'), fc.constantFrom('', '+', '-'), digits('0123456789', 3))
  .map((parts) => parts.join(''));

/** Python float literals, with a sign, and the three words. */
export const floatLiteral: fc.Arbitrary<string> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc
      .tuple(
        sign,
        fc.oneof(
          fc.tuple(decimal, exponent).map((parts) => parts.join('')),
          fc
            .tuple(fc.option(decimal, { nil: '' }), decimal, fc.option(exponent, { nil: '' }))
            .map(([whole, fraction, power]) => `${whole}.${fraction}${power}`),
          fc.tuple(decimal, fc.option(exponent, { nil: '' })).map(([whole, power]) => `${whole}.${power}`),
        ),
      )
      .map((parts) => parts.join('')),
  },
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => {
    const shortest = Object.is(value, -0) ? '-0.0' : String(value);
    return /[.e]/.test(shortest) ? shortest : `${shortest}.0`;
  }),
  fc.constantFrom(
    'inf',
    '-inf',
    '+inf',
    'nan',
    '0.0',
    '-0.0',
    '1e-3',
    '1e16',
    '5.',
    '.5',
    '1_000.5',
    '1e400',
    '5e-324',
  ),
);

export const scalar: fc.Arbitrary<ConfigScalar> = fc.oneof(
  { weight: 6, arbitrary: text.map((value): ConfigScalar => ({ kind: 'str', value })) },
  { weight: 2, arbitrary: intLiteral.map((literal): ConfigScalar => ({ kind: 'int', text: literal })) },
  { weight: 2, arbitrary: floatLiteral.map((literal): ConfigScalar => ({ kind: 'float', text: literal })) },
  fc.boolean().map((value): ConfigScalar => ({ kind: 'bool', value })),
  fc.constant<ConfigScalar>({ kind: 'null' }),
);

/** Any value; maps may have keys that cannot be written. */
export const value: fc.Arbitrary<ConfigValue> = fc.letrec<{ value: ConfigValue }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'medium', withCrossShrink: true },
    { weight: 4, arbitrary: scalar },
    fc.array(tie('value'), { maxLength: 4 }).map((items): ConfigValue => ({ kind: 'list', items })),
    fc
      .array(fc.record({ key: scalar, value: tie('value') }), { maxLength: 4 })
      .map((entries): ConfigValue => ({ kind: 'map', entries })),
  ),
})).value;
