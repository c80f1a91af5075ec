import assert from 'node:assert/strict';
import fc from 'fast-check';
import { isConfigKey, toConfigKey, uniqueKey } from '../../../src/config/keys';
import { text } from './values';

suite('keys of a configuration file', () => {
  test('are lower-case names that no YAML reader takes for a value', () => {
    for (const name of ['a', 'data_path', 'lr2', 'x__y_', 'class', 'none', 'nan', 'inf', 'yess', 'e1']) {
      assert.ok(isConfigKey(name), name);
    }
    for (const name of [
      '',
      'A',
      'dataPath',
      '2a',
      '_a',
      'a-b',
      'a b',
      'a\n',
      'é',
      'a:',
      '~',
      'k'.repeat(1001),
    ]) {
      assert.ok(!isConfigKey(name), name);
    }
    for (const name of ['on', 'off', 'yes', 'no', 'y', 'n', 'true', 'false', 'null']) {
      assert.ok(!isConfigKey(name), name);
    }
  });

  const made: readonly (readonly [string, string])[] = [
    ['data_path', 'data_path'],
    ['LEARNING_RATE', 'learning_rate'],
    ['learningRate', 'learning_rate'],
    ['LearningRate', 'learning_rate'],
    ['HTTPServer', 'http_server'],
    ['numGPUs', 'num_gpus'],
    ['userIDs', 'user_ids'],
    ['X_train', 'x_train'],
    ['resnet50Model', 'resnet50_model'],
    ['conv2D', 'conv2d'],
    ['__private__', 'private'],
    ['data.csv', 'data_csv'],
    ['My Model (final).pt', 'my_model_final_pt'],
    ['/Users/researcher/data.csv', 'data_csv'],
    ['C:\\Users\\me\\Train Set.csv', 'train_set_csv'],
    ['out/models/', 'models'],
    ['2020_data.csv', 'value_2020_data_csv'],
    ['größe', 'groe'],
    ['naïve Café', 'naive_cafe'],
    ['ﬁle①', 'file1'],
    ['数据', 'value'],
    ['数据2', 'value_2'],
    ['', 'value'],
    ['///', 'value'],
    ['...', 'value'],
    ['class', 'class_'],
    ['lambda', 'lambda_'],
    ['None', 'none'],
    ['ON', 'on_'],
    ['y', 'y_'],
    ['null', 'null_'],
    ['a\nb\tc', 'a_b_c'],
    ['😀', 'value'],
  ];
  for (const [source, key] of made) {
    test(`${JSON.stringify(source)} gives ${key}`, () => assert.equal(toConfigKey(source), key));
  }

  test('can be made of any text', () => {
    fc.assert(
      fc.property(text, (source) => {
        const key = toConfigKey(source);
        assert.ok(isConfigKey(key) && key.length <= 81, key);
      }),
      { seed: 1, numRuns: 2000 },
    );
  });

  test('are made once: a key is its own key', () => {
    fc.assert(
      fc.property(text, (source) => {
        // Without the `_` of a keyword, which a second pass takes off and puts on again.
        assert.equal(toConfigKey(toConfigKey(source)), toConfigKey(source));
      }),
      { seed: 2, numRuns: 1000 },
    );
  });

  test('get a number where they are taken', () => {
    assert.equal(uniqueKey('path', new Set()), 'path');
    assert.equal(uniqueKey('path', new Set(['path'])), 'path_2');
    assert.equal(uniqueKey('path', new Set(['path', 'path_2', 'path_4'])), 'path_3');
    assert.equal(uniqueKey('class_', new Set(['class_'])), 'class_2');
    assert.ok(isConfigKey(uniqueKey('on_', new Set(['on_']))));
  });
});
