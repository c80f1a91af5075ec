import assert from 'node:assert/strict';
import { projectFacts } from '../../../src/readiness/facts';
import { factsReport, placeName } from '../../../src/readiness/report';
import { probeInput } from './support';

suite('readiness: report', () => {
  test('each fact with its outcome, its evidence and what it cannot see', async () => {
    const facts = await projectFacts(await probeInput({ 'a_b.py': 'import pandas as pd\nprint(1)\n' }));
    const text = factsReport(facts, ({ path, line }) => `file:///${path}#L${(line ?? 0) + 1}`);
    assert.match(text, /^## Logging: no$/m);
    assert.match(text, /^\*\*Nothing is logged\.\*\*$/m);
    assert.match(text, /^- \[a\\_b\.py, line 2\]\(file:\/\/\/a_b\.py#L2\): prints instead$/m);
    assert.equal(text.match(/^\*Not to be seen here:\*/gm)?.length, facts.length);
  });

  test('a program in no folder can be told from its code, not from files', async () => {
    const input = await probeInput({ 'a.py': 'import pandas\n' });
    const alone = await projectFacts({ ...input, files: { paths: [], top: [], isComplete: true } });
    const outcomes = alone.map(({ probe, outcome }) => `${probe.id} ${outcome}`);
    assert.ok(outcomes.includes('logging no'));
    assert.ok(outcomes.includes('dependencies unknown'));
    assert.ok(outcomes.includes('tests unknown'));
    assert.ok(outcomes.includes('notebook-outputs unknown'));
  });

  test('places as people read them', () => {
    assert.equal(placeName({ path: 'a/n.ipynb', cell: 2, line: 0 }), 'a/n.ipynb, cell 3, line 1');
    assert.equal(
      placeName({ path: '/file//home/petra/a.py', cell: null, line: 4 }),
      '/home/petra/a.py, line 5',
    );
    assert.equal(placeName({ path: '/untitled:/Untitled-1', cell: null, line: null }), 'Untitled-1');
    assert.equal(placeName({ path: '/vscode-remote/host/home/a.py', cell: null, line: null }), '/home/a.py');
  });
});
