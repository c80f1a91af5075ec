import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type FolderOnTheWay, SettingsSearch, settingsOf } from '../../../src/settings/search';
import { suggestion } from '../../../src/settings/suggest';
import { patternProblem, Patterns } from '../../../src/settings/patterns';
import { fromToml, fromYaml, told } from './support';

suite('settings: both files in one folder', () => {
  test('.graduate.yaml wins, and the other is told where it stands', () => {
    const found = settingsOf({
      yaml: 'notebooks: false\n',
      toml: 'x = 1\n[tool.graduate]\nnotebooks = true\n',
    })!;
    assert.equal(found.settings.notebooks, false);
    assert.deepEqual(told(found), [
      '2:7 [tool.graduate] does not count: .graduate.yaml in the same folder wins',
    ]);
    assert.deepEqual(
      found.problems.map(({ severity, file }) => [severity, file]),
      [['warning', 'pyproject.toml']],
    );
  });

  test('a pyproject.toml without the table is no second one', () => {
    assert.deepEqual(settingsOf({ yaml: '', toml: '[tool.x]\n# graduate\n' })?.problems, []);
  });

  test('a file that cannot be read is a problem, not a file that is not there', () => {
    const found = settingsOf({ yaml: { reason: 'no permission' }, toml: undefined });
    assert.deepEqual(told(found), ['1:1 no permission']);
    assert.equal(settingsOf({ yaml: undefined, toml: { reason: 'no permission' } }), undefined);
  });
});

suite('settings: the nearest file upwards', () => {
  /** Folders from the inside out: `s` has settings, `p` is a project, `r` a repository. Answers with the index. */
  function search(...folders: readonly string[]): number | undefined {
    const nearest = new SettingsSearch<number>();
    folders.some((marks, i) =>
      nearest.add(i, {
        found: marks.includes('s') ? fromYaml('') : undefined,
        isProject: /[pr]/.test(marks),
        isRepository: marks.includes('r'),
      } satisfies FolderOnTheWay),
    );
    return nearest.result?.folder;
  }

  test('the innermost counts', () => {
    assert.equal(search('s', 's', 'sr'), 0);
    assert.equal(search('', 's', 'sr'), 1);
  });

  test('in a repository it may lie above the project, not above the repository', () => {
    assert.equal(search('', 'p', 's', 'r'), 2);
    assert.equal(search('', 'p', 'sr'), 2);
    assert.equal(search('', 'p', 'r', 's'), undefined);
    assert.equal(search('', 'p', 's', 's', 'r'), 2);
  });

  test('without a repository not above the project, without a project anywhere', () => {
    assert.equal(search('', 'ps'), 1);
    assert.equal(search('', 'p', 's'), undefined);
    assert.equal(search('', '', 's'), 2);
    assert.equal(search('', ''), undefined);
  });
});

suite('settings: patterns', () => {
  test('as in .gitignore', () => {
    const patterns = new Patterns(['a/*.py', '!a/keep.py', 'deep/', '#x', '**/gen_*.ipynb']);
    const matching = ['a/b.py', 'x/deep/c.py', '#x', 'q/r/gen_1.ipynb', 'gen_2.ipynb'];
    const others = ['a/keep.py', 'b/a/b.py', 'a/c/b.py', 'deep', '../a/b.py', '', 'A/b.py'];
    assert.deepEqual(
      [...matching, ...others].filter((path) => patterns.matches(path, false)),
      matching,
    );
    assert.ok(patterns.matches('x/deep', true));
  });

  test('no pattern and no path makes them throw', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.boolean(), (pattern, path, isFolder) => {
        if (patternProblem(pattern) !== undefined || path.startsWith('/') || path.startsWith('./')) return;
        new Patterns([pattern]).matches(path.replaceAll(/\/\.{0,2}(?=\/|$)/g, '/x'), isFolder);
      }),
    );
  });
});

suite('settings: what was meant', () => {
  const words = ['rules', 'exclude', 'notebooks', 'config-file', 'hard-coded-path', 'hard-coded-url'];
  const cases: readonly (readonly [string, string | undefined])[] = [
    ['rule', 'rules'],
    ['Rules', 'rules'],
    ['rulse', 'rules'],
    ['excludes', 'exclude'],
    ['config_file', 'config-file'],
    ['configfile', 'config-file'],
    ['hardcoded-path', 'hard-coded-path'],
    ['hard-coded-urls', 'hard-coded-url'],
    ['select', undefined],
    ['x', undefined],
    ['', undefined],
  ];
  for (const [word, meant] of cases) {
    test(`"${word}": ${meant ?? 'nothing'}`, () => assert.equal(suggestion(word, words), meant));
  }
});

suite('settings: any text', () => {
  const pieces = fc.constantFrom(
    ...[
      'tool',
      'graduate',
      '[tool.graduate]',
      '[[',
      ']]',
      '[',
      ']',
      '{',
      '}',
      '=',
      '.',
      ',',
      '"',
      "'",
      '"""',
      '\n',
      ' ',
    ],
    ...[
      'rules',
      'exclude',
      'per-file',
      'hard-coded-path',
      'off',
      '1',
      ':',
      '- ',
      '&a',
      '*a',
      '!!x',
      '#',
      '😀',
      '\t',
      '|',
      '---',
    ],
  );
  test('never throws, and places lie in the text', () => {
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 25 }), (parts) => {
        const text = parts.join('');
        for (const found of [fromYaml(text), fromToml(text), fromToml(`[tool.graduate]\n${text}`)]) {
          for (const { range } of found?.problems ?? []) {
            assert.ok(range.start.line <= text.split('\n').length + 1);
          }
        }
      }),
      { numRuns: 1000 },
    );
  });
});
