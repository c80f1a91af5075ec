import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { OverlayWorkspace } from '../../../src/cli/overlay';
import { DiskWorkspace } from '../../../src/cli/workspace';
import { writeTogether } from '../../../src/cli/write';
import type { FileChange } from '../../../src/text/change';
import { EditSet } from '../../../src/text/edit';
import { withFolder } from '../../support/folders';
import { notebookText, writeTree } from './support';

/** Replaces the first occurrence of a text. */
function replace(before: string, old: string, newText: string): EditSet {
  const start = before.indexOf(old);
  assert.ok(start >= 0);
  return new EditSet([{ span: { start, end: start + old.length }, newText }]);
}

const textChange = (file: string, before: string, old: string, newText: string): FileChange => ({
  kind: 'text',
  path: file,
  before,
  edits: replace(before, old, newText),
});

function commit(overlay: OverlayWorkspace): void {
  for (const group of overlay.writes()) assert.equal(writeTogether(group), undefined);
}

suite('cli: workspace on the disk', () => {
  test('reads, lists and finds by paths with slashes', () =>
    withFolder(async (folder) => {
      writeTree(folder, { 'a/b.py': 'x = 1\n', 'a/c/': '', 'z.py': '\ufeffé' });
      const disk = new DiskWorkspace(folder);
      assert.equal(await disk.read('a/b.py'), 'x = 1\n');
      assert.equal(await disk.read('z.py'), 'é');
      assert.equal(await disk.read('a'), undefined);
      assert.equal(await disk.read('gone.py'), undefined);
      assert.deepEqual(await disk.list(''), ['a/', 'z.py']);
      assert.deepEqual(await disk.list('a'), ['b.py', 'c/']);
      assert.deepEqual(await disk.list('gone'), []);
      assert.equal(await disk.exists('a'), true);
      assert.equal(await disk.exists('a/gone'), false);
    }));

  test('what lies outside is not there, also behind a link', () =>
    withFolder(async (folder) => {
      writeTree(folder, { 'root/a.py': '', 'secret.py': 'x' });
      fs.symlinkSync('../secret.py', path.join(folder, 'root', 'link.py'));
      fs.symlinkSync('..', path.join(folder, 'root', 'up'));
      fs.symlinkSync('a.py', path.join(folder, 'root', 'inside.py'));
      fs.symlinkSync('nowhere', path.join(folder, 'root', 'dangling.py'));
      const disk = new DiskWorkspace(path.join(folder, 'root'));
      for (const outside of [
        'link.py',
        'up/secret.py',
        '../secret.py',
        'x/../../secret.py',
        '/etc/passwd',
        './a.py',
      ]) {
        assert.equal(disk.resolve(outside), undefined, outside);
        assert.equal(await disk.read(outside), undefined, outside);
        assert.equal(await disk.exists(outside), false, outside);
      }
      assert.equal(disk.resolve('dangling.py'), undefined);
      assert.equal(await disk.read('inside.py'), '');
      assert.equal(disk.resolve('new/deep/file.yaml'), path.join(folder, 'root', 'new', 'deep', 'file.yaml'));
      assert.equal(disk.resolve('up/new.yaml'), undefined);
    }));

  test('a root that is reached through a link', () =>
    withFolder(async (folder) => {
      writeTree(folder, { 'real/a.py': 'x' });
      fs.symlinkSync('real', path.join(folder, 'link'));
      assert.equal(await new DiskWorkspace(path.join(folder, 'link')).read('a.py'), 'x');
    }));
});

suite('cli: changes in memory', () => {
  test('build upon each other, and nothing is written before its time', () =>
    withFolder(async (folder) => {
      writeTree(folder, { 'a.py': 'x = 1\n', 'sub/b.py': 'y = 1\n' });
      const overlay = new OverlayWorkspace(new DiskWorkspace(folder));
      assert.deepEqual(overlay.apply({ files: [textChange('a.py', 'x = 1\n', '1', '2')] }), []);
      assert.deepEqual(
        overlay.apply({
          files: [
            textChange('a.py', 'x = 2\n', '2', '3'),
            { kind: 'create', path: 'conf/config.yaml', content: 'x: 1\n' },
          ],
        }),
        [],
      );
      assert.equal(await overlay.read('a.py'), 'x = 3\n');
      assert.equal(await overlay.read('conf/config.yaml'), 'x: 1\n');
      assert.equal(await overlay.exists('conf'), true);
      assert.deepEqual(await overlay.list(''), ['a.py', 'conf/', 'sub/']);
      assert.deepEqual(await overlay.list('conf'), ['config.yaml']);
      assert.equal(fs.readFileSync(path.join(folder, 'a.py'), 'utf8'), 'x = 1\n');
      assert.deepEqual(
        overlay.changes().map((file) => file.path),
        ['a.py', 'conf/config.yaml'],
      );
      commit(overlay);
      assert.equal(fs.readFileSync(path.join(folder, 'a.py'), 'utf8'), 'x = 3\n');
      assert.equal(fs.readFileSync(path.join(folder, 'conf/config.yaml'), 'utf8'), 'x: 1\n');
    }));

  test('files of one change are one group; a file that two changes share joins them', () =>
    withFolder(async (folder) => {
      writeTree(folder, { 'a.py': 'a', 'b.py': 'b', 'c.py': 'c', 'd.py': 'd' });
      const overlay = new OverlayWorkspace(new DiskWorkspace(folder));
      overlay.apply({ files: [textChange('a.py', 'a', 'a', 'A')] });
      overlay.apply({ files: [textChange('b.py', 'b', 'b', 'B'), textChange('c.py', 'c', 'c', 'C')] });
      overlay.apply({ files: [textChange('c.py', 'C', 'C', 'CC'), textChange('d.py', 'd', 'd', 'D')] });
      const groups = overlay.writes().map((group) => group.map(({ absolute }) => path.basename(absolute)));
      assert.deepEqual(groups, [['a.py'], ['b.py', 'c.py', 'd.py']]);
    }));

  test('a file that was changed back is not written', () =>
    withFolder(async (folder) => {
      writeTree(folder, { 'a.py': 'a' });
      const overlay = new OverlayWorkspace(new DiskWorkspace(folder));
      overlay.apply({ files: [textChange('a.py', 'a', 'a', 'b')] });
      overlay.apply({ files: [textChange('a.py', 'b', 'b', 'a')] });
      assert.deepEqual(overlay.writes(), []);
      assert.deepEqual(overlay.changes(), []);
    }));

  test('encoding, byte-order mark and line ends stay', () =>
    withFolder(async (folder) => {
      const latin = Buffer.from('# coding: latin-1\r\nx = "é"\r\n', 'latin1');
      writeTree(folder, { 'latin.py': latin, 'bom.py': Buffer.from('\ufeffx = 1\r\n') });
      const overlay = new OverlayWorkspace(new DiskWorkspace(folder));
      const latinText = (await overlay.read('latin.py')) ?? '';
      overlay.apply({
        files: [textChange('latin.py', latinText, 'é', 'ü'), textChange('bom.py', 'x = 1\r\n', '1', '2')],
      });
      commit(overlay);
      assert.deepEqual(
        fs.readFileSync(path.join(folder, 'latin.py')),
        Buffer.from('# coding: latin-1\r\nx = "ü"\r\n', 'latin1'),
      );
      assert.equal(fs.readFileSync(path.join(folder, 'bom.py'), 'utf8'), '\ufeffx = 2\r\n');
    }));

  test('text that the file cannot hold refuses the whole change', () =>
    withFolder(async (folder) => {
      const latin = '# coding: latin-1\nx = 1\n';
      writeTree(folder, { 'latin.py': latin, 'a.py': 'a' });
      const overlay = new OverlayWorkspace(new DiskWorkspace(folder));
      const refusals = overlay.apply({
        files: [textChange('a.py', 'a', 'a', 'b'), textChange('latin.py', latin, 'x = 1', 'x = "€"')],
      });
      assert.deepEqual(refusals, [
        { path: 'latin.py', cell: null, line: 1, reason: 'latin-1 has no character "€"' },
      ]);
      assert.deepEqual(overlay.changes(), []);
    }));

  test('a notebook changes in its cells only', () =>
    withFolder(async (folder) => {
      const text = notebookText('#md Title', 'x = 1\ny = 2', 'z = 3');
      writeTree(folder, { 'n.ipynb': text });
      const overlay = new OverlayWorkspace(new DiskWorkspace(folder));
      const before = 'x = 1\ny = 2';
      const cells = [{ cell: 1, before, edits: replace(before, '2', '4') }];
      assert.deepEqual(overlay.apply({ files: [{ kind: 'notebook', path: 'n.ipynb', cells }] }), []);
      commit(overlay);
      assert.equal(fs.readFileSync(path.join(folder, 'n.ipynb'), 'utf8'), text.replace('y = 2', 'y = 4'));
    }));

  test('a notebook of an old format is refused', () =>
    withFolder(async (folder) => {
      const cells = [{ cell_type: 'code', input: ['x = 1'], outputs: [], language: 'python' }];
      const old = JSON.stringify({ metadata: {}, nbformat: 3, nbformat_minor: 0, worksheets: [{ cells }] });
      writeTree(folder, { 'old.ipynb': old });
      const overlay = new OverlayWorkspace(new DiskWorkspace(folder));
      const change = [{ cell: 0, before: 'x = 1', edits: replace('x = 1', '1', '2') }];
      const [refusal] = overlay.apply({ files: [{ kind: 'notebook', path: 'old.ipynb', cells: change }] });
      assert.match(refusal?.reason ?? '', /format 3/);
    }));

  test('a path outside the project is refused', () =>
    withFolder(async (folder) => {
      writeTree(folder, { 'root/': '' });
      const overlay = new OverlayWorkspace(new DiskWorkspace(path.join(folder, 'root')));
      const [refusal] = overlay.apply({ files: [{ kind: 'create', path: '../x.yaml', content: '' }] });
      assert.match(refusal?.reason ?? '', /outside/);
    }));

  test('a change for other texts than these is an error', () =>
    withFolder(async (folder) => {
      writeTree(folder, { 'a.py': 'a', 'n.ipynb': notebookText('x = 1') });
      const overlay = new OverlayWorkspace(new DiskWorkspace(folder));
      const cells = [{ cell: 0, before: 'other', edits: new EditSet([]) }];
      const wrong: readonly FileChange[] = [
        textChange('a.py', 'b', 'b', 'c'),
        { kind: 'create', path: 'a.py', content: '' },
        textChange('gone.py', 'b', 'b', 'c'),
        { kind: 'notebook', path: 'n.ipynb', cells },
      ];
      for (const file of wrong) assert.throws(() => overlay.apply({ files: [file] }), Error);
      assert.deepEqual(overlay.changes(), []);
    }));
});
