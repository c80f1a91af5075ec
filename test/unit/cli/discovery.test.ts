import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { discover } from '../../../src/cli/discovery';
import { projectRoot } from '../../../src/cli/root';
import { withFolder } from '../../support/folders';
import { writeTree } from './support';

const shown = (paths: readonly string[], cwd: string): string[] =>
  discover(paths, cwd).files.map((file) => file.shown);

suite('cli: discovery', () => {
  test('scripts and notebooks, by name, and nothing else', () =>
    withFolder(async (folder) => {
      writeTree(folder, {
        'b.py': '',
        'a.ipynb': '',
        'Z.py': '',
        'note.md': '',
        'c.pyc': '',
        'sub/d.py': '',
        'x.py/inner.py': '',
      });
      assert.deepEqual(shown(['.'], folder), ['Z.py', 'a.ipynb', 'b.py', 'sub/d.py', 'x.py/inner.py']);
    }));

  test('paths are relative to the working directory, also above it', () =>
    withFolder(async (folder) => {
      writeTree(folder, { 'a/x.py': '', 'b/y.py': '' });
      assert.deepEqual(shown(['../a', path.join(folder, 'b/y.py')], path.join(folder, 'b')), [
        '../a/x.py',
        'y.py',
      ]);
    }));

  test('folders of tools, environments and packages are skipped below the start', () =>
    withFolder(async (folder) => {
      writeTree(folder, {
        '.git/hook.py': '',
        'node_modules/n.py': '',
        '__pycache__/p.py': '',
        '.ipynb_checkpoints/c.ipynb': '',
        'env/pyvenv.cfg': '',
        'env/bin/e.py': '',
        'conda/conda-meta/': '',
        'conda/lib/e.py': '',
        'lib/site-packages/s.py': '',
        '.hidden/h.py': '',
      });
      assert.deepEqual(shown(['.'], folder), ['.hidden/h.py']);
      assert.deepEqual(shown(['node_modules', 'env'], folder), ['node_modules/n.py', 'env/bin/e.py']);
    }));

  test('a named file is taken whatever it is called, and no file twice', () =>
    withFolder(async (folder) => {
      writeTree(folder, { train: '', 'a.py': '' });
      assert.deepEqual(shown(['train', 'a.py', '.', './a.py'], folder), ['train', 'a.py']);
    }));

  test('links: files are found once, folders are not followed, dangling ones do no harm', () =>
    withFolder(async (folder) => {
      writeTree(folder, { 'real/z.py': '', 'sub/': '' });
      fs.symlinkSync('real/z.py', path.join(folder, 'a_link.py'));
      fs.symlinkSync('nowhere.py', path.join(folder, 'dangling.py'));
      fs.symlinkSync('..', path.join(folder, 'sub', 'loop'));
      fs.symlinkSync('self.py', path.join(folder, 'self.py'));
      assert.deepEqual(shown(['.'], folder), ['real/z.py']);
      assert.deepEqual(discover(['.'], folder).problems, []);
      assert.deepEqual(shown(['a_link.py'], folder), ['a_link.py']);
    }));

  test('what is missing is a problem of its own', () =>
    withFolder(async (folder) => {
      writeTree(folder, { 'a.py': '' });
      const { files, problems } = discover(['gone.py', 'a.py', 'a.py/b'], folder);
      assert.deepEqual(
        files.map((file) => file.shown),
        ['a.py'],
      );
      assert.deepEqual(problems, [
        { path: 'gone.py', message: 'no such file or folder' },
        { path: 'a.py/b', message: 'a part of the path is no folder' },
      ]);
    }));
});

suite('cli: project root', () => {
  test('the nearest folder that looks like a project', () =>
    withFolder(async (folder) => {
      writeTree(folder, { 'p/.git/': '', 'p/svc/requirements.txt': '', 'p/svc/a/': '', 'p/b/': '' });
      assert.equal(projectRoot(path.join(folder, 'p/svc/a')), path.join(folder, 'p/svc'));
      assert.equal(projectRoot(path.join(folder, 'p/b')), path.join(folder, 'p'));
    }));
});
