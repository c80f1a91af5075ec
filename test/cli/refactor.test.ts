import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import type { ChangeOutput } from '../support/contract';
import { snapshot } from '../support/folders';
import { notebookText } from '../unit/cli/support';
import { inPlace } from './support';

const SCRIPT = 'import pandas as pd\n\ndata = pd.read_csv("data.csv")\nother = pd.read_csv("/mnt/b.csv")\n';

suite('graduate refactor paths-to-config', () => {
  test('a script', () =>
    inPlace({ 'requirements.txt': 'pandas\n', 'sub/a.py': SCRIPT }, async (place) => {
      const answer = await place.run(['refactor', 'paths-to-config', 'sub/a.py', '--format', 'json']);
      assert.deepEqual([answer.status, answer.stderr], [0, '']);
      const output = answer.json as ChangeOutput;
      assert.deepEqual(Object.keys(output), ['version', 'status', 'written', 'notes', 'refusals']);
      assert.deepEqual(
        [output.version, output.status, output.written],
        [1, 'done', ['requirements.txt', 'sub/a.py', 'sub/config.yaml']],
      );
      assert.doesNotMatch(place.read('sub/a.py'), /\.csv/);
      const again = (await place.run(['refactor', 'paths-to-config', 'sub/a.py', '--format=json'])).json;
      assert.deepEqual(again, { version: 1, status: 'nothing', written: [], notes: [], refusals: [] });
    }));

  test('a folder: one configuration for all programs', () =>
    inPlace(
      {
        'requirements.txt': 'pandas\n',
        'p/a.py': SCRIPT,
        'p/inner/requirements.txt': 'pandas\n',
        'p/n.ipynb': notebookText('import pandas as pd\nd = pd.read_csv("data.csv")'),
      },
      async (place) => {
        const answer = await place.run(['refactor', 'paths-to-config', 'p']);
        assert.equal(answer.status, 0, answer.stderr);
        assert.match(place.read('p/config.yaml'), /data\.csv/);
        assert.match(place.read('p/n.ipynb'), /read_csv\(config\[/);
        assert.match(place.read('p/a.py'), /read_csv\(config\[/);
      },
    ));

  test('nothing of the kind', () =>
    inPlace({ 'a.py': 'x = 1\n', 'empty/': '' }, async (place) => {
      for (const target of ['a.py', 'empty']) {
        const answer = await place.run(['refactor', 'paths-to-config', target]);
        assert.deepEqual([answer.status, answer.stdout], [0, 'paths-to-config: nothing to do here\n']);
      }
    }));

  test('refused: status 3, the reasons with their places, nothing written', () =>
    inPlace(
      { 'a.py': `import inspect, sys\nprint(inspect.getsource(sys.modules[__name__]))\n${SCRIPT}` },
      async (place) => {
        const before = snapshot(place.folder);
        const answer = await place.run(['refactor', 'paths-to-config', 'a.py', '--format', 'json']);
        assert.equal(answer.status, 3);
        const output = answer.json as ChangeOutput;
        assert.deepEqual([output.status, output.written], ['refused', []]);
        assert.ok(output.refusals.every((refusal) => refusal.path === 'a.py' && refusal.reason !== ''));
        const text = await place.run(['refactor', 'paths-to-config', 'a.py']);
        assert.equal(text.status, 3);
        assert.match(text.stdout, /^a\.py:\d+: refused: \S/m);
        assert.deepEqual(snapshot(place.folder), before);
      },
    ));

  test('--diff: standard output is the diff alone', () =>
    inPlace({ 'a.py': SCRIPT }, async (place) => {
      const before = snapshot(place.folder);
      const answer = await place.run(['refactor', 'paths-to-config', 'a.py', '--diff']);
      assert.equal(answer.status, 0);
      assert.match(answer.stdout, /^--- a\/a\.py\n/);
      assert.doesNotMatch(answer.stdout, /paths-to-config:/);
      assert.deepEqual(snapshot(place.folder), before);
    }));

  test('a file that is missing or unreadable: status 2 and one line', () =>
    inPlace({ 'broken.ipynb': '{' }, async (place) => {
      for (const target of ['gone.py', 'broken.ipynb', 'gone/']) {
        const answer = await place.run(['refactor', 'paths-to-config', target, '--format', 'json']);
        assert.deepEqual([answer.status, answer.stdout, answer.complaints.length], [2, '', 1]);
      }
    }));

  test('a link that leads out of the project is not followed', () =>
    inPlace({ 'p/requirements.txt': '', 'real.py': SCRIPT }, async (place) => {
      fs.symlinkSync('../real.py', path.join(place.folder, 'p', 'link.py'));
      const answer = await place.run(['refactor', 'paths-to-config', 'p/link.py']);
      assert.equal(answer.status, 2);
      assert.match(answer.stderr, /^graduate: p\/link\.py: the link leads out of the project\n$/);
      assert.equal(place.read('real.py'), SCRIPT);
      assert.match((await place.run(['check', 'p'])).stdout, /No Python scripts/);
    }));

  test('a configuration that appears meanwhile is never overwritten, nor one that is a link', () =>
    inPlace({ 'a.py': SCRIPT }, async (place) => {
      fs.symlinkSync('/nowhere/config.yaml', path.join(place.folder, 'config.yaml'));
      const answer = await place.run(['refactor', 'paths-to-config', 'a.py']);
      assert.notEqual(answer.status, 0);
      assert.equal(place.read('a.py'), SCRIPT);
      assert.ok(fs.lstatSync(path.join(place.folder, 'config.yaml')).isSymbolicLink());
    }));
});
