import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  keyIdentity,
  MAX_DEPTH,
  sameValue,
  writeString,
  writeValue,
  type ConfigScalar,
  type ConfigValue,
} from '../../../src/config/scalar';
import { text, value } from './values';

const str = (content: string): ConfigScalar => ({ kind: 'str', value: content });
const int = (literal: string): ConfigScalar => ({ kind: 'int', text: literal });
const float = (literal: string): ConfigScalar => ({ kind: 'float', text: literal });
const list = (...items: ConfigValue[]): ConfigValue => ({ kind: 'list', items });
const map = (...pairs: [ConfigScalar, ConfigValue][]): ConfigValue => ({
  kind: 'map',
  entries: pairs.map(([key, of]) => ({ key, value: of })),
});

suite('values of a configuration file', () => {
  const strings: readonly (readonly [string, string])[] = [
    ['', '""'],
    ['model.pt', '"model.pt"'],
    ['null', '"null"'],
    [' a # b: ', '" a # b: "'],
    ['C:\\new\\table', '"C:\\\\new\\\\table"'],
    ['say "x"', '"say \\"x\\""'],
    ["it's", '"it\'s"'],
    ['a\nb\r\n\tc', '"a\\nb\\r\\n\\tc"'],
    ['\0\x07\x1b\x7f', '"\\x00\\x07\\x1B\\x7F"'],
    ['\x85\xa0\xad', '"\\x85\\xA0\\xAD"'],
    ['\u2028\u2029\ufeff\u202e\u200b', '"\\u2028\\u2029\\uFEFF\\u202E\\u200B"'],
    ['\ufffe\uffff\u{1fffe}', '"\\uFFFE\\uFFFF\\U0001FFFE"'],
    ['é数据\u{1f600}', '"é数据\u{1f600}"'],
    // The joiner holds the picture together.
    ['\u{1f469}\u200d\u{1f4bb}', '"\u{1f469}\u200d\u{1f4bb}"'],
  ];
  for (const [content, written] of strings) {
    test(`${JSON.stringify(content)} is written ${written}`, () => {
      assert.deepEqual(writeString(content), { text: written });
    });
  }

  test('a text stands on one line, in quotes, and without what PyYAML takes for the end of one', () => {
    fc.assert(
      fc.property(text, (content) => {
        const written = writeString(content);
        assert.ok('text' in written);
        assert.match(
          written.text,
          /^"(?:[^"\\\p{Cc}\u2028\u2029\uFEFF]|\\["\\nrt]|\\x..|\\u.{4}|\\U.{8})*"$/u,
        );
      }),
      { seed: 1, numRuns: 3000 },
    );
  });

  for (const content of ['\ud800', 'a\udc00b', '\ude00\ud83d']) {
    test(`the lone surrogate in ${JSON.stringify(content)} is refused`, () => {
      assert.ok('reason' in writeString(content));
      assert.ok('reason' in writeValue(map([str(content), int('1')])));
    });
  }

  test('lists and maps stand in one line', () => {
    const nested = list(
      int('0x10'),
      float('1e-3'),
      { kind: 'null' },
      { kind: 'bool', value: true },
      list(),
      map(),
    );
    assert.deepEqual(writeValue(nested), { text: '[16, 1.0e-03, null, true, [], {}]' });
    const labels = map([int('0'), str('cat')], [str('b'), list(str('x'))], [{ kind: 'null' }, float('nan')]);
    assert.deepEqual(writeValue(labels), { text: '{0: "cat", "b": ["x"], null: .nan}' });
  });

  test('what cannot be written is refused with a reason', () => {
    const reasons: readonly (readonly [ConfigValue, RegExp])[] = [
      [int('1.5'), /no integer/],
      [list(float('1j')), /no float/],
      [map([str('a'), int('1')], [str('a'), int('2')]), /"a" is there twice/],
      [map([int('1'), str('a')], [{ kind: 'bool', value: true }, str('b')]), /true is there twice/],
      [map([int('0'), str('a')], [float('-0.0'), str('b')]), /-0\.0 is there twice/],
      [map([float('nan'), str('a')]), /nan is a key/],
      [map([str('k'.repeat(2000)), int('1')]), /longer/],
    ];
    for (const [refused, reason] of reasons) {
      const written = writeValue(refused);
      assert.ok('reason' in written);
      assert.match(written.reason, reason);
    }
  });

  test('nesting has an end', () => {
    const nested = (depth: number): ConfigValue => (depth === 0 ? int('1') : list(nested(depth - 1)));
    assert.ok('text' in writeValue(nested(MAX_DEPTH)));
    assert.ok('reason' in writeValue(nested(MAX_DEPTH + 1)));
  });

  test('values are equal as Python values of the same type are', () => {
    assert.ok(sameValue(int('0x10'), int('1_6')));
    assert.ok(sameValue(float('1e3'), float('1000.0')));
    assert.ok(sameValue(float('nan'), float('nan')));
    assert.ok(!sameValue(int('1'), float('1.0')));
    assert.ok(!sameValue(int('1'), { kind: 'bool', value: true }));
    assert.ok(!sameValue(float('0.0'), float('-0.0')));
    assert.ok(!sameValue(int('9007199254740993'), int('9007199254740992')));
    assert.ok(!sameValue(int('x'), int('x')), 'no number equals nothing');
    assert.ok(!sameValue(str('1'), int('1')));
    assert.ok(!sameValue(list(int('1')), list(int('1'), int('2'))));
    const [a, b]: [ConfigScalar, ConfigValue][] = [
      [str('a'), int('1')],
      [str('b'), int('2')],
    ];
    assert.ok(sameValue(map(a!, b!), map(a!, b!)));
    assert.ok(!sameValue(map(a!, b!), map(b!, a!)), 'a dict has an order');
  });

  test('every value equals itself', () => {
    fc.assert(
      fc.property(value, (any) => sameValue(any, structuredClone(any))),
      { seed: 3, numRuns: 1000 },
    );
  });

  test('keys are the same where Python looks up the same', () => {
    assert.equal(keyIdentity(int('1')), keyIdentity(float('1.0')));
    assert.equal(keyIdentity(int('0')), keyIdentity({ kind: 'bool', value: false }));
    assert.equal(keyIdentity(float('inf')), keyIdentity(float('1e400')));
    assert.notEqual(keyIdentity(int('1')), keyIdentity(str('1')));
    assert.notEqual(keyIdentity(str('null')), keyIdentity({ kind: 'null' }));
    assert.notEqual(keyIdentity(int('9007199254740993')), keyIdentity(float('9007199254740992.0')));
    assert.equal(keyIdentity(float('nan')), undefined);
  });
});
