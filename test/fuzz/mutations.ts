import type { Random } from './random';

/** Makes another text of one; `other` is a further program, to take pieces from. */
type Mutation = (text: string, random: Random, other: string) => string;

const MAX_NESTING = 3000;
const MAX_LINE = 200_000;
const SEPARATOR = '\n# COMMAND ----------\n\n';

/** Characters that scanners, line counters and encoders trip over. */
const STRANGE = [
  ...[
    '\ufeff',
    '\u2028',
    '\u2029',
    '\u0085',
    '\u00a0',
    '\u200b',
    '\u202e',
    '\0',
    '\x1a',
    '\x0b',
    '\f',
    '\r',
    '\t',
  ],
  ...[
    'é',
    'e\u0301',
    'ﬁ',
    'ª',
    '１',
    'º',
    '😀',
    '👩‍👩‍👧',
    '𝕩',
    'ß',
    'İ',
    '\ud800',
    '\udc00',
    '"""',
    "'''",
    '\\',
    '\\\n',
  ],
  ...[
    '{',
    '}',
    '(',
    ')',
    '[',
    ']',
    ':',
    ';',
    '#',
    '%',
    '!',
    '?',
    '@',
    '`',
    '$',
    'f"{',
    '\\N{',
    '0777',
    '1_',
    '<>',
  ],
];

const LINES = [
  ...[
    '%matplotlib inline',
    '%%time',
    '%%bash',
    '!ls {x} $y',
    'x = !ls',
    'x?',
    '%run other.py',
    '%pip install x',
  ],
  ...['from os import *', 'exec("x = 1")', 'global x', 'del x', 'print "x"', 'return x', 'yield', 'await x'],
  ...['x: int', 'type X = int', 'match x:', '    case {"a": [y, *z], **w}:', '        pass', 'nonlocal x'],
  ...[
    '#@param {type: "string"}',
    '# graduate: ignore[',
    '# graduate: ignore-file',
    '# %%',
    '# COMMAND ----------',
  ],
  ...[
    '# MAGIC %sql',
    '# MAGIC %python',
    '# MAGIC %%time',
    '# MAGIC',
    '# DBTITLE 1,x',
    '# Databricks notebook source',
  ],
  ...[
    'if True:',
    'else:',
    'except:',
    'finally:',
    'try:',
    'with x as y:',
    'for x in y:',
    'def f(x=1):',
    '@property',
  ],
  ...[
    'class X(Y, metaclass=Z):',
    'lambda: (yield)',
    '[x for x in y if (z := x)]',
    'f"{x!r:>{y}}"',
    'rb"\\x"',
  ],
];

export const MUTATIONS: Readonly<Record<string, Mutation>> = {
  'deleted lines': (text, random) => spliced(text, random, () => []),
  'duplicated lines': (text, random) => spliced(text, random, (lines) => [...lines, ...lines]),
  'lines the other way round': (text, random) => spliced(text, random, (lines) => lines.reverse()),
  'lines of another program': (text, random, other) =>
    spliced(text, random, () => rangeOf(other.split('\n'), random, 30)),
  'strange lines': (text, random) =>
    spliced(text, random, (lines) => [
      ...lines,
      ...Array.from({ length: 1 + random.below(4) }, () => random.pick(LINES)),
    ]),
  'another indentation': (text, random) =>
    spliced(text, random, (lines) => {
      const by = random.pick(['', ' ', '    ', '\t', '\f', '        ']);
      return lines.map((line) => (by === '' ? line.trimStart() : by + line));
    }),
  'cut off': (text, random) => text.slice(0, random.below(text.length + 1)),
  'beginning cut off': (text, random) => text.slice(random.below(text.length + 1)),
  'strange characters': (text, random) => {
    let result = text;
    for (let i = 1 + random.below(6); i > 0; i--) {
      const at = random.below(result.length + 1);
      result = result.slice(0, at) + random.pick(STRANGE) + result.slice(at + random.below(3));
    }
    return result;
  },
  'another word': (text, random, other) => {
    const from = [...text.matchAll(/\w+/g)];
    const to = [...other.slice(0, 20_000).matchAll(/\w+/g)];
    if (from.length === 0 || to.length === 0) return text;
    let result = text;
    for (let i = 1 + random.below(3); i > 0; i--) {
      const word = random.pick(from);
      result = result.slice(0, word.index) + random.pick(to)[0] + result.slice(word.index + word[0].length);
    }
    return result;
  },
  'other line ends': (text, random) => {
    const ends = random.pick([['\r\n'], ['\r'], ['\n', '\r\n'], ['\n', '\r\n', '\r']]);
    return text.replace(/\r\n|\r|\n/g, () => random.pick(ends));
  },
  'a byte order mark': (text, random) => (random.chance(0.5) ? '\ufeff' : '\ufeff\ufeff') + text,
  'no last line break': (text) => text.trimEnd(),
  'deep nesting': (text, random) => inserted(text, random, nested(random)),
  'a huge line': (text, random) => inserted(text, random, hugeLine(random)),
  'a Databricks notebook': (text, random) => {
    const lines = text.split('\n');
    const cells: string[] = [];
    while (lines.length > 0) cells.push(lines.splice(0, 1 + random.below(40)).join('\n'));
    const isMagic = (): boolean => random.chance(0.3);
    const magic = (cell: string): string =>
      [random.pick(['%python', '%%time', '%sql', '%md', '%pip install x']), ...cell.split('\n')]
        .map((line) => `# MAGIC ${line}`)
        .join('\n');
    const shown = cells.map((cell) => (isMagic() ? magic(cell) : cell));
    return `# Databricks notebook source\n${shown.join(random.chance(0.9) ? SEPARATOR : '# COMMAND ----------')}`;
  },
};

/** Some lines of a text replaced. */
function spliced(text: string, random: Random, change: (lines: string[]) => readonly string[]): string {
  const lines = text.split('\n');
  const start = random.below(lines.length);
  const count = Math.min(lines.length - start, 1 + random.below(random.chance(0.7) ? 4 : 40));
  return [
    ...lines.slice(0, start),
    ...change(lines.slice(start, start + count)),
    ...lines.slice(start + count),
  ].join('\n');
}

function rangeOf(lines: readonly string[], random: Random, count: number): string[] {
  const start = random.below(lines.length);
  return lines.slice(start, start + 1 + random.below(count));
}

/** A line put between two lines. */
function inserted(text: string, random: Random, line: string): string {
  const lines = text.split('\n');
  lines.splice(random.below(lines.length + 1), 0, line);
  return lines.join('\n');
}

function nested(random: Random): string {
  const depth = 2 + random.below(random.chance(0.8) ? 150 : MAX_NESTING);
  const block = (line: string): string =>
    Array.from({ length: Math.min(depth, 100) }, (_, i) => `${' '.repeat(i)}${line}`).join('\n') +
    `\n${' '.repeat(Math.min(depth, 100))}pass`;
  return random.pick([
    () => `x = ${'('.repeat(depth)}1${')'.repeat(depth)}`,
    () => `x = ${'['.repeat(depth)}1${']'.repeat(depth)}`,
    () => `x = ${'{"a": '.repeat(depth)}1${'}'.repeat(depth)}`,
    () => `x = ${'f('.repeat(depth)}1${')'.repeat(depth)}`,
    () => `x = ${'('.repeat(depth)}`,
    () => `x = a${'.b'.repeat(depth)}`,
    () => `x = a${'()'.repeat(depth)}`,
    () => `x = a${'[0]'.repeat(depth)}`,
    () => `x = 1${' + 1'.repeat(depth)}`,
    () => `x = ${'not '.repeat(depth)}y`,
    () => `x = ${'-'.repeat(depth)}1`,
    () => `x = ${'lambda: '.repeat(depth)}1`,
    () => `x = ${'1 if y else '.repeat(depth)}2`,
    () => `x = "a"${' "b"'.repeat(depth)}`,
    () => `x = ${'"a" / '.repeat(depth)}y`,
    () => `${'x = '.repeat(depth)}1`,
    () => `x = [${'y for y in z '.repeat(depth)}]`,
    () => `x = "${'%s'.repeat(depth)}" % y`,
    () => block('if x:'),
    () => block('for x in y:'),
    () => block('def f():'),
    () => block('class X:'),
    () => block('try:'),
    () => block('with x as y:'),
    () => `${'if x:\n  pass\nel'.repeat(depth)}if y: pass`,
  ])();
}

function hugeLine(random: Random): string {
  const length = 1000 + random.below(random.chance(0.8) ? 20_000 : MAX_LINE);
  return random.pick([
    () => `x = [${'1, '.repeat(length / 3)}]`,
    () => `x = "${'data/'.repeat(length / 5)}"`,
    () => `# ${'x'.repeat(length)}`,
    () => `open("${'a'.repeat(length)}")`,
    () => `x = {${'"a": 1, '.repeat(length / 8)}}`,
    () => `f(${'a=1, '.repeat(length / 5)})`,
    () => 'x = 1; '.repeat(length / 7),
    () => `!${'ls '.repeat(length / 3)}`,
    () => `x = f"${'{y}'.repeat(length / 3)}"`,
    () => ' '.repeat(length),
    () => `x = "a" ${'+ "b" '.repeat(Math.min(length, 20_000) / 6)}`,
  ])();
}
