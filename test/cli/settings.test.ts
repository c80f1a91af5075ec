import assert from 'node:assert/strict';
import type { ChangeOutput, CheckOutput } from '../support/contract';
import { notebookText } from '../unit/cli/support';
import { type Files, inPlace } from './support';

const CODE = 'import pandas as pd\n\ndata = pd.read_csv("/Users/petra/data.csv")\n';

const severities = (json: unknown): (readonly string[])[] =>
  (json as CheckOutput).diagnostics.map(({ path, severity }) => [path, severity]);

suite('graduate check with settings', () => {
  for (const [name, text] of [
    [
      '.graduate.yaml',
      'rules: {hard-coded-path: error}\nexclude: [scratch]\nnotebooks: false\nper-file:\n  tests: {hard-coded-path: hint}\n',
    ],
    [
      'pyproject.toml',
      '[tool.graduate]\nrules.hard-coded-path = "error"\nexclude = ["scratch"]\nnotebooks = false\n[tool.graduate.per-file.tests]\nhard-coded-path = "hint"\n',
    ],
  ] as const) {
    test(`rules, excludes, notebooks and files of their own, from ${name}`, () => {
      const files: Files = {
        [name]: text,
        'a.py': CODE,
        'n.ipynb': notebookText(CODE),
        'scratch/b.py': CODE,
        'sub/tests/c.py': CODE,
      };
      return inPlace(files, async (place) => {
        const answer = await place.run(['check', '--format', 'json']);
        assert.deepEqual([answer.status, answer.stderr], [1, '']);
        assert.deepEqual(severities(answer.json), [
          ['a.py', 'error'],
          ['sub/tests/c.py', 'hint'],
        ]);
        const named = await place.run(['check', '--format', 'json', 'scratch/b.py', 'n.ipynb']);
        assert.deepEqual(severities(named.json), [
          ['scratch/b.py', 'error'],
          ['n.ipynb', 'error'],
        ]);
      });
    });
  }

  test('problems have their place, the rest counts, the status is 2', () =>
    inPlace(
      {
        'pyproject.toml': '[tool.graduate]\nexclude = ["b.py"]\nrule = {}\nnotebooks = 3\n',
        'a.py': CODE,
        'b.py': CODE,
      },
      async (place) => {
        const answer = await place.run(['check', '--format', 'json']);
        assert.deepEqual(answer.complaints, [
          'graduate: pyproject.toml:3:1: there is no setting "rule"; did you mean "rules"?',
          'graduate: pyproject.toml:4:13: notebooks is true or false, not a number',
        ]);
        assert.equal(answer.status, 2);
        assert.deepEqual(severities(answer.json), [['a.py', 'warning']]);
      },
    ));

  test('a broken file is told with its place', () =>
    inPlace({ 'sub/.graduate.yaml': 'rules: {\n', 'sub/a.py': CODE, 'b.py': CODE }, async (place) => {
      const answer = await place.run(['check']);
      assert.equal(answer.status, 2);
      assert.equal(answer.complaints.length, 1);
      assert.match(answer.stderr, /^graduate: sub\/\.graduate\.yaml:2:1: no valid YAML: /);
      assert.match(answer.stdout, /^2 findings in 2 of 2 files/m);
    }));

  test('two files: which one wins is noted, and no failure', () =>
    inPlace(
      {
        '.graduate.yaml': 'rules: {hard-coded-path: off}\n',
        'pyproject.toml': '[tool.graduate.rules]\nhard-coded-path = "error"\n',
        'a.py': CODE,
      },
      async (place) => {
        const answer = await place.run(['check']);
        assert.deepEqual([answer.status, answer.stdout], [0, 'No findings in 1 file\n']);
        assert.deepEqual(answer.complaints, [
          'pyproject.toml:1:7: [tool.graduate] does not count: .graduate.yaml in the same folder wins',
        ]);
      },
    ));

  test('--fail-on off never makes the status 1, and leaves 2', () =>
    inPlace({ '.graduate.yaml': 'rules: {hard-coded-path: error}\n', 'a.py': CODE }, async (place) => {
      assert.equal((await place.run(['check'])).status, 1);
      assert.equal((await place.run(['check', '--fail-on', 'off'])).status, 0);
      assert.equal((await place.run(['check', '--fail-on', 'off', 'gone.py'])).status, 2);
    }));
});

suite('graduate fix and refactor with settings', () => {
  const HIDING = 'x = 1  # graduate: ignore[hard-coded-path]\n';

  test('fix leaves out what is excluded or off', () =>
    inPlace(
      {
        '.graduate.yaml': 'exclude: [old]\nper-file: {off.py: {unused-suppression: off}}\n',
        'a.py': HIDING,
        'off.py': HIDING,
        'old/b.py': HIDING,
      },
      async (place) => {
        const answer = await place.run(['fix', '--format', 'json']);
        assert.deepEqual((answer.json as ChangeOutput).written, ['a.py']);
        assert.deepEqual([place.read('off.py'), place.read('old/b.py')], [HIDING, HIDING]);
      },
    ));

  test('nothing is changed where the settings are broken; the other files are done', () =>
    inPlace(
      { 'a.py': HIDING, 'sub/b.py': HIDING, 'sub/.graduate.yaml': 'exclude: [b.py\n' },
      async (place) => {
        const answer = await place.run(['fix', '--format', 'json']);
        assert.equal(answer.status, 2);
        assert.match(
          answer.stderr,
          /^graduate: sub\/\.graduate\.yaml:2:1: no valid YAML: .* \(files that it holds for are left alone\)\n$/,
        );
        assert.deepEqual((answer.json as ChangeOutput).written, ['a.py']);
        assert.equal(place.read('sub/b.py'), HIDING);
        assert.equal((await place.run(['refactor', 'paths-to-config', 'sub/b.py'])).status, 2);
      },
    ));

  test('paths-to-config writes the file that the setting names', () =>
    inPlace(
      {
        '.graduate.yaml': 'config-file: settings.yaml\nrules: {hard-coded-path: off}\n',
        'config.yaml': 'theirs: 1\n',
        'sub/a.py': CODE,
      },
      async (place) => {
        const answer = await place.run(['refactor', 'paths-to-config', 'sub/a.py', '--format', 'json']);
        assert.equal(answer.status, 0, answer.stdout + answer.stderr);
        assert.deepEqual((answer.json as ChangeOutput).written, ['sub/a.py', 'sub/settings.yaml']);
        assert.match(place.read('sub/a.py'), /"settings\.yaml"/);
        assert.match(place.read('sub/settings.yaml'), /\/Users\/petra\/data\.csv/);
      },
    ));

  test('paths-to-config does not extend a file of that name that is somebody else’s, nor take another', () =>
    inPlace(
      { '.graduate.yaml': 'config-file: settings.yaml\n', 'settings.yaml': 'theirs: 1\n', 'a.py': CODE },
      async (place) => {
        const answer = await place.run(['refactor', 'paths-to-config', 'a.py']);
        assert.equal(answer.status, 3);
        assert.match(answer.stdout, /settings\.yaml was not made by Graduate/);
        assert.ok(!place.has('config.yaml') && !place.has('graduate.yaml'));
      },
    ));
});
