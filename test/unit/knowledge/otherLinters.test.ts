import assert from 'node:assert/strict';
import { rulesOfOthers, rulesSaidBy } from '../../../src/knowledge/otherLinters';

suite('other linters', () => {
  test('their codes as editors show them', () => {
    assert.deepEqual([...rulesSaidBy('Ruff', 'S301')], ['unsafe-model-load']);
    assert.deepEqual([...rulesSaidBy('sonarqube', 'python:S6985')], ['unsafe-model-load']);
    assert.deepEqual([...rulesSaidBy('SonarLint', 'S6982')], ['inference-without-eval']);
    assert.deepEqual([...rulesSaidBy('Pylance', 'reportUndefinedVariable')].sort(), [
      'undefined-in-notebook',
      'use-before-definition',
    ]);
  });

  test('a code of another linter, or one that says something else, is nobody’s', () => {
    assert.equal(rulesSaidBy('Pylance', 'S301').size, 0);
    assert.equal(rulesSaidBy('Ruff', 'E501').size, 0);
    assert.equal(rulesSaidBy('graduate', 'hard-coded-path').size, 0);
  });

  test('nobody else reports paths, missing gradients mode, or frames in models', () => {
    const rules = rulesOfOthers();
    for (const own of ['hard-coded-path', 'inference-without-no-grad', 'frame-into-torch-model']) {
      assert.equal(rules.has(own), false, own);
    }
    for (const rule of rules) assert.match(rule, /^[a-z]+(-[a-z]+)+$/);
  });
});
