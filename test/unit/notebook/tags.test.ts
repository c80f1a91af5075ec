import assert from 'node:assert/strict';
import { readNotebook } from '../../../src/program/notebook/read';
import { notebookSource } from '../../../src/program/notebook/toSource';
import { analyse, places } from '../../support/analysis';

const CODE = 'open("/data/a.csv")\n';

function notebookText(metadata: readonly object[]): string {
  const cells = metadata.map((each) => ({
    ...{ cell_type: 'code', execution_count: null, outputs: [], source: [CODE] },
    metadata: each,
  }));
  return JSON.stringify({ cells, metadata: {}, nbformat: 4, nbformat_minor: 4 });
}

function sourceOf(metadata: readonly object[]) {
  const notebook = readNotebook(notebookText(metadata));
  if ('reason' in notebook) throw new Error(notebook.reason);
  return notebookSource('n.ipynb', notebook);
}

suite('tags of cells', () => {
  test('are read from the metadata; what is no list of texts is none', () => {
    const { cells } = sourceOf([
      { tags: ['parameters', 'x'] },
      {},
      { tags: [] },
      { tags: 'parameters' },
      { tags: [1, 'y'] },
    ]);
    assert.deepEqual(
      cells.map(({ tags }) => tags),
      [['parameters', 'x'], undefined, undefined, undefined, ['y']],
    );
  });

  test('say which cells are configuration already', async () => {
    const analysis = await analyse(
      sourceOf([{ tags: ['parameters'] }, {}, { tags: ['injected-parameters'] }, { tags: ['remove-input'] }]),
    );
    assert.deepEqual(places(analysis, 'hard-coded-path'), ['1/1:5 warning', '3/1:5 warning']);
  });
});
