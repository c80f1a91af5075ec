import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { discover } from '../../../src/cli/discovery';
import { boundPatterns } from '../../../src/text/ignorePatterns';
import { withFolder } from '../../support/folders';
import { writeTree } from './support';

function found(folder: string, start = '.'): string[] {
  return discover([path.join(folder, start)], folder).files.map((file) => file.shown);
}

/** What git says of the same files; undefined where there is no git. */
function trackable(folder: string): string[] | undefined {
  spawnSync('git', ['init', '-q', '.'], { cwd: folder });
  const options = [
    '-c',
    'core.excludesFile=/dev/null',
    '-c',
    'core.ignoreCase=false',
    '-c',
    'core.quotePath=false',
  ];
  const list = spawnSync('git', [...options, 'ls-files', '--others', '--exclude-standard', '-z'], {
    cwd: folder,
    encoding: 'utf8',
  });
  if (list.status !== 0) return undefined;
  return list.stdout.split('\0').filter((name) => name.endsWith('.py'));
}

suite('cli: .gitignore', () => {
  test('patterns of a nested file are bound to its folder', () => {
    const text = '# note\n\n*.py\n!keep.py\n/top\nbuild/\na/b\n\\#odd\r\n';
    assert.deepEqual(boundPatterns(text, 'x/[y]'), [
      '/x/\\[y\\]/**/*.py',
      '!/x/\\[y\\]/**/keep.py',
      '/x/\\[y\\]/top',
      '/x/\\[y\\]/**/build/',
      '/x/\\[y\\]/a/b',
      '/x/\\[y\\]/**/\\#odd',
    ]);
    assert.deepEqual(boundPatterns('# note\n*.py\n', ''), ['*.py']);
  });

  test('agrees with git on nested files, negation, anchors and odd names', () =>
    withFolder(async (folder) => {
      writeTree(folder, {
        '.gitignore':
          'build/\n/only_top.py\n*.gen.py\nlogs\n!important.gen.py\n**/deep/*.py\na/*/skip.py\n/\n',
        'a.py': '',
        'x.gen.py': '',
        'important.gen.py': '',
        'only_top.py': '',
        'build/b.py': '',
        'logs/l.py': '',
        'sub/only_top.py': '',
        'sub/.gitignore': '!build/\n/local.py\nq?.py\n[ab].py\n!x.gen.py\nmid/dle.py\n',
        'sub/local.py': '',
        'sub/q1.py': '',
        'sub/a.py': '',
        'sub/c.py': '',
        'sub/x.gen.py': '',
        'sub/build/b.py': '',
        'sub/inner/local.py': '',
        'sub/inner/mid/dle.py': '',
        'sub/mid/dle.py': '',
        'very/deep/down.py': '',
        'very/deep/er/down.py': '',
        'a/one/skip.py': '',
        'a/one/two/skip.py': '',
        'odd [name]!/.gitignore': '*.py\n!/kept.py\n',
        'odd [name]!/gone.py': '',
        'odd [name]!/kept.py': '',
        'odd n/gone.py': '',
        'ünï/ignored.py': '',
        'ünï/.gitignore': 'ignored.py\n',
        'Build/case.py': '',
      });
      const expected = trackable(folder);
      assert.ok(expected, 'git is there');
      assert.deepEqual(found(folder).sort(), expected.sort());
    }));

  test('files above the start count up to the repository, not beyond', () =>
    withFolder(async (folder) => {
      writeTree(folder, {
        '.gitignore': 'b.py\n',
        'repo/.git/': '',
        'repo/.gitignore': 'a.py\n',
        'repo/sub/a.py': '',
        'repo/sub/b.py': '',
      });
      assert.deepEqual(found(folder, 'repo/sub'), ['repo/sub/b.py']);
    }));

  test('without a repository the start and what is below count', () =>
    withFolder(async (folder) => {
      writeTree(folder, { '.gitignore': 'a.py\n', 'a.py': '', 'b.py': '', 'sub/a.py': '' });
      assert.deepEqual(found(folder), ['b.py']);
      assert.deepEqual(found(folder, 'sub'), ['sub/a.py']);
    }));

  test('an ignored folder or file that is named is taken', () =>
    withFolder(async (folder) => {
      writeTree(folder, {
        '.git/': '',
        '.gitignore': 'build/\n*.gen.py\n',
        'build/.gitignore': 'no.py\n',
        'build/yes.py': '',
        'build/no.py': '',
        'x.gen.py': '',
      });
      assert.deepEqual(found(folder), []);
      assert.deepEqual(found(folder, 'build'), ['build/yes.py']);
      assert.deepEqual(found(folder, 'x.gen.py'), ['x.gen.py']);
    }));
});
