import assert from 'node:assert/strict';
import { colouredDiff, unifiedDiff } from '../../../src/cli/diff';
import type { PendingFile } from '../../../src/cli/overlay';
import { notebookText } from './support';

function pending(path: string, before: string | undefined, text: string, bom = false): PendingFile {
  const encoding = { kind: 'python', encoding: 'utf-8', bom } as const;
  return {
    path,
    before: before === undefined ? undefined : { bytes: new Uint8Array(), text: before, encoding },
    text,
    encoding,
  };
}

suite('cli: diff', () => {
  test('a script', () => {
    const file = pending('a.py', 'one\ntwo\nthree\nfour\nfive\nsix\n', 'one\ntwo\nthree\nfour\n5\nsix\n');
    assert.equal(
      unifiedDiff(file, 'sub/a.py'),
      '--- a/sub/a.py\n+++ b/sub/a.py\n@@ -2,5 +2,5 @@\n two\n three\n four\n-five\n+5\n six\n',
    );
  });

  test('a new file', () => {
    assert.equal(
      unifiedDiff(pending('c.yaml', undefined, 'x: 1\n'), 'c.yaml'),
      '--- /dev/null\n+++ b/c.yaml\n@@ -0,0 +1,1 @@\n+x: 1\n',
    );
  });

  test('no line break at the end, and line ends of Windows', () => {
    const diff = unifiedDiff(pending('a.py', 'a\r\nb', 'a\r\nc'), 'a.py');
    assert.equal(
      diff,
      [
        '--- a/a.py\n+++ b/a.py\n@@ -1,2 +1,2 @@\n a\r\n',
        '-b\n\\ No newline at end of file\n',
        '+c\n\\ No newline at end of file\n',
      ].join(''),
    );
  });

  test('a byte-order mark belongs to the first line', () => {
    assert.match(unifiedDiff(pending('a.py', 'x\n', 'y\n', true), 'a.py'), /-\ufeffx\n\+\ufeffy\n/);
  });

  test('a notebook, cell by cell', () => {
    const before = notebookText('#md Title', 'x = 1\ny = 2', 'kept', 'last');
    const after = notebookText('#md Title', 'x = 1\ny = 3', 'kept', 'import a\nlast\n');
    assert.equal(
      unifiedDiff(pending('n.ipynb', before, after), 'n.ipynb'),
      [
        '--- a/n.ipynb\n+++ b/n.ipynb\n',
        '@@ -1,2 +1,2 @@ # %% cell 2\n x = 1\n-y = 2\n+y = 3\n',
        '@@ -1,1 +1,2 @@ # %% cell 4\n+import a\n last\n',
      ].join(''),
    );
  });

  test('a notebook whose cells changed in number is shown as its text', () => {
    const diff = unifiedDiff(pending('n.ipynb', notebookText('a'), notebookText('a', 'b')), 'n.ipynb');
    assert.match(diff, /\+ {2}"cell_type": "code"|\+ {4}"b"/);
  });

  test('colours leave the text alone', () => {
    const diff = unifiedDiff(pending('a.py', 'a\rb\n', 'a\rc\n'), 'a.py');

    assert.equal(colouredDiff(diff).replace(/\x1b\[\d+m/g, ''), diff);
  });
});
