import assert from 'node:assert/strict';
import path from 'node:path';
import { main } from '../../../src/cli/main';
import { withFolder } from '../../support/folders';
import { testIo, writeTree } from './support';

suite('cli: main', () => {
  test('an internal error is one line; with GRADUATE_DEBUG its stack follows', () =>
    withFolder(async (folder) => {
      writeTree(folder, { 'a.py': 'x = 1\n' });
      // No wasm files lie there.
      const empty = path.join(folder, 'nowhere');
      const io = testIo(folder);
      assert.equal(await main(['check'], io, empty), 2);
      assert.equal(io.stderr.length, 1);
      assert.match(io.stderr[0] ?? '', /^graduate: internal error: [^\n]+$/);
      const debug = testIo(folder, { GRADUATE_DEBUG: '1' });
      assert.equal(await main(['check'], debug, empty), 2);
      assert.match(debug.stderr[1] ?? '', /\n {4}at /);
    }));

  test('help behind -- is a path', () =>
    withFolder(async (folder) => {
      const io = testIo(folder);
      assert.equal(await main(['rules', '--help', '--', 'x'], io, folder), 0);
      assert.equal(await main(['rules', '--', '--help'], io, folder), 2);
      assert.deepEqual(io.stderr, ['graduate: there is no rule "--help"; "graduate rules" lists them']);
    }));
});
