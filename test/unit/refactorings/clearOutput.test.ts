import assert from 'node:assert/strict';
import { Engine } from '../../../src/actions/engine';
import { offersAt, resolveOffer } from '../../../src/actions/table';
import { editedFile } from '../../../src/cli/apply';
import { unifiedDiff } from '../../../src/cli/diff';
import { readNotebook } from '../../../src/program/notebook/read';
import { notebookSource } from '../../../src/program/notebook/toSource';
import { readPercent, toNotebook } from '../../cases/percentNotebook';
import { memoryWorkspace } from '../../support/analysis';
import { testParser } from '../../support/parser';

const SECRET = 'postgresql://reader:m4rsh-Tulip9@warehouse:5432/ml';
const ENCODING = { kind: 'json', encoding: 'utf-8', bom: false } as const;

function json(percent: string): string {
  return toNotebook(readPercent(percent));
}

/** The file's text after the fix of every finding, or undefined if there is none. */
async function cleared(text: string): Promise<string | undefined> {
  const engine = new Engine(await testParser());
  let present = text;
  for (let round = 0; ; round++) {
    const notebook = readNotebook(present);
    assert.ok(!('reason' in notebook) && round < 10);
    const analysis = engine.analyze(notebookSource('n.ipynb', notebook));
    const finding = analysis.findings.find(({ rule }) => rule === 'credential-in-output');
    if (!finding) return round === 0 ? undefined : present;
    const { offers } = offersAt(analysis, { cell: finding.cell.cell.index, ...finding.span });
    const [offer] = offers.filter(({ findings }) => findings.includes(finding));
    assert.equal(offer?.kind, 'keeps');
    assert.equal(offer.isPreferred, true);
    const outcome = await resolveOffer(offer, analysis, {
      engine,
      workspace: memoryWorkspace({}),
      loadProgram: () => Promise.resolve(undefined),
    });
    assert.equal(outcome.status, 'done');
    const [file, ...others] = outcome.status === 'done' ? outcome.change.files : [];
    assert.ok(file && others.length === 0);
    const edited = editedFile(file, { text: present, encoding: ENCODING }, 'json');
    assert.ok('text' in edited);
    present = edited.text;
  }
}

suite('Clearing outputs that hold a secret', () => {
  test('that output goes, the others and everything else stay byte by byte', async () => {
    const file = (output: string): string =>
      json(
        `# %% [count=1] [output=fine]\na = 1\n# %% [markdown]\n# é\n# %% [count=7] ${output}[html=<b>2</b>]\n\nprint(a)\n`,
      );
    assert.equal(await cleared(file(`[output=${SECRET}] `)), file(''));
  });
  test('several at once, and in several cells', async () => {
    const file = (first: string, second: string): string =>
      json(`# %% [count=1] ${first}\na\n# %% [count=2] ${second}\nb\n`);
    const before = file(`[output=${SECRET}] [result=1] [error=E: ${SECRET}]`, `[result='${SECRET}']`);
    assert.equal(await cleared(before), file('[result=1]', ''));
  });
  test('nothing to do', async () => {
    assert.equal(await cleared(json('# %% [count=1] [output=fine]\na\n')), undefined);
  });
  test('a diff says how many, not what', async () => {
    const before = json(`# %% [count=1] [output=${SECRET}] [result=1]\na\n`);
    const text = (await cleared(before))!;
    const content = { text: before, bytes: new Uint8Array(), encoding: ENCODING };
    const diff = unifiedDiff({ path: 'n.ipynb', before: content, text, encoding: ENCODING }, 'n.ipynb');
    assert.equal(
      diff.split('\n').slice(2).join('\n'),
      '@@ -1,1 +0,0 @@ # %% cell 1, outputs\n-(saved output)\n',
    );
  });
  test('an empty cell', async () => {
    assert.equal(await cleared(json(`# %% [count=1] [output=${SECRET}]\n`)), json('# %% [count=1]\n'));
  });
});
