import fc from 'fast-check';
import type { ConfigScalar, ConfigValue } from '../../../src/config/scalar';

/** Texts that YAML readers take for something else when they stand without quotes, or that break a line. */
const SIGNIFICANT = [
  ...[
    '',
    ' ',
    '  ',
    '\t',
    '\n',
    '\r',
    '\r\n',
    '\n\n',
    ' \n ',
    ' a',
    'a ',
    '\ta',
    'a\t',
    'a\n',
    '\na',
    '# x',
    'a # b',
    'a#b',
  ],
  ...[
    '- a',
    '-',
    '--',
    '---',
    '--- a',
    '...',
    '? a',
    '?',
    ': a',
    ':',
    'a: b',
    'a:b',
    'a:',
    '{',
    '}',
    '{}',
    '[',
    ']',
    '[]',
  ],
  ...[
    '{a: 1}',
    '[a, b]',
    ',',
    'a, b',
    '&a',
    '*a',
    '!a',
    '!!str a',
    '|',
    '|-',
    '>',
    '>+',
    '%',
    '%YAML 1.1',
    '@',
    '`',
    '=',
    '<<',
  ],
  ...[
    'null',
    'Null',
    'NULL',
    'None',
    '~',
    'true',
    'True',
    'TRUE',
    'yes',
    'Yes',
    'on',
    'off',
    'y',
    'n',
    'N',
    'no',
    'false',
  ],
  ...[
    '1',
    '-1',
    '+1',
    '0',
    '007',
    '0777',
    '08',
    '0o17',
    '0x1F',
    '0b101',
    '1_000',
    '1:30',
    '190:20:30',
    '190:20:30.15',
  ],
  ...[
    '1.0',
    '1.',
    '.5',
    '-.5',
    '1e3',
    '1e-3',
    '1.0e3',
    '1.0e+3',
    '1E5',
    '.inf',
    '-.inf',
    '.nan',
    'inf',
    'nan',
    '1_0.5',
  ],
  ...[
    '2020-01-01',
    '2020-01-01 10:00:00',
    '2020-1-1',
    '10:00',
    '"',
    '""',
    "'",
    "''",
    '"a"',
    "'a'",
    "it's",
    'a"b',
    '\\',
  ],
  ...[
    '\\n',
    '\\\\',
    '\\x41',
    '\\u0041',
    '\\"',
    'C:\\Users\\new\\table.csv',
    '\\\\server\\share',
    '/Users/researcher/data.csv',
  ],
  ...[
    's3://bucket/a b.parquet',
    'https://a.b/c?d=e&f=%20#g',
    '${HOME}/x',
    '$x',
    '%(a)s',
    '{{ x }}',
    '{% if %}',
    '<a>&amp;',
  ],
  ...[
    '\0',
    '\x01',
    '\x07',
    '\b',
    '\x0b',
    '\f',
    '\x1b[0m',
    '\x1f',
    '\x7f',
    '\x80',
    '\x85',
    'a\x85b',
    '\x9f',
    '\xa0',
    '\xad',
  ],
  ...[
    '\u2028',
    'a\u2028b',
    '\u2029',
    '\ufeff',
    'a\ufeff',
    '\u200b',
    '\u200d',
    '\u202e',
    '\u3000',
    '\ufffd',
    '\ufffe',
    '\uffff',
  ],
  ...[
    '\u{1f600}',
    '\u{1f469}\u200d\u{1f4bb}',
    '\u{1fffe}',
    '\u{10ffff}',
    '\u{e0067}',
    '\ud7ff',
    '\ue000',
    'é',
    'e\u0301',
    'ß',
    '数据',
  ],
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

const PIECES = [
  ...[
    'a',
    'b',
    'c',
    'key',
    'a: ',
    'b: ',
    'c: ',
    'd:',
    'e :',
    '"f": ',
    "'g': ",
    '? ',
    ': ',
    '- ',
    '-',
    '  ',
    '    ',
    ' ',
    '\t',
  ],
  ...[
    '\n',
    '\n',
    '\n',
    '\n  ',
    '\n    ',
    '\n- ',
    '\n  - ',
    '\n\n',
    '\r\n',
    '\r\n  ',
    '[',
    ']',
    '{',
    '}',
    ', ',
    ',',
    '#',
    ' # c',
  ],
  ...[
    '"',
    "'",
    '"x y"',
    "'x'",
    '"x\\\n  y"',
    '"x\n\n  y"',
    "'x\n  y'",
    '"\\u0041"',
    '"\\x0"',
    '"\\ud83d\\ude00"',
    '"\\/"',
    "''",
  ],
  ...[
    '|',
    '>',
    '|-',
    '>-',
    '|+',
    '|2',
    '>1-',
    '|\n  x',
    '|\n  x\n',
    '>\n  x\n  y\n',
    '>\n  x\n\n   y\n\n  z\n',
    '|+\n  x\n\n\n',
  ],
  ...[
    '---',
    '---\n',
    '...',
    '...\n',
    '%YAML 1.1\n',
    '&x ',
    '*x',
    '!!str ',
    '! ',
    '<<',
    '<<: ',
    '=',
    '@',
    '`',
    '~',
    'null',
    '!',
  ],
  ...[
    '1',
    '-1',
    '+1',
    '08',
    '0777',
    '0o17',
    '0x1F',
    '0b11',
    '1_0',
    '_1',
    '1:30',
    '-1:30',
    '1:90',
    '1:30.5',
    '1e3',
    '1e-3',
    '1.5',
  ],
  ...[
    '1.5e3',
    '1.5e+3',
    '.5',
    '-.5',
    '5.',
    '.inf',
    '-.inf',
    '.nan',
    '.',
    '..',
    '0x',
    '0b',
    '0b_',
    '0_',
    'on',
    'Off',
    'yes',
    'y',
  ],
  ...[
    'N',
    'True',
    'tRue',
    '2020-01-01',
    '2020-13-01',
    '2020-1-1 1:00:00 +01:30',
    '2001-12-14t21:59:43.10-05:00',
    '\u00a0',
    '\ufeff',
  ],
  ...[
    'é',
    '\u{1f600}',
    '\u2028',
    '\u0085',
    '\x7f',
    '\r',
    ':',
    '::',
    ':x',
    '?x',
    'x?',
    '-x',
    'x-',
    'x:y',
    'x#y',
    '# c\n',
    '{a: 1}',
  ],
  ...[
    '[1, 2]',
    '{a: [b, {c: d}]}',
    '[a: b]',
    '{a, b: }',
    '{"a":1}',
    '[\n  1,\n  2\n  ]',
    '{a: 1,\n  b: 2}',
    '[a, ]',
    '{? a : b}',
  ],
];

/** A key with a text of several lines: in a block, in quotes, or in brackets. */
const severalLines = fc
  .tuple(
    fc.constantFrom('a: ', 'b:\n  c: ', '- ', 'a:\n- b: ', 'd:\n    - '),
    fc.constantFrom(
      '|',
      '>',
      '|-',
      '>-',
      '|+',
      '>+',
      '|1',
      '>2',
      '|2-',
      '>1+',
      '| # c',
      '"',
      "'",
      '[',
      '{',
      '',
    ),
    fc.array(
      fc.tuple(
        fc.constantFrom('\n', '\n', '\n', '\r\n', '\n\n', '\\\n'),
        fc.constantFrom('', ' ', '  ', '  ', '  ', '   ', '    ', '     ', '\t', '  \t'),
        fc.constantFrom(
          '',
          'x',
          'x ',
          'x y',
          'x\t',
          '# c',
          'x # c',
          '- x',
          'x: y',
          '1',
          '1,',
          '...',
          '---',
          '\\',
          '"',
          "'",
          ',',
        ),
      ),
      { maxLength: 7 },
    ),
    fc.constantFrom('', '"', "'", ']', '}', ' ]', ' }', '\n]'),
    fc.constantFrom('', '\n', '\n\n', '\n  ', '\n# c\n', '\nz: 1\n', '\r\nz: 1', '\n...\n', '\n \nz: 1\n'),
  )
  .map(([key, opening, lines, closing, end]) => key + opening + lines.flat().join('') + closing + end);

/** Texts made of pieces of YAML: some are YAML, some nearly so. */
export const yamlish: fc.Arbitrary<string> = fc.oneof(
  fc.array(fc.constantFrom(...PIECES), { maxLength: 12 }).map((all) => all.join('')),
  severalLines,
  // Lines that start with a key, so that more of it is a map.
  fc
    .array(
      fc
        .tuple(
          fc.constantFrom('', '  ', '    ', '- ', '  - ', '# '),
          fc.constantFrom('a: ', 'b: ', 'c: ', 'd: ', '"e": ', 'f:', ''),
          fc.array(fc.constantFrom(...PIECES), { maxLength: 3 }).map((all) => all.join('')),
          fc.constantFrom('\n', '\n', '\n', '\n\n', '\r\n', ''),
        )
        .map((parts) => parts.join('')),
      { maxLength: 6 },
    )
    .map((lines) => lines.join('')),
);

/** Unquoted scalars that look like numbers, dates and words, or nearly so. */
export const plain: fc.Arbitrary<string> = fc.oneof(
  fc
    .array(fc.constantFrom(...'0011279+-._:eExXbo'), { minLength: 1, maxLength: 9 })
    .map((all) => all.join('')),
  fc
    .tuple(
      fc.constantFrom('', '+', '-'),
      fc.constantFrom('0', '1', '59', '60', '190', '1_0', '0x', '0b', '0o', '.', ''),
      fc.array(
        fc.constantFrom('0', '7', '1_', '_', ':', ':30', ':59', ':60', '.', 'e', 'E', 'e+3', 'e-3', 'f'),
        { maxLength: 4 },
      ),
    )
    .map(([sign, start, rest]) => sign + start + rest.join('')),
  fc
    .tuple(
      fc.constantFrom('2024-', '2023-', '1900-', '0000-', '999-', '9999-'),
      fc.constantFrom('01-', '02-', '1-', '12-', '13-', '00-', '04-'),
      fc.constantFrom('01', '1', '28', '29', '30', '31', '32', '00'),
      fc.constantFrom('', '', 'T', 't', ' ', '  ', 'x'),
      fc.constantFrom(
        '',
        '',
        '10:20:30',
        '1:20:30',
        '24:00:00',
        '23:60:00',
        '23:59:60',
        '10:20',
        '10:20:30.5',
        '10:20:30.',
      ),
      fc.constantFrom('', '', 'Z', ' Z', '+1', ' +01:30', '-23:59', '+24:00', '-23:60', '+0130'),
    )
    .map((parts) => parts.join('').trim()),
  fc
    .tuple(
      fc.constantFrom(
        'true',
        'false',
        'yes',
        'no',
        'on',
        'off',
        'null',
        'y',
        'n',
        '~',
        '.inf',
        '-.inf',
        '+.inf',
        '.nan',
        '-.nan',
      ),
      fc.constantFrom('', '', '', '.', 'x', '~'),
      fc.constantFrom<(text: string) => string>(
        (text) => text,
        (text) => text.toUpperCase(),
        (text) => text.replace(/[a-z]/, (letter) => letter.toUpperCase()),
        (text) => text.replace(/[a-z]$/, (letter) => letter.toUpperCase()),
      ),
    )
    .map(([word, end, change]) => change(word + end)),
);
