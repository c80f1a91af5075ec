import assert from 'node:assert/strict';
import { floatLiteral, pythonFloat, pythonInt, writeFloat, writeInt } from '../../../src/config/number';

suite('numbers of a configuration file', () => {
  const floats: readonly (readonly [string, string])[] = [
    ['1e-3', '1.0e-03'],
    ['1E5', '1.0e+05'],
    ['1e16', '1.0e+16'],
    ['1e+100', '1.0e+100'],
    ['1e-007', '1.0e-007'],
    ['1_0e1_0', '10.0e+10'],
    ['5.', '5.0'],
    ['.5', '0.5'],
    ['-.5', '-0.5'],
    ['+.5e1', '0.5e+01'],
    ['1_000.5', '1000.5'],
    ['0.10', '0.10'],
    ['007.5', '7.5'],
    ['00.0', '0.0'],
    ['-0.0', '-0.0'],
    ['0e0', '0.0e+00'],
    ['3.14159', '3.14159'],
    ['1e400', '1.0e+400'],
    ['inf', '.inf'],
    ['-inf', '-.inf'],
    ['+Infinity', '.inf'],
    ['nan', '.nan'],
  ];
  for (const [literal, written] of floats) {
    test(`the float ${literal} is written ${written}`, () => {
      assert.deepEqual(writeFloat(literal), { text: written });
    });
  }

  for (const literal of [
    '',
    '.',
    'e5',
    '.e5',
    '1',
    '1_',
    '1__0.0',
    '1._5',
    '1e',
    '1e_5',
    '0x1.8p1',
    '1.5j',
    '- 1.5',
  ]) {
    test(`${JSON.stringify(literal)} is no float`, () => {
      assert.equal(pythonFloat(literal), undefined);
      assert.ok('reason' in writeFloat(literal));
    });
  }

  test('a NaN with a sign is refused: YAML cannot hold it', () => {
    assert.ok('reason' in writeFloat('-nan'));
  });

  const integers: readonly (readonly [string, string])[] = [
    ['0', '0'],
    ['-0', '0'],
    ['00', '0'],
    ['0_0', '0'],
    ['+7', '7'],
    ['1_000_000', '1000000'],
    ['0x1F', '31'],
    ['-0X_ff', '-255'],
    ['0o17', '15'],
    ['0b1_01', '5'],
    ['123456789012345678901234567890', '123456789012345678901234567890'],
    ['0xFFFFFFFFFFFFFFFFFFFF', '1208925819614629174706175'],
  ];
  for (const [literal, written] of integers) {
    test(`the integer ${literal} is written ${written}`, () => {
      assert.deepEqual(writeInt(literal), { text: written });
    });
  }

  for (const literal of [
    '',
    '-',
    '0777',
    '08',
    '1_',
    '_1',
    '1__0',
    '0x',
    '0xg',
    '0b2',
    '0o8',
    '1.0',
    '1e3',
    '5j',
    '5L',
    '１',
  ]) {
    test(`${JSON.stringify(literal)} is no integer`, () => {
      assert.equal(pythonInt(literal), undefined);
      assert.ok('reason' in writeInt(literal));
    });
  }

  test('an integer that Python does not read back from decimal text is refused', () => {
    assert.deepEqual(writeInt(`-${'9'.repeat(4300)}`), { text: `-${'9'.repeat(4300)}` });
    assert.ok('reason' in writeInt('9'.repeat(4301)));
    assert.ok('reason' in writeInt(`0x1${'0'.repeat(4000)}`));
    assert.ok('reason' in writeInt('9'.repeat(1_000_000)));
  });

  test('every number has a literal that means it', () => {
    for (const value of [
      0,
      -0,
      1,
      -1.5,
      1e21,
      1e-7,
      5e-324,
      1.7976931348623157e308,
      Infinity,
      -Infinity,
      NaN,
    ]) {
      assert.ok(Object.is(pythonFloat(floatLiteral(value)), value), String(value));
    }
  });
});
