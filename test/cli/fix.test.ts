import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import type { ChangeOutput } from '../support/contract';
import { snapshot } from '../support/folders';
import { notebookText } from '../unit/cli/support';
import { type Files, inPlace } from './support';

const SCRIPT = 'import pandas as pd\n\ndata = pd.read_csv("data.csv")\n';
const STALE = 'x = 1  # graduate: ignore[hard-coded-path]\n';
const PROJECT: Files = {
  'requirements.txt': 'pandas\n',
  'a.py': SCRIPT,
  'n.ipynb': notebookText('#md Title', 'import pandas as pd', 'table = pd.read_csv("/mnt/t.csv")'),
};

suite('graduate fix', () => {
  test('writes, and a second run has nothing to do', () =>
    inPlace(PROJECT, async (place) => {
      const first = await place.run(['fix', '--format', 'json']);
      assert.deepEqual([first.status, first.stderr], [0, '']);
      const output = first.json as ChangeOutput;
      assert.deepEqual(Object.keys(output), ['version', 'status', 'written', 'notes', 'refusals']);
      assert.equal(output.status, 'done');
      assert.deepEqual(output.written, ['a.py', 'config.yaml', 'n.ipynb', 'requirements.txt']);
      assert.match(place.read('a.py'), /data = pd\.read_csv\(config\[/);
      assert.match(place.read('config.yaml'), /data\.csv/);
      const files = snapshot(place.folder);
      const second = await place.run(['fix', '--format', 'json']);
      assert.equal(second.status, 0);
      assert.deepEqual(
        [(second.json as ChangeOutput).status, (second.json as ChangeOutput).written],
        ['nothing', []],
      );
      assert.deepEqual(snapshot(place.folder), files);
    }));

  test('--diff writes nothing, and git applies it', () => {
    const files: Files = { 'requirements.txt': 'pandas\n', 'sub/a.py': SCRIPT.replaceAll('\n', '\r\n') };
    return inPlace(files, (place) =>
      inPlace(files, async (copy) => {
        const before = snapshot(place.folder);
        const answer = await place.run(['fix', '--diff']);
        assert.equal(answer.status, 0);
        assert.deepEqual(snapshot(place.folder), before);
        const options = { cwd: copy.folder, input: answer.stdout, encoding: 'utf8' } as const;
        const applied = spawnSync('git', ['apply', '-'], options);
        assert.equal(applied.status, 0, applied.stderr);
        await place.run(['fix']);
        assert.deepEqual(snapshot(copy.folder), snapshot(place.folder));
      }),
    );
  });

  test('--diff shows notebooks cell by cell, and in JSON as one more field', () =>
    inPlace(PROJECT, async (place) => {
      const answer = await place.run(['fix', '--diff', 'n.ipynb']);
      assert.match(answer.stdout, /^@@ .* @@ # %% cell 3$/m);
      assert.match(answer.stdout, /^\+table = pd\.read_csv\(config\["t_path"\]\)$/m);
      const output = (await place.run(['fix', '--diff', '--format', 'json'])).json as ChangeOutput & {
        diff: string;
      };
      assert.deepEqual([output.status, output.written], ['done', []]);
      assert.match(output.diff, /^--- a\/a\.py$/m);
    }));

  test('--rule chooses', () =>
    inPlace({ 'a.py': STALE + SCRIPT }, async (place) => {
      await place.run(['fix', '--rule', 'unused-suppression', '.']);
      assert.match(place.read('a.py'), /^x = 1\n/);
      assert.match(place.read('a.py'), /read_csv\("data\.csv"\)/);
      await place.run(['fix', '--rule', 'unused-suppression', 'hard-coded-path']);
      assert.match(place.read('a.py'), /read_csv\(config\[/);
    }));

  test('a refusal is listed and is no failure', () =>
    inPlace(
      { 'a.py': `import inspect, sys\nprint(inspect.getsource(sys.modules[__name__]))\n${SCRIPT}` },
      async (place) => {
        const answer = await place.run(['fix', '--format', 'json']);
        assert.equal(answer.status, 0);
        const output = answer.json as ChangeOutput;
        assert.equal(output.status, 'nothing');
        assert.deepEqual(Object.keys(output.refusals[0] ?? {}), ['path', 'cell', 'line', 'reason']);
        assert.match((await place.run(['fix'])).stdout, /^a\.py:\d+: refused: \S/m);
      },
    ));

  test('what cannot be read does not stop the others', () =>
    inPlace({ ...PROJECT, 'broken.ipynb': '{' }, async (place) => {
      const answer = await place.run(['fix', '--format', 'json']);
      assert.equal(answer.status, 2);
      assert.match(answer.stderr, /^graduate: broken\.ipynb:1:\d+: the notebook is not valid JSON[^\n]*\n$/);
      assert.equal((answer.json as ChangeOutput).status, 'done');
      assert.equal(place.read('broken.ipynb'), '{');
    }));

  test('modes, line ends, byte-order marks and outputs stay', () =>
    inPlace(
      { 'a.py': `\ufeff${STALE}`.replaceAll('\n', '\r\n'), 'n.ipynb': notebookText(STALE) },
      async (place) => {
        fs.chmodSync(path.join(place.folder, 'a.py'), 0o755);
        const notebook = place.read('n.ipynb');
        await place.run(['fix']);
        assert.equal(place.read('a.py'), '\ufeffx = 1\r\n');
        assert.equal(fs.statSync(path.join(place.folder, 'a.py')).mode & 0o777, 0o755);
        assert.equal(place.read('n.ipynb'), notebook.replace('  # graduate: ignore[hard-coded-path]', ''));
      },
    ));
});
