import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { rulePage } from '../../src/rules/page';
import { RULES } from '../../src/rules/registry';
import type { ProgramSource } from '../../src/program/source';
import { scriptSource } from '../../src/program/source';
import { analyse, places } from '../support/analysis';
import { percentSource } from '../support/percent';

const folder = path.join(__dirname, '..', '..', 'docs', 'rules');

/** `# %%` lines make an example a notebook, with counts and outputs as in the labelled cases. */
function sourceOf(example: string): ProgramSource {
  if (!/^# %%/m.test(example)) return scriptSource('example.py', example);
  return percentSource(example, 'example.ipynb');
}

suite('rule pages', () => {
  for (const rule of RULES) {
    test(`${rule.name}: the example shows the pattern`, async () => {
      const analysis = await analyse(sourceOf(rule.page.example));
      assert.notDeepEqual(places(analysis, rule.name), []);
      const own = analysis.findings.filter((finding) => finding.rule === rule.name);
      for (const fix of own.flatMap((finding) => finding.fixes))
        assert.ok(rule.fixes.includes(fix.kind), fix.kind);
    });
    test(`${rule.name}: what to use instead is silent`, async () => {
      const { findings } = await analyse(sourceOf(rule.page.instead));
      assert.deepEqual(
        findings.filter((finding) => finding.rule === rule.name).map((finding) => finding.message),
        [],
      );
    });
    test(`${rule.name}: the page is filled in`, () => {
      for (const part of [rule.page.what, rule.page.why, rule.page.fixSafety, rule.page.whenNot]) {
        assert.match(part, /^[A-Z"`].*\.$/s);
      }
    });
  }

  test('docs/rules is up to date (npx tsx scripts/rule-pages.ts)', () => {
    assert.deepEqual(fs.readdirSync(folder).sort(), RULES.map((rule) => `${rule.name}.md`).sort());
    for (const rule of RULES) {
      const written = fs.readFileSync(path.join(folder, `${rule.name}.md`), 'utf8');
      assert.equal(written, rulePage(rule), `${rule.name}.md is stale`);
    }
  });
});
