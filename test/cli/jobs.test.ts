import assert from 'node:assert/strict';
import type { CheckOutput } from '../support/contract';
import { notebookText } from '../unit/cli/support';
import { type Files, inPlace } from './support';

const CODE = 'import pandas as pd\n\ndata = pd.read_csv("/Users/petra/data.csv")\n';

/** A project in which something happens in every way that there is, in many files. */
function project(): Files {
  const files: Record<string, string | Uint8Array> = {
    'pyproject.toml': '[tool.graduate.per-file."*5.py"]\nhard-coded-path = "error"\n',
    'shared.py': 'DATA = "/Users/petra/all.csv"\n',
    'broken.ipynb': '{"cells": [',
    'old.py': 'print "x"\n',
    'latin.py': Buffer.from('y = "é"\n', 'latin1'),
  };
  for (let i = 0; i < 8; i++) {
    files[`pkg/m${i}.py`] = CODE.repeat(i % 4);
    files[`pkg/use${i}.py`] = 'import pandas as pd\nfrom shared import DATA\n\npd.read_csv(DATA)\n';
    files[`n${i}.ipynb`] = notebookText('#md Title', CODE, 'print(total)', 'total = 1');
  }
  return files;
}

suite('graduate check --jobs', () => {
  for (const format of ['text', 'json', 'sarif']) {
    test(`${format}: the same with any number, on both streams`, () =>
      inPlace(project(), async (place) => {
        const one = await place.run(['check', '--format', format, '--jobs', '1']);
        assert.equal(one.status, 2);
        assert.equal(one.complaints.length, 3, one.stderr);
        for (const jobs of ['2', '5']) {
          const several = await place.run(['check', '--format', format, '--jobs', jobs]);
          assert.deepEqual([several.status, several.stderr], [one.status, one.stderr]);
          assert.equal(several.stdout, one.stdout);
        }
      }));
  }

  test('all files are there, in their order', () =>
    inPlace(project(), async (place) => {
      const output = (await place.run(['check', '--format', 'json', '--jobs', '3'])).json as CheckOutput;
      assert.equal(output.files, 26);
      const paths = [...new Set(output.diagnostics.map(({ path }) => path))];
      assert.deepEqual(
        paths,
        [...paths].sort((a, b) => (a < b ? -1 : 1)),
      );
    }));

  test('without a number the same', () =>
    inPlace(project(), async (place) => {
      const [one, unsaid] = [await place.run(['check', '--jobs', '1']), await place.run(['check'])];
      assert.deepEqual([unsaid.stdout, unsaid.stderr], [one.stdout, one.stderr]);
    }));

  test('more jobs than files, and one file', () =>
    inPlace({ 'a.py': CODE }, async (place) => {
      assert.match((await place.run(['check', '--jobs', '16'])).stdout, /^1 finding /m);
    }));
});
