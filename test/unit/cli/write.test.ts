import assert from 'node:assert/strict';
import nodeFs from 'node:fs';
import path from 'node:path';
import { type FileWrite, writeTogether } from '../../../src/cli/write';
import { filesBelow, withFolder } from '../../support/folders';
import { writeTree } from './support';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

function change(folder: string, name: string, before: string | undefined, after: string): FileWrite {
  return {
    absolute: path.join(folder, name),
    before: before === undefined ? undefined : bytes(before),
    bytes: bytes(after),
  };
}

const read = (folder: string, name: string): string => nodeFs.readFileSync(path.join(folder, name), 'utf8');

/** A file system in which the n-th call of a function fails. */
function failing(name: 'renameSync' | 'linkSync' | 'fsyncSync', at: number, code: string): typeof nodeFs {
  let calls = 0;
  const real = nodeFs[name] as (...args: unknown[]) => unknown;
  const failure = (...args: unknown[]): unknown => {
    if (++calls !== at) return real(...args);
    throw Object.assign(new Error(`${code}: made by the test`), { code });
  };
  return { ...nodeFs, [name]: failure };
}

suite('cli: writing', () => {
  test('changes and makes files together, and leaves nothing beside them', () =>
    withFolder(async (folder) => {
      writeTree(folder, { 'a.py': 'old' });
      const failure = writeTogether([
        change(folder, 'a.py', 'old', 'new'),
        change(folder, 'new/deep/config.yaml', undefined, 'x: 1\n'),
      ]);
      assert.equal(failure, undefined);
      assert.deepEqual(filesBelow(folder), ['a.py', 'new/deep/config.yaml']);
      assert.equal(read(folder, 'a.py'), 'new');
      assert.equal(read(folder, 'new/deep/config.yaml'), 'x: 1\n');
    }));

  test('keeps the mode', () =>
    withFolder(async (folder) => {
      writeTree(folder, { 'a.py': 'old' });
      nodeFs.chmodSync(path.join(folder, 'a.py'), 0o751);
      assert.equal(writeTogether([change(folder, 'a.py', 'old', 'new')]), undefined);
      assert.equal(nodeFs.statSync(path.join(folder, 'a.py')).mode & 0o7777, 0o751);
    }));

  test('a link stays a link, and the file behind it is changed', () =>
    withFolder(async (folder) => {
      writeTree(folder, { 'sub/real.py': 'old' });
      nodeFs.symlinkSync('sub/real.py', path.join(folder, 'link.py'));
      assert.equal(writeTogether([change(folder, 'link.py', 'old', 'new')]), undefined);
      assert.ok(nodeFs.lstatSync(path.join(folder, 'link.py')).isSymbolicLink());
      assert.equal(read(folder, 'sub/real.py'), 'new');
      assert.deepEqual(filesBelow(folder), ['sub/real.py']);
    }));

  for (const now of ['edited', 'old and more', '']) {
    test(`a file that somebody changed to ${JSON.stringify(now)} stops all of them`, () =>
      withFolder(async (folder) => {
        writeTree(folder, { 'a.py': 'old', 'b.py': now });
        const failure = writeTogether([
          change(folder, 'a.py', 'old', 'new'),
          change(folder, 'config.yaml', undefined, ''),
          change(folder, 'b.py', 'old', 'new'),
        ]);
        assert.equal(failure?.absolute, path.join(folder, 'b.py'));
        assert.match(failure?.reason ?? '', /changed by somebody else/);
        assert.deepEqual(filesBelow(folder), ['a.py', 'b.py']);
        assert.deepEqual([read(folder, 'a.py'), read(folder, 'b.py')], ['old', now]);
      }));
  }

  test('an empty file that was filled is not overwritten', () =>
    withFolder(async (folder) => {
      writeTree(folder, { 'a.py': 'text' });
      assert.match(writeTogether([change(folder, 'a.py', '', 'new')])?.reason ?? '', /somebody else/);
      assert.equal(read(folder, 'a.py'), 'text');
    }));

  test('a file that is gone stops all of them', () =>
    withFolder(async (folder) => {
      const failure = writeTogether([change(folder, 'a.py', 'old', 'new')]);
      assert.equal(failure?.reason, 'no such file or folder');
      assert.deepEqual(filesBelow(folder), []);
    }));

  test('a new file never overwrites one, nor follows a dangling link', () =>
    withFolder(async (folder) => {
      writeTree(folder, { 'config.yaml': 'theirs' });
      nodeFs.symlinkSync('outside.yaml', path.join(folder, 'link.yaml'));
      for (const name of ['config.yaml', 'link.yaml']) {
        assert.equal(
          writeTogether([change(folder, name, undefined, 'ours')])?.reason,
          'the file is there already',
        );
      }
      assert.deepEqual(filesBelow(folder), ['config.yaml']);
      assert.equal(read(folder, 'config.yaml'), 'theirs');
    }));

  test('a failure half-way puts everything back', () =>
    withFolder(async (folder) => {
      writeTree(folder, { 'a.py': 'old a', 'b.py': 'old b', 'c.py': 'old c' });
      nodeFs.chmodSync(path.join(folder, 'a.py'), 0o640);
      const writes = [
        change(folder, 'a.py', 'old a', 'new a'),
        change(folder, 'made/config.yaml', undefined, 'x: 1\n'),
        change(folder, 'b.py', 'old b', 'new b'),
        change(folder, 'c.py', 'old c', 'new c'),
      ];
      const failure = writeTogether(writes, failing('renameSync', 2, 'EIO'));
      assert.deepEqual(failure, { absolute: path.join(folder, 'b.py'), reason: 'EIO' });
      assert.deepEqual(filesBelow(folder), ['a.py', 'b.py', 'c.py']);
      assert.deepEqual(
        ['a.py', 'b.py', 'c.py'].map((name) => read(folder, name)),
        ['old a', 'old b', 'old c'],
      );
      assert.equal(nodeFs.statSync(path.join(folder, 'a.py')).mode & 0o777, 0o640);
      assert.ok(!nodeFs.existsSync(path.join(folder, 'made')), 'the new folder is gone');
    }));

  test('a full disk leaves everything as it was', () =>
    withFolder(async (folder) => {
      writeTree(folder, { 'a.py': 'old a', 'b.py': 'old b' });
      const writes = [change(folder, 'a.py', 'old a', 'new a'), change(folder, 'b.py', 'old b', 'new b')];
      const failure = writeTogether(writes, failing('fsyncSync', 2, 'ENOSPC'));
      assert.equal(failure?.reason, 'no space left on the device');
      assert.deepEqual(filesBelow(folder), ['a.py', 'b.py']);
      assert.equal(read(folder, 'a.py'), 'old a');
    }));

  test('a file system without links', () =>
    withFolder(async (folder) => {
      const writes = [change(folder, 'config.yaml', undefined, 'x: 1\n')];
      assert.equal(writeTogether(writes, failing('linkSync', 1, 'EPERM')), undefined);
      assert.deepEqual(filesBelow(folder), ['config.yaml']);
      assert.equal(read(folder, 'config.yaml'), 'x: 1\n');
    }));

  test('what cannot be put back is named', () =>
    withFolder(async (folder) => {
      writeTree(folder, { 'a.py': 'old a', 'b.py': 'old b' });
      const broken = failing('renameSync', 2, 'EIO');
      let calls = 0;
      const fs: typeof nodeFs = {
        ...broken,
        renameSync: (from, to) => {
          if (++calls > 1) throw Object.assign(new Error('made by the test'), { code: 'EIO' });
          nodeFs.renameSync(from, to);
        },
      };
      const writes = [change(folder, 'a.py', 'old a', 'new a'), change(folder, 'b.py', 'old b', 'new b')];
      assert.equal(writeTogether(writes, fs)?.reason, 'EIO; a.py could not be put back');
    }));
});
