import assert from 'node:assert/strict';
import { analyse, places } from '../../../support/analysis';
import type { ProgramSource } from '../../../../src/program/source';

/** A suite for one rule: programs without a finding, and programs with their places (`line:column severity`). */
export function judgeRule(
  rule: string,
  silent: Readonly<Record<string, string | ProgramSource>>,
  firing: Readonly<Record<string, readonly [code: string | ProgramSource, expected: readonly string[]]>>,
): void {
  suite(rule, () => {
    for (const [name, code] of Object.entries(silent)) {
      test(`silent: ${name}`, async () => {
        assert.deepEqual(places(await analyse(code), rule), []);
      });
    }
    for (const [name, [code, expected]] of Object.entries(firing)) {
      test(`fires: ${name}`, async () => {
        assert.deepEqual(places(await analyse(code), rule), expected);
      });
    }
  });
}
