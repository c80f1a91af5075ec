import assert from 'node:assert/strict';
import fc from 'fast-check';
import { PathMap, type Place } from '../../../src/vscode/documents/paths';

const file = (path: string, authority = ''): Place => ({ scheme: 'file', authority, path });
const folder = (path: string, name = path.slice(path.lastIndexOf('/') + 1)) => ({ name, uri: file(path) });

suite('paths of documents', () => {
  test('in the only folder, relative to it', () => {
    const map = new PathMap([folder('/home/petra/churn')]);
    assert.equal(map.pathOf(file('/home/petra/churn/src/a.py')), 'src/a.py');
    assert.deepEqual(map.placeOf('src/a.py'), file('/home/petra/churn/src/a.py'));
    assert.deepEqual(map.placeOf(''), file('/home/petra/churn'));
    assert.deepEqual(map.rootNames, []);
    assert.equal(map.diskRoot, '/home/petra/churn');
  });

  test('on a drive of Windows', () => {
    const map = new PathMap([folder('/c:/Users/petra/churn')]);
    assert.equal(map.pathOf(file('/c:/Users/petra/churn/src/a.py')), 'src/a.py');
    assert.deepEqual(map.placeOf('src/a.py'), file('/c:/Users/petra/churn/src/a.py'));
    assert.equal(map.diskRoot, 'c:/Users/petra/churn');
    const outside = map.pathOf(file('/d:/other/a.py'));
    assert.equal(outside, '/file//d:/other/a.py');
    assert.deepEqual(map.placeOf(outside), file('/d:/other/a.py'));
  });

  test('on a share of Windows', () => {
    const share = { name: 'churn', uri: file('/projects/churn', 'server') };
    const map = new PathMap([share]);
    assert.equal(map.pathOf(file('/projects/churn/a.py', 'server')), 'a.py');
    assert.deepEqual(map.placeOf('a.py'), file('/projects/churn/a.py', 'server'));
    assert.equal(map.pathOf(file('/projects/churn/a.py')), '/file//projects/churn/a.py');
  });

  test('in a container or on another host', () => {
    const remote = (path: string): Place => ({ scheme: 'vscode-remote', authority: 'ssh-remote+box', path });
    const map = new PathMap([{ name: 'churn', uri: remote('/home/petra/churn') }]);
    assert.equal(map.pathOf(remote('/home/petra/churn/a.py')), 'a.py');
    assert.deepEqual(map.placeOf('a.py'), remote('/home/petra/churn/a.py'));
    assert.equal(map.diskRoot, undefined);
  });

  test('a folder whose name begins like another one is not that one', () => {
    const map = new PathMap([folder('/home/petra/churn')]);
    assert.equal(map.pathOf(file('/home/petra/churn2/a.py')), '/file//home/petra/churn2/a.py');
  });

  test('a folder that is the root of the disk', () => {
    const map = new PathMap([folder('/', 'disk')]);
    assert.equal(map.pathOf(file('/a.py')), 'a.py');
    assert.deepEqual(map.placeOf('a.py'), file('/a.py'));
    assert.deepEqual(map.placeOf(''), file('/'));
  });

  test('several folders are told apart by name, also by the same one', () => {
    const map = new PathMap([folder('/a/model'), folder('/b/model'), folder('/c', 'lab/one')]);
    assert.deepEqual(map.rootNames, ['model', 'model (2)', 'lab_one']);
    assert.equal(map.pathOf(file('/b/model/x.py')), 'model (2)/x.py');
    assert.deepEqual(map.placeOf('model (2)/x.py'), file('/b/model/x.py'));
    assert.deepEqual(map.placeOf('lab_one'), file('/c'));
    assert.equal(map.placeOf(''), undefined);
    assert.equal(map.placeOf('nowhere/x.py'), undefined);
    assert.equal(map.diskRoot, undefined);
  });

  test('of folders in one another the innermost counts', () => {
    const map = new PathMap([folder('/a'), folder('/a/b')]);
    assert.equal(map.pathOf(file('/a/b/x.py')), 'b/x.py');
    assert.equal(map.pathOf(file('/a/c/x.py')), 'a/c/x.py');
  });

  test('outside all folders, and without a folder', () => {
    const map = new PathMap([]);
    assert.equal(map.pathOf(file('/tmp/x.py')), '/file//tmp/x.py');
    assert.equal(
      map.pathOf({ scheme: 'untitled', authority: '', path: 'Untitled-1' }),
      '/untitled:/Untitled-1',
    );
    assert.equal(
      map.pathOf({ scheme: 'vscode-vfs', authority: 'github', path: '/o/r/x.py' }),
      '/vscode-vfs/github/o/r/x.py',
    );
    assert.equal(map.placeOf('x.py'), undefined);
    assert.equal(map.placeOf(''), undefined);
    assert.equal(map.diskRoot, undefined);
  });

  test('a remote folder has no place on the disk', () => {
    const map = new PathMap([
      { name: 'r', uri: { scheme: 'vscode-vfs', authority: 'github', path: '/o/r' } },
    ]);
    assert.equal(map.diskRoot, undefined);
  });

  test('every place comes back from its path', () => {
    const part = fc.stringMatching(/^[a-zA-Z0-9 ._:#?%()ä-]{1,8}$/).filter((name) => !/^\.{1,2}$/.test(name));
    const path = fc.array(part, { minLength: 1, maxLength: 4 }).map((parts) => `/${parts.join('/')}`);
    const folders = fc.array(path, { maxLength: 3 });
    const place = fc.oneof(
      fc
        .tuple(fc.constantFrom('file', 'vscode-vfs'), fc.constantFrom('', 'host'), path)
        .map(([scheme, authority, absolute]) => ({ scheme, authority, path: absolute })),
      part.map((name) => ({ scheme: 'untitled', authority: '', path: name })),
    );
    fc.assert(
      fc.property(folders, place, part, (roots, where, name) => {
        const map = new PathMap(roots.map((root) => folder(root)));
        assert.deepEqual(map.placeOf(map.pathOf(where)), where);
        for (const root of roots) {
          const inside = file(`${root}/${name}`);
          assert.deepEqual(map.placeOf(map.pathOf(inside)), inside);
        }
      }),
    );
  });
});
