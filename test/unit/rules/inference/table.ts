import assert from 'node:assert/strict';
import { Engine } from '../../../../src/actions/engine';
import { scriptSource } from '../../../../src/program/source';
import { notebookSource } from '../../../support/analysis';
import { testParser } from '../../../support/parser';

/** What a case shows, and its code: `#!` ends a line on which a finding starts; `# %%` lines make it a notebook. */
export type Case = readonly [name: string, code: string];

/** Declares one test per case. */
export function caseTable(rule: string, cases: readonly Case[], prelude = ''): void {
  for (const [name, code] of cases) {
    test(name, async () => {
      const marked = prelude + code.replace(/^\n/, '');
      const wanted = marked.split('\n').flatMap((line, i) => (line.trimEnd().endsWith('#!') ? [i + 1] : []));
      assert.deepEqual(await linesOf(rule, marked.replaceAll(/[ ]*#!$/gm, '')), wanted);
    });
  }
}

/** The one-based lines, counted over all cells, on which a rule reports; nothing may throw. */
async function linesOf(rule: string, text: string): Promise<number[]> {
  const cells = text.split(/^# %%\n/m);
  const isNotebook = cells.length > 1;
  const source = isNotebook
    ? notebookSource('program.ipynb', cells.slice(1))
    : scriptSource('program.py', text);
  const analysis = new Engine(await testParser()).analyze(source);
  assert.deepEqual(analysis.failures, []);
  for (const cell of analysis.facts.cells) assert.equal(cell.syntax.problem, undefined);
  return analysis.findings
    .filter((finding) => finding.rule === rule)
    .map(({ cell, span }) => {
      const before = isNotebook ? cells.slice(0, (cell.cell.index ?? 0) + 1).join('# %%\n') : '';
      const first = before === '' ? 0 : before.split('\n').length;
      return first + cell.lines.positionAt(span.start).line + 1;
    });
}
