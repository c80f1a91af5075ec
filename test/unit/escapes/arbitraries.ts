import fc from 'fast-check';

const statements = [
  'x = 1',
  'x = (a,\n  % b)',
  "s = 'it is %d' % 3",
  's = """\n%time\n  !ls?\n"""',
  'f"{x!r:>{w}} {{}} {a[\'k\']}"',
  'x = a \\\n  % b',
  'import os',
  'print(x)  # !ls?',
  '# %time',
  '',
  '   ',
  'y = {"a": [1, 2]}',
  'x: int = 3',
];

// None with an open bracket: up to the next help request IPython would take the lines below for a part of it.
const escapes = [
  '%matplotlib inline',
  '%time x = f()',
  '%time x = f(a, \\\n  b)',
  '%timeit -n 3 f(x)',
  '%prun -l 2 g(x); h()',
  '%time for i in a: b(i)',
  '%time !ls "',
  '%time y = !ls',
  'x = !ls $a \\\n  | wc',
  'x = %time f(a)',
  'x, y = %who_ls',
  '!echo "it',
  "!!echo it's",
  '%cd "a',
  'df.head?',
  '??np.array',
  'np.*x*?',
  ',f a b',
  '/f a b',
  '%foo a b',
];

const headers = ['%%time', '%%capture out', '%%timeit -n 2 x = 1', '%%timeit', '%%bash', '%%prun', '%%foo a'];
const blocks = ['if a:', 'for i in a:', 'def f():', 'class A:', 'with a as b:', 'try:\n    pass\nfinally:'];

function indented(text: string, by: string): string {
  return text
    .split('\n')
    .map((line) => by + line)
    .join('\n');
}

/** Shifting the lines of a string would change it, and what a string holds is compared. */
const plainLine = fc.constantFrom(...statements);
const escapeLine = fc.constantFrom(...escapes);
const line = fc.oneof(plainLine, escapeLine);

const block: fc.Arbitrary<string> = fc
  .tuple(fc.constantFrom(...blocks), fc.array(line, { minLength: 1, maxLength: 3 }))
  .map(([head, body]) => `${head}\n${body.map((one) => indented(one, '    ')).join('\n')}`);

/** Python of simple statements and blocks without escapes, some of them broken. */
export const pythonText: fc.Arbitrary<string> = fc
  .array(
    fc.oneof(
      plainLine,
      plainLine.map((one) => `if a:\n${indented(one, '  ')}`),
    ),
    { maxLength: 8 },
  )
  .map((lines) => lines.join('\n'));

/** Cells of statements, blocks, escapes, cell magics; most of them valid. */
export const composedCell: fc.Arbitrary<string> = fc
  .tuple(
    fc.array(fc.constantFrom(...headers), { maxLength: 2 }),
    fc.array(fc.oneof({ weight: 3, arbitrary: line }, block), { maxLength: 5 }),
    fc.constantFrom('', '\n', '\n\n'),
  )
  .map(([head, body, end]) => [...head, ...body].join('\n') + end);

/** Every character that means something to the scanner, in any order. */
export const escapeSoup: fc.Arbitrary<string> = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        ...'%!?;,/\\\'"`#(){}[]=:$@ \t\f\r\n.*-+<>&|~^',
        '\r\n',
        '"""',
        "'''",
        'f"',
        "rb'",
        '😀',
        '\ud83d',
      ),
      fc.constantFrom(
        '%%',
        '%time ',
        '%%time\n',
        '%%capture x\n',
        '%timeit -n ',
        'x = ',
        '!!',
        '??',
        'if a:\n    ',
        'ls -l',
      ),
      fc.constantFrom('a', 'é', '1', '\\N{', 'pip install x', '    '),
    ),
    { maxLength: 40 },
  )
  .map((parts) => parts.join(''));
