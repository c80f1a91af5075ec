import assert from 'node:assert/strict';
import { readPlain } from '../../../src/config/pyyaml';

/** Each line was tried with `yaml.safe_load` of PyYAML 6.0.3. */
suite('unquoted scalars as PyYAML reads them', () => {
  const texts = [
    '1e3',
    '1e-3',
    '1.5e3',
    '-.5',
    '08',
    '0o17',
    'y',
    'n',
    'Y',
    'tRue',
    'inf',
    'nan',
    '-.nan',
    '_1',
    '0b2',
  ];
  for (const text of [
    ...texts,
    '2020-1-1',
    '1:60',
    '1:30:99',
    '._5',
    '.',
    '..',
    '0x1.5',
    '1.2.3',
    'None',
    '1,000',
  ]) {
    test(`${text} is a text`, () => {
      assert.deepEqual(readPlain(text), { kind: 'value', value: { kind: 'str', value: text } });
    });
  }

  const numbers: readonly (readonly [string, 'int' | 'float', string])[] = [
    ['1', 'int', '1'],
    ['+1', 'int', '1'],
    ['1_000', 'int', '1000'],
    ['1__', 'int', '1'],
    ['0777', 'int', '511'],
    ['-017', 'int', '-15'],
    ['0_', 'int', '0'],
    ['0x1F', 'int', '31'],
    ['-0b101', 'int', '-5'],
    ['1:30', 'int', '90'],
    ['-190:20:30', 'int', '-685230'],
    ['1.', 'float', '1.'],
    ['.5', 'float', '.5'],
    ['1_0.5_0', 'float', '10.50'],
    ['1.5e+3', 'float', '1.5e+3'],
    ['1:30.5', 'float', '90.5'],
    ['-1:00.', 'float', '-60.0'],
    ['.INF', 'float', 'inf'],
    ['-.inf', 'float', '-inf'],
    ['.NaN', 'float', 'nan'],
  ];
  for (const [text, kind, literal] of numbers) {
    test(`${text} is the ${kind} ${literal}`, () => {
      assert.deepEqual(readPlain(text), { kind: 'value', value: { kind, text: literal } });
    });
  }

  test('words are booleans or nothing', () => {
    for (const text of ['true', 'True', 'ON', 'yes']) {
      assert.deepEqual(readPlain(text), { kind: 'value', value: { kind: 'bool', value: true } });
    }
    for (const text of ['false', 'Off', 'NO']) {
      assert.deepEqual(readPlain(text), { kind: 'value', value: { kind: 'bool', value: false } });
    }
    for (const text of ['', '~', 'null', 'Null', 'NULL']) {
      assert.deepEqual(readPlain(text), { kind: 'value', value: { kind: 'null' } });
    }
  });

  for (const text of [
    '2020-01-01',
    '2024-02-29',
    '2020-1-1 1:02:03',
    '2001-12-14t21:59:43.10-05:00',
    '2020-01-01 00:00:00 Z',
  ]) {
    test(`${text} is a date`, () => assert.equal(readPlain(text).kind, 'date'));
  }

  const refused = ['<<', '=', '0b_', '0x_', '2020-13-01', '2023-02-29', '0000-01-01', '2020-01-01 24:00:00'];
  for (const text of [...refused, '2020-01-01 10:00:00 +24:00', '9'.repeat(4301)]) {
    test(`${text.slice(0, 30)} is not read`, () => assert.equal(readPlain(text).kind, 'refused'));
  }
});
