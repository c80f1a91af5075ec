import fc from 'fast-check';

/** Parts of YAML, and what stands near it. */
// prettier-ignore
const PIECES = [
  'a', 'b', 'c', 'key', 'a: ', 'b: ', 'c: ', 'd:', 'e :', '"f": ', "'g': ", '? ', ': ', '- ', '-', '  ',
  '    ', ' ', '\t', '\n', '\n', '\n', '\n  ', '\n    ', '\n- ', '\n  - ', '\n\n', '\r\n', '\r\n  ', '[',
  ']', '{', '}', ', ', ',', '#', ' # c', '"', "'", '"x y"', "'x'", '"x\\\n  y"', '"x\n\n  y"', "'x\n  y'",
  '"\\u0041"', '"\\x0"', '"\\ud83d\\ude00"', '"\\/"', "''", '|', '>', '|-', '>-', '|+', '|2', '>1-',
  '|\n  x', '|\n  x\n', '>\n  x\n  y\n', '>\n  x\n\n   y\n\n  z\n', '|+\n  x\n\n\n', '---', '---\n', '...',
  '...\n', '%YAML 1.1\n', '&x ', '*x', '!!str ', '! ', '<<', '<<: ', '=', '@', '`', '~', 'null', '!', '1',
  '-1', '+1', '08', '0777', '0o17', '0x1F', '0b11', '1_0', '_1', '1:30', '-1:30', '1:90', '1:30.5', '1e3',
  '1e-3', '1.5', '1.5e3', '1.5e+3', '.5', '-.5', '5.', '.inf', '-.inf', '.nan', '.', '..', '0x', '0b',
  '0b_', '0_', 'on', 'Off', 'yes', 'y', 'N', 'True', 'tRue', '2020-01-01', '2020-13-01',
  '2020-1-1 1:00:00 +01:30', '2001-12-14t21:59:43.10-05:00', '\u00a0', '\ufeff', 'é', '\u{1f600}', '\u2028',
  '\u0085', '\x7f', '\r', ':', '::', ':x', '?x', 'x?', '-x', 'x-', 'x:y', 'x#y', '# c\n', '{a: 1}',
  '[1, 2]', '{a: [b, {c: d}]}', '[a: b]', '{a, b: }', '{"a":1}', '[\n  1,\n  2\n  ]', '{a: 1,\n  b: 2}',
  '[a, ]', '{? a : b}',
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
