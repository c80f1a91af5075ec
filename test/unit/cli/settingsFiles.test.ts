import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { discover } from '../../../src/cli/discovery';
import { SettingsFiles } from '../../../src/cli/settingsFiles';
import { withFolder } from '../../support/folders';
import { writeTree } from './support';

const found = (paths: readonly string[], cwd: string, settings = new SettingsFiles()): string[] =>
  discover(paths, cwd, settings).files.map((file) => file.shown);

suite('cli: settings and what is found', () => {
  test('exclude, with .gitignore beside it; neither takes back what the other leaves out', () =>
    withFolder(async (folder) => {
      writeTree(folder, {
        '.git/': '',
        '.gitignore': 'generated/\nkept.py\n',
        '.graduate.yaml': 'exclude: [scratch, "*.bak.py", "!kept.py", "!generated"]\n',
        'a.py': '',
        'a.bak.py': '',
        'kept.py': '',
        'scratch/b.py': '',
        'deep/scratch/b.py': '',
        'deep/c.py': '',
        'generated/d.py': '',
      });
      assert.deepEqual(found(['.'], folder), ['a.py', 'deep/c.py']);
      assert.deepEqual(found(['deep'], folder), ['deep/c.py']);
      assert.deepEqual(found(['.'], path.join(folder, 'deep')), ['c.py']);
    }));

  test('what is named is checked, a folder with what is in it', () =>
    withFolder(async (folder) => {
      writeTree(folder, {
        '.git/': '',
        'pyproject.toml': '[tool.graduate]\nexclude = ["scratch", "b.py"]\nnotebooks = false\n',
        'scratch/b.py': '',
        'scratch/c.py': '',
        'scratch/deep/d.py': '',
        'scratch/n.ipynb': '',
        'n.ipynb': '',
        'b.py': '',
      });
      assert.deepEqual(found(['.'], folder), []);
      assert.deepEqual(found(['b.py', 'n.ipynb'], folder), ['b.py', 'n.ipynb']);
      assert.deepEqual(found(['scratch'], folder), ['scratch/b.py', 'scratch/c.py', 'scratch/deep/d.py']);
      assert.deepEqual(found(['scratch/deep'], folder), ['scratch/deep/d.py']);
      // Each argument for itself.
      assert.deepEqual(found(['scratch/deep', '.'], folder), ['scratch/deep/d.py']);
    }));

  test('the nearest file alone counts, its patterns from its own folder', () =>
    withFolder(async (folder) => {
      writeTree(folder, {
        '.git/': '',
        '.graduate.yaml': 'exclude: [/x.py]\nnotebooks: false\n',
        'x.py': '',
        'a/x.py': '',
        'a/y.py': '',
        'a/n.ipynb': '',
        'a/.graduate.yaml': 'exclude: [/y.py]\n',
        'n.ipynb': '',
      });
      assert.deepEqual(found(['.'], folder), ['a/n.ipynb', 'a/x.py']);
    }));

  test('no settings above the repository', () =>
    withFolder(async (folder) => {
      writeTree(folder, {
        '.graduate.yaml': 'exclude: [a.py]\n',
        'repo/.git/': '',
        'repo/a.py': '',
        'b/a.py': '',
      });
      assert.deepEqual(found(['repo', 'b'], folder), ['repo/a.py']);
    }));

  test('without settings handed in, all is found', () =>
    withFolder(async (folder) => {
      writeTree(folder, { '.graduate.yaml': 'exclude: ["*"]\n', 'a.py': '' });
      assert.equal(discover(['.'], folder).files.length, 1);
    }));
});

suite('cli: settings of a file', () => {
  test('severities by its path from the settings file', () =>
    withFolder(async (folder) => {
      writeTree(folder, {
        '.graduate.yaml': 'rules: {hard-coded-path: error}\nper-file: {a/tests: {hard-coded-path: off}}\n',
      });
      const settings = new SettingsFiles();
      const severity = (file: string): unknown =>
        settings.severitiesOf(path.join(folder, file))?.get('hard-coded-path');
      assert.deepEqual(['a/b.py', 'a/tests/c.py', 'tests/c.py'].map(severity), ['error', 'off', 'error']);
    }));

  test('problems once per file, in order; broken files are known', () =>
    withFolder(async (folder) => {
      writeTree(folder, {
        'b/.graduate.yaml': 'nothing: 1\nnobody: 2\n',
        'a/.graduate.yaml': Buffer.from('# \xff\n', 'latin1'),
        'a/pyproject.toml': '[tool.graduate]\n',
      });
      const settings = new SettingsFiles();
      settings.of(path.join(folder, 'b/deep'));
      settings.of(path.join(folder, 'b'));
      settings.of(path.join(folder, 'a'));
      assert.deepEqual(
        settings
          .problems()
          .map(({ absolute, range, severity }) => [
            path.relative(folder, absolute),
            range.start.line,
            severity,
          ]),
        [
          ['a/.graduate.yaml', 0, 'error'],
          ['a/pyproject.toml', 0, 'warning'],
          ['b/.graduate.yaml', 0, 'error'],
          ['b/.graduate.yaml', 1, 'error'],
        ],
      );
      assert.ok(settings.areBroken(path.join(folder, 'a/x.py')));
      assert.ok(!settings.areBroken(path.join(folder, 'x.py')));
    }));

  test('a folder of that name is no settings file', () =>
    withFolder(async (folder) => {
      fs.mkdirSync(path.join(folder, '.graduate.yaml'));
      assert.deepEqual(
        new SettingsFiles().of(folder)?.found.problems.map(({ message }) => message),
        ['is a folder'],
      );
    }));
});
