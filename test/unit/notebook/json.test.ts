import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { memberOf, parseJson, stringOf } from '../../../src/program/notebook/json';
import { valueAt } from '../../../src/program/notebook/json-value';
import { styles, serialise } from './support';

const valueOf = (text: string): unknown => valueAt(text, { start: 0, end: text.length });

suite('parseJson', () => {
  const accepted = [
    '1', ' 1 ', '\t\r\n1', '\ufeff1', '-0', '-0.5e+10', '1E5', '1e-5', '""', '"\\ud83d"', '"\\ud83d\\ude00"', '"\\/\\b\\f\\u00E9"',
    'NaN', 'Infinity', '-Infinity', '[NaN,-Infinity , Infinity]', 'true', 'false', 'null', '[]', '{}', '[ ]', '{\n}',
    '{"a":1,"a":2}', '[[],{},[{}]]', '{"a":{"b":[1,2,{"c":null}]}}', '"\u2028\x7f\x85"', '"é"',
  ]; // prettier-ignore
  const refused: [string, number, RegExp][] = [
    ['', 0, /ends too early/],
    ['\ufeff', 1, /ends too early/],
    ['\ufeff\ufeff1', 1, /expected a value/],
    ['[1,]', 3, /expected a value/],
    ['{"a":1,}', 7, /expected a key/],
    ['{a:1}', 1, /expected a key/],
    ["{'a':1}", 1, /expected a key/],
    ['{"a" 1}', 5, /expected ':'/],
    ['{"a":1 "b":2}', 7, /expected ',' or '}'/],
    ['[1 2]', 3, /expected ',' or ']'/],
    ['[1}', 2, /expected ',' or ']'/],
    ['{"a":1]', 6, /expected ',' or '}'/],
    ['[1]]', 3, /more text/],
    ['1 2', 2, /more text/],
    ['01', 1, /more text/],
    ['[1', 2, /ends too early/],
    ['[', 1, /ends too early/],
    ['{"a"', 4, /ends too early/],
    ['{"a":', 5, /ends too early/],
    ['+1', 0, /expected a value/],
    ['.5', 0, /expected a value/],
    ['5.', 2, /ends too early/],
    ['[5.]', 3, /digit after/],
    ['[1e]', 3, /exponent/],
    ['[-]', 1, /expected a value/],
    ['-NaN', 0, /expected a value/],
    ['nan', 0, /expected a value/],
    ['True', 0, /expected a value/],
    ['nul', 0, /expected a value/],
    ['nullx', 4, /more text/],
    ['["a\nb"]', 3, /line break or control character/],
    ['["a\tb"]', 3, /line break or control character/],
    ['["a\0b"]', 3, /line break or control character/],
    ['["a]', 1, /no closing quote/],
    ['["a\\x"]', 3, /no escape/],
    ['["a\\u12G4"]', 3, /four hexadecimal/],
    ['["a\\u123"]', 3, /four hexadecimal/],
    ["['a']", 1, /expected a value/],
    ['// x\n1', 0, /expected a value/],
    ['[1 /* x */]', 3, /expected ','/],
    ['\u00a01', 0, /expected a value/],
    ['\x0c1', 0, /expected a value/],
    ['undefined', 0, /expected a value/],
  ];

  for (const text of accepted) {
    test(`accepts ${JSON.stringify(text)}`, () => {
      const node = parseJson(text);
      assert.ok(!('reason' in node), 'reason' in node ? node.reason : '');
    });
  }

  for (const [text, offset, reason] of refused) {
    test(`refuses ${JSON.stringify(text)}`, () => {
      const error = parseJson(text);
      assert.ok('reason' in error);
      assert.match(error.reason, reason);
      assert.equal(error.offset, offset);
    });
  }

  test('accepts and refuses what Python does, and reads the same values', function () {
    this.timeout(20_000);
    // A byte-order mark is the file decoder's business in Python.
    const texts = [...accepted, ...refused.map(([text]) => text)].filter(
      (text) => !text.startsWith('\ufeff'),
    );
    const program = `
import json, sys
out = []
for s in json.load(sys.stdin):
    try:
        out.append(ascii(json.loads(s)))
    except ValueError:
        out.append(None)
json.dump(out, sys.stdout)`;
    const run = spawnSync('python3', ['-c', program], { input: JSON.stringify(texts), encoding: 'utf8' });
    if (run.error) return this.skip();
    const expected = JSON.parse(run.stdout) as (string | null)[];
    assert.deepEqual(
      texts.map((text) => !('reason' in parseJson(text))),
      expected.map((value) => value !== null),
    );
  });

  test('gives spans, down to a depth', () => {
    const text = ' {"a": [1, {"b": "c"}], "d": {}} ';
    const root = parseJson(text, 1);
    assert.ok(!('reason' in root));
    assert.equal(text.slice(root.start, root.end), text.trim());
    const a = memberOf(root, 'a');
    assert.ok(a?.kind === 'array');
    assert.equal(text.slice(a.start, a.end), '[1, {"b": "c"}]');
    assert.deepEqual(a.items, []);
    assert.equal(memberOf(root, 'd')?.kind, 'object');
    const deeper = parseJson(text, 2);
    const items = memberOf(deeper as never, 'a');
    assert.ok(items?.kind === 'array');
    assert.deepEqual(
      items.items.map((item) => text.slice(item.start, item.end)),
      ['1', '{"b": "c"}'],
    );
  });

  test('checks what lies below the depth', () => {
    assert.ok('reason' in parseJson('[[[[1,]]]]', 1));
    assert.ok('reason' in parseJson('{"a":{"b":{"c" 1}}}', 0));
    assert.ok('reason' in parseJson('[[{"a":1]]', 0));
  });

  test('of repeated keys the last counts', () => {
    const text = '{"a": 1, "a": 2}';
    const root = parseJson(text);
    assert.ok(!('reason' in root));
    const value = memberOf(root, 'a')!;
    assert.equal(text.slice(value.start, value.end), '2');
    assert.deepEqual(valueOf(text), { a: 2 });
  });

  test('an escaped key is the key', () => {
    const root = parseJson('{"\\u0061": 1}');
    assert.ok(!('reason' in root));
    assert.equal(memberOf(root, 'a')?.kind, 'number');
  });

  test('deep nesting overflows no stack', function () {
    this.timeout(30_000);
    const depth = 50_000;
    for (const text of [
      '['.repeat(depth) + ']'.repeat(depth),
      '{"a":'.repeat(depth) + '1' + '}'.repeat(depth),
    ]) {
      const root = parseJson(text);
      assert.ok(!('reason' in root));
      assert.equal(typeof valueOf(text), 'object');
      assert.ok('reason' in parseJson(text.slice(0, -1)));
    }
  });
});

suite('valueAt', () => {
  test('reads what JSON.parse reads', function () {
    this.timeout(30_000);
    fc.assert(
      fc.property(fc.jsonValue(), styles, (value, style) => {
        const text = serialise(value, style);
        const expected: unknown = JSON.parse(text);
        assert.deepEqual(valueOf(text), expected);
      }),
      { numRuns: 1000 },
    );
  });

  test('reads the words that Python writes', () => {
    assert.deepEqual(valueOf('[NaN, Infinity, -Infinity, -0, true, false, null]'), [
      NaN,
      Infinity,
      -Infinity,
      -0,
      true,
      false,
      null,
    ]);
  });

  test('a key named like the prototype is a key', () => {
    const value = valueOf('{"__proto__": {"x": 1}, "constructor": 2}') as object;
    assert.deepEqual(Object.keys(value), ['__proto__', 'constructor']);
    assert.equal(Object.getPrototypeOf(value), Object.prototype);
  });

  test('keeps halves of surrogate pairs', () => {
    assert.equal(valueOf('"\\ud83d"'), '\ud83d');
    assert.equal(stringOf('"\\ude00x"', { start: 0, end: 9 }), '\ude00x');
  });
});
