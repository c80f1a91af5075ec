import assert from 'node:assert/strict';
import { groupFindings, countUrgent } from '../../../src/vscode/readiness/groups';
import { hasPythonKernel } from '../../../src/vscode/documents/kernel';
import { readSeverities } from '../../../src/vscode/settings';
import type { Severity } from '../../../src/rules/rule';

suite('severities from settings', () => {
  test('what is right counts, what is wrong is said', () => {
    const { severities, problems } = readSeverities({
      'hard-coded-path': 'error',
      'use-before-definition': 'loud',
      'no-such-rule': 'off',
    });
    assert.deepEqual([...severities], [['hard-coded-path', 'error']]);
    assert.equal(problems.length, 2);
  });

  test('nothing set, and nonsense', () => {
    assert.equal(readSeverities(undefined).problems.length, 0);
    for (const value of ['off', 3, ['off']]) {
      const { severities, problems } = readSeverities(value);
      assert.equal(severities.size, 0);
      assert.equal(problems.length, 1);
    }
  });
});

suite('the kernel of an open notebook', () => {
  const kernelspec = { name: 'ir', language: 'R', display_name: 'R' };

  test('as newer and older versions of VS Code keep it', () => {
    assert.equal(hasPythonKernel({ metadata: { kernelspec } }), false);
    assert.equal(hasPythonKernel({ custom: { metadata: { kernelspec } } }), false);
  });

  test('Python where nothing is said', () => {
    assert.equal(hasPythonKernel({}), true);
    assert.equal(hasPythonKernel({ metadata: { language_info: { name: 'python' } } }), true);
  });
});

suite('findings in groups', () => {
  const finding = (rule: string, severity: Severity, at: number) => ({ finding: { rule, severity }, at });
  const findings = [
    finding('hard-coded-path', 'hint', 1),
    finding('unused-suppression', 'hint', 2),
    finding('use-before-definition', 'error', 3),
    finding('hard-coded-path', 'warning', 4),
  ];

  test('by family in the order of the catalogue, each with its worst severity', () => {
    const groups = groupFindings(findings);
    assert.deepEqual(
      groups.map(({ title, count, worst }) => [title, count, worst]),
      [
        ['Notebook', 1, 'error'],
        ['Configuration', 2, 'warning'],
        ['Suppressions', 1, 'hint'],
      ],
    );
    assert.deepEqual(
      groups[1]!.rules[0]!.findings.map(({ at }) => at),
      [1, 4],
    );
  });

  test('the badge counts warnings and errors', () => {
    assert.equal(countUrgent(findings), 2);
    assert.equal(countUrgent([]), 0);
  });
});
