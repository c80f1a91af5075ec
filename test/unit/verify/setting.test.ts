import assert from 'node:assert/strict';
import { parseSetting, setInConfig } from '../../../src/verify/setting';

suite('values that are set on both sides', () => {
  test('literals only', () => {
    for (const [text, value] of [
      ['epochs=1', '1'],
      ['rate = 1e-3', '1e-3'],
      ['x=-.5', '-.5'],
      ['mode="fast run"', '"fast run"'],
      ['flag=True', 'True'],
    ] as const) {
      const setting = parseSetting(text);
      assert.deepEqual('reason' in setting ? setting.reason : setting.value, value);
    }
    for (const text of [
      'epochs',
      '=1',
      'a.b=1',
      'x=__import__("os")',
      'x=fast',
      'x=',
      'x="a" + "b"',
      'x="""a"""',
    ]) {
      assert.ok('reason' in parseSetting(text), text);
    }
  });

  test('a key of config.yaml', () => {
    const setting = { name: 'epochs', value: '1' };
    assert.equal(
      setInConfig('train:\n  epochs: 50  # long\nrate: 2\n', setting),
      'train:\n  epochs: 1  # long\nrate: 2\n',
    );
    assert.equal(setInConfig('my_epochs: 50\n', setting), undefined);
    assert.equal(setInConfig('flag: true\n', { name: 'flag', value: 'None' }), 'flag: null\n');
  });
});
