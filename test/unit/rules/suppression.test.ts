import assert from 'node:assert/strict';
import { scriptSource } from '../../../src/program/source';
import { analyse, notebookSource } from '../../support/analysis';

const rules = async (...args: Parameters<typeof analyse>): Promise<string[]> =>
  (await analyse(...args)).findings.map(({ rule }) => rule);

suite('suppression comments on lines of a shell', () => {
  const SILENT = [
    '!pip install umap-learn  # graduate: ignore[install-in-notebook]',
    '%pip install umap-learn  # graduate: ignore[install-in-notebook] the image has it',
    '!nvidia-smi  # graduate: ignore',
    '%%bash\npip install a  # graduate: ignore[install-in-notebook]',
  ];
  for (const cell of SILENT) {
    test(`silent: ${cell}`, async () => assert.deepEqual(await rules(notebookSource('n.ipynb', [cell])), []));
  }

  const FIRES: readonly (readonly [string, string])[] = [
    ['!pip install umap-learn  # graduate: ignore[shell-in-notebook]', 'install-in-notebook'],
    ['!pip install "a # graduate: ignore"', 'install-in-notebook'],
    ['!pip install a# graduate: ignore', 'install-in-notebook'],
    ['%%bash\n# graduate: ignore[install-in-notebook]\npip install a', 'install-in-notebook'],
  ];
  for (const [cell, rule] of FIRES) {
    test(`fires: ${cell}`, async () => {
      assert.deepEqual(await rules(notebookSource('n.ipynb', [cell])), [rule]);
    });
  }
});

suite('a carriage return alone', () => {
  const LOAD = 'import pandas as pd\n# where it lies\rdf = pd.read_csv("/Users/petra/data.csv")\n';

  test('ends a comment, in scripts and cells', async () => {
    assert.deepEqual(await rules(scriptSource('a.py', LOAD)), ['hard-coded-path']);
    assert.deepEqual(await rules(notebookSource('n.ipynb', [LOAD])), ['hard-coded-path']);
  });

  test('positions stay those of the text', async () => {
    const { findings } = await analyse(scriptSource('a.py', LOAD));
    assert.deepEqual(
      findings.map(({ cell, span }) => cell.cell.source.slice(span.start, span.end)),
      ['"/Users/petra/data.csv"'],
    );
  });
});
