import assert from 'node:assert/strict';
import { posix, win32 } from 'node:path';
import { pathWithin, shownPath, toSlashes } from '../../../src/cli/paths';

suite('paths of the command line', () => {
  test('with slashes on Windows; elsewhere a backslash is a letter', () => {
    assert.equal(toSlashes('src\\a.py', win32), 'src/a.py');
    assert.equal(toSlashes('src\\a.py', posix), 'src\\a.py');
  });

  test('shown relative to the working directory, absolute on another drive', () => {
    assert.equal(shownPath('C:\\work\\churn', 'C:\\work\\churn\\src\\a.py', win32), 'src/a.py');
    assert.equal(shownPath('C:\\work\\churn', 'c:\\Work\\other\\a.py', win32), '../other/a.py');
    assert.equal(shownPath('C:\\work', 'D:\\data\\a.py', win32), 'D:/data/a.py');
    assert.equal(shownPath('C:\\work', 'C:\\work', win32), '.');
    assert.equal(shownPath('\\\\server\\share\\churn', '\\\\server\\share\\churn\\a.py', win32), 'a.py');
  });

  test('within a folder, whatever the case; a name that begins alike is another one', () => {
    assert.equal(pathWithin('C:\\work\\churn', 'c:\\Work\\Churn\\src\\a.py', win32), 'src/a.py');
    assert.equal(pathWithin('C:\\work\\churn', 'C:\\work\\churn2\\a.py', win32), undefined);
    assert.equal(pathWithin('C:\\work\\churn', 'D:\\work\\churn\\a.py', win32), undefined);
    assert.equal(pathWithin('C:\\work', 'C:\\work\\..a.py', win32), '..a.py');
    assert.equal(pathWithin('C:\\', 'C:\\a.py', win32), 'a.py');
    assert.equal(pathWithin('/work', '/work', posix), '');
    assert.equal(pathWithin('/work', '/a.py', posix), undefined);
  });
});
