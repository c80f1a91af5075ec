import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fingerprint, installOnce, isComplete } from '../../../scripts/cache.mjs';

suite('scripts/cache', () => {
  let root: string;
  let directory: string;
  setup(() => {
    root = fs.mkdtempSync(path.join(os.tmpdir(), 'graduate-cache-'));
    directory = path.join(root, 'thing-1');
  });
  teardown(() => fs.rmSync(root, { recursive: true, force: true }));

  const install = (text: string) =>
    installOnce(directory, 'a thing', (folder) => fs.writeFileSync(path.join(folder, 'file'), text));
  const installed = () => fs.readFileSync(path.join(directory, 'file'), 'utf8');

  test('installs once', async () => {
    await install('first');
    await install('second');
    assert.equal(installed(), 'first');
  });

  test('a failed install leaves nothing and is done again', async () => {
    const failing = installOnce(directory, 'a thing', (folder) => {
      fs.writeFileSync(path.join(folder, 'file'), 'half');
      throw new Error('no network');
    });
    await assert.rejects(failing, /no network/);
    assert.deepEqual(fs.readdirSync(root), []);
    await install('whole');
    assert.equal(installed(), 'whole');
  });

  test('a folder without the stamp is half-done: removed and done again', async () => {
    fs.mkdirSync(directory);
    fs.writeFileSync(path.join(directory, 'file'), 'half');
    fs.writeFileSync(path.join(directory, 'rest'), '');
    await install('whole');
    assert.equal(installed(), 'whole');
    assert.ok(isComplete(directory));
    assert.ok(!fs.existsSync(path.join(directory, 'rest')));
  });

  test('what an interrupted install left is removed', async () => {
    const partial = `${directory}.partial`;
    fs.mkdirSync(partial);
    fs.writeFileSync(path.join(partial, '.heartbeat'), '');
    fs.writeFileSync(path.join(partial, 'rest'), '');
    fs.utimesSync(path.join(partial, '.heartbeat'), 1, 1);
    fs.utimesSync(partial, 1, 1);
    await install('whole');
    assert.deepEqual(fs.readdirSync(root), ['thing-1']);
    assert.ok(!fs.existsSync(path.join(directory, 'rest')));
  });

  test('a second process waits for the first', async () => {
    const slow = installOnce(directory, 'a thing', async (folder) => {
      await new Promise((resolve) => setTimeout(resolve, 200));
      fs.writeFileSync(path.join(folder, 'file'), 'first');
    });
    await Promise.all([slow, install('second')]);
    assert.equal(installed(), 'first');
  });

  test('other pins make another name', () => {
    assert.notEqual(fingerprint({ a: '1' }, 1), fingerprint({ a: '1' }, 2));
    assert.equal(fingerprint({ a: '1' }, 1), fingerprint({ a: '1' }, 1));
  });
});
