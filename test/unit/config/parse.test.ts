import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseConfig, type ConfigEntry } from '../../../src/config/document';
import { MAX_DEPTH } from '../../../src/config/scalar';
import { yamlish } from './texts';

function entry(text: string, key: string): ConfigEntry {
  const file = parseConfig(text);
  assert.equal(file.problem, undefined);
  const found = file.values.get(key);
  assert.ok(found, `no ${key}`);
  return found;
}

suite('reading a configuration file', () => {
  test('gives keys, values and where they stand', () => {
    const text = '# Graduate\na: 1  # one\n"b c": "x"\nd:\n  - 1.5\n  - {e: null}\n\n# end\nf:\n';
    const file = parseConfig(text);
    assert.equal(file.problem, undefined);
    assert.deepEqual([...file.values.keys()], ['a', 'b c', 'd', 'f']);
    const shown = [...file.values.values()].map(({ keySpan, span }) => [
      text.slice(keySpan.start, keySpan.end),
      text.slice(span.start, span.end),
    ]);
    assert.deepEqual(shown, [
      ['a', '1'],
      ['"b c"', '"x"'],
      ['d', '- 1.5\n  - {e: null}'],
      ['f', ''],
    ]);
    assert.deepEqual(file.values.get('d')?.value, {
      kind: 'list',
      items: [
        { kind: 'float', text: '1.5' },
        { kind: 'map', entries: [{ key: { kind: 'str', value: 'e' }, value: { kind: 'null' } }] },
      ],
    });
    assert.deepEqual(file.values.get('f')?.value, { kind: 'null' });
  });

  test('knows a file that Graduate writes to', () => {
    for (const text of [
      '# Graduate\n',
      '\n\n# made by Graduate.\na: 1\n',
      '\uFEFF# Graduate',
      '#Graduate\r\na: b c: d',
    ]) {
      assert.ok(parseConfig(text).isOurs, JSON.stringify(text));
    }
    for (const text of [
      '',
      'a: 1\n',
      '# graduated\n',
      '# Copyright\n# Graduate\n',
      'a: 1 # Graduate\n',
      'Graduate: 1\n',
    ]) {
      assert.ok(!parseConfig(text).isOurs, JSON.stringify(text));
    }
  });

  test('takes a file of comments only for an empty one', () => {
    for (const text of ['', '\n', '# c\n', '---\n', '--- # c\n...\n', '\uFEFF']) {
      assert.deepEqual(parseConfig(text).problem, undefined, JSON.stringify(text));
      assert.equal(parseConfig(text).values.size, 0);
    }
  });

  const ambiguous: readonly (readonly [string, string, string])[] = [
    ['1e-3', 'the text "1e-3"', 'the number 0.001'],
    ['-.5', 'the text "-.5"', 'the number -0.5'],
    ['1:30', 'the number 90', 'the text "1:30"'],
    ['1_000', 'the number 1000', 'the text "1_000"'],
    ['0777', 'the number 511', 'the number 777'],
    ['0o17', 'the text "0o17"', 'the number 15'],
    ['08', 'the text "08"', 'the number 8'],
    ['on', 'true', 'the text "on"'],
    ['No', 'false', 'the text "No"'],
    ['2020-01-01', 'a date', 'the text "2020-01-01"'],
  ];
  for (const [scalar, pyyaml, yaml12] of ambiguous) {
    test(`tells that ${scalar} is ambiguous`, () => {
      const text = `a: 1\nb: [x, ${scalar}]\n`;
      const { ambiguous: found, value } = entry(text, 'b');
      assert.deepEqual(found, [{ span: found[0]!.span, text: scalar, pyyaml, yaml12 }]);
      assert.equal(text.slice(found[0]!.span.start, found[0]!.span.end), scalar);
      assert.equal(value === undefined, pyyaml === 'a date');
    });
  }

  for (const scalar of [
    '1',
    '-1',
    '1.5',
    '1.0e-03',
    '.inf',
    'true',
    'null',
    '~',
    'y',
    'x',
    '"on"',
    "'1e3'",
    '0x1F',
    '.5',
  ]) {
    test(`takes ${scalar} for what it is`, () =>
      assert.deepEqual(entry(`a: ${scalar}\n`, 'a').ambiguous, []));
  }

  test('tells about an ambiguous key below the top', () => {
    assert.deepEqual(
      entry('a: {on: 1, y: 2}\n', 'a').ambiguous.map(({ text }) => text),
      ['on'],
    );
  });

  const problems: readonly (readonly [string, string, RegExp, number])[] = [
    ['a cyclic alias', 'a: 1\nb: &x [*x]\n', /anchor/, 1],
    ['an alias', 'a: &x 1\nb: *x\n', /anchor/, 0],
    ['a merge key', 'a: {b: 1}\nc:\n  <<: {d: 1}\n', /<</, 2],
    ['a merge key at the top', '<<: {d: 1}\n', /<</, 0],
    ['a tag', 'a: 1\nb: !!str 1\n', /tag/, 1],
    ['a key twice', 'a: 1\nb: 2\na: 3\n', /twice/, 2],
    ['a key twice below', 'a:\n  b: 1\n  "b": 2\n', /twice/, 2],
    ['equal numbers as keys', 'a: {1: x, 1.0: y}\n', /twice/, 0],
    ['a tab before a value', 'a: 1\nb:\t2\n', /tab/, 1],
    ['a tab as indentation', 'a:\n\tb: 2\n', /tab/, 1],
    ['a tab behind a value', 'a: "1"\t\nb: 2\n', /tab/, 0],
    ['a tab in an unquoted text', 'a: b\tc\n', /tab/, 0],
    ['several documents', 'a: 1\n---\nb: 2\n', /several documents/, 1],
    ['a list at the top', '# c\n- a\n', /no map/, 1],
    ['a text at the top', 'hello\n', /no map/, 0],
    ['a null at the top', 'null\n', /no map/, 0],
    ['an open bracket', 'a: 1\nb: [1,\n', /no YAML/, 2],
    ['an open quote', 'a: 1\nb: "x\n', /not closed/, 1],
    ['a quote that only looks closed', "a: 'x''", /not closed/, 0],
    ['a key without a value', 'a: 1\nb\n', /no YAML/, 1],
    ['wrong indentation', 'a: 1\n  b: 2\n', /indented too far/, 0],
    ['a directive', '%YAML 1.2\n---\na: 1\n', /%/, 0],
    ['a control character', 'a: 1\nb: "\x07"\n', /control/, 1],
    ['a lone surrogate', 'a: "\ud800"\n', /control/, 0],
    ['a foreign line break', '# c\n# d\u2028a: 1\n', /line break/, 1],
    ['a lone carriage return', 'a: 1\rb: 2\n', /line break/, 0],
    ['a byte-order mark inside', 'a: 1\nb: \uFEFFx\n', /byte-order/, 1],
    ['a number as key', '1: a\n', /no text/, 0],
    ['a boolean as key', 'a: 1\non: 2\n', /no text/, 1],
    ['a list as key', '[a]: 1\n', /list or a map/, 0],
    ['no key', 'a: 1\n: 2\n', /no key/, 1],
    ['an explicit key', '? a\n: 1\n', /question mark/, 0],
    ['a key away from its colon', 'a: 1\nb\n  : 2\n', /different lines/, 1],
    ['an unquoted text over several lines', 'a: 1\nb: x\n  y\n', /several lines/, 1],
    ['an impossible date', 'a: 2020-13-01\n', /date/, 0],
    ['a lone equals sign', 'a: =\n', /"="/, 0],
    ['an integer too long for Python', `a: ${'9'.repeat(5000)}\n`, /4300/, 0],
    ['a block text without its line break', 'a: |\n  x', /line break/, 1],
    ['surrogates as escapes', 'a: "\\ud83d\\ude00"\n', /surrogates/, 0],
    ['a bad escape', 'a: "\\q"\n', /no YAML/, 0],
    ['deep nesting', `a: ${'['.repeat(MAX_DEPTH + 1)}${']'.repeat(MAX_DEPTH + 1)}\n`, /nested more than/, 0],
    ['bottomless nesting', `a: 1\nb: ${'['.repeat(20_000)}\n`, /nested more than/, 1],
    ['a document end without a document', '...\n', /ends/, 0],
  ];
  for (const [name, text, reason, line] of problems) {
    test(`${name} is a problem`, () => {
      const { problem, values } = parseConfig(text);
      assert.ok(problem);
      assert.match(problem.reason, reason);
      assert.doesNotMatch(problem.reason, /[.\n]$/);
      assert.equal(problem.line, line);
      assert.equal(values.size, 0);
    });
  }

  for (const text of ['a: "b\tc" # x', "a: 'b\tc'", 'a: 1 #\tx', 'a: |\n  b\tc\n', 'a: [1,\n  2]\n']) {
    test(`${JSON.stringify(text)} is no problem`, () => {
      assert.equal(parseConfig(text).problem, undefined);
    });
  }

  test('never throws', function () {
    this.timeout(60_000);
    fc.assert(
      fc.property(fc.oneof(yamlish, fc.string({ unit: 'binary', maxLength: 40 })), (text) => {
        const { problem, values } = parseConfig(text);
        if (problem) assert.ok(problem.line >= 0 && problem.reason !== '' && values.size === 0);
      }),
      { seed: 5, numRuns: 1500 },
    );
  });
});
