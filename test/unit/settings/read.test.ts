import assert from 'node:assert/strict';
import { NO_SETTINGS, isLeftOut, severitiesFor } from '../../../src/settings/settings';
import { fromToml, fromYaml, told } from './support';

const YAML = `# Shared by the team
rules:
  hard-coded-path: off
  unsafe-model-load: error
exclude: [scratch, "*.bak.py", '/old/deep']
notebooks: false
config-file: settings.yaml
per-file:
  tests:
    unsafe-model-load: hint
  tests/slow:
    unsafe-model-load: warning
defer-to-other-linters: false
`;

const TOML = `[project]
name = "x"

[tool.graduate]
exclude = ["scratch", "*.bak.py", '/old/deep']
notebooks = false
config-file = "settings.yaml"
defer-to-other-linters = false

[tool.other]
rules = 3

[tool.graduate.rules]
hard-coded-path = "off"
unsafe-model-load = "error"

[tool.graduate.per-file]
tests = { unsafe-model-load = "hint" }
"tests/slow".unsafe-model-load = "warning"
`;

suite('settings', () => {
  for (const [name, found] of [
    ['.graduate.yaml', fromYaml(YAML)],
    ['pyproject.toml', fromToml(TOML)!],
  ] as const) {
    test(`every key, from ${name}`, () => {
      assert.deepEqual(found.problems, []);
      assert.equal(found.file, name);
      const { settings } = found;
      assert.equal(settings.configFile, 'settings.yaml');
      assert.equal(settings.deferToOtherLinters, false);
      assert.equal(settings.notebooks, false);
      const severity = (path: string): unknown => severitiesFor(settings, path).get('unsafe-model-load');
      assert.equal(severity('a.py'), 'error');
      assert.equal(severity('tests/test_a.py'), 'hint');
      assert.equal(severity('tests/slow/test_a.py'), 'warning');
      assert.equal(severitiesFor(settings, 'tests/slow/a.py').get('hard-coded-path'), 'off');
      const leftOut = (path: string, isFolder = false): boolean => isLeftOut(settings, path, isFolder);
      assert.ok(leftOut('scratch', true) && leftOut('a/scratch', true) && leftOut('a/x.bak.py'));
      assert.ok(leftOut('old/deep', true) && !leftOut('a/old/deep', true));
      assert.ok(leftOut('a.ipynb') && !leftOut('a.py'));
    });
  }

  test('what the file says wins over what the user has set; the rest is the user’s', () => {
    const { settings } = fromYaml(
      'rules: {hard-coded-path: hint}\nper-file: {"a.py": {unsafe-model-load: off}}\n',
    );
    const own = new Map([
      ['hard-coded-path', 'error'],
      ['unsafe-model-load', 'error'],
      ['use-before-definition', 'off'],
    ] as const);
    assert.deepEqual(
      [...severitiesFor(settings, 'a.py', own)],
      [
        ['hard-coded-path', 'hint'],
        ['unsafe-model-load', 'off'],
        ['use-before-definition', 'off'],
      ],
    );
    assert.equal(severitiesFor(settings, 'b.py', own).get('unsafe-model-load'), 'error');
  });

  test('files that say nothing', () => {
    for (const text of ['', '\n# rules:\n', '---\n', 'null\n', 'rules:\nexclude:\nper-file:\n']) {
      const found = fromYaml(text);
      assert.deepEqual(found.problems, [], text);
      assert.equal(severitiesFor(found.settings, 'a.py').size, 0);
    }
    for (const text of ['', '[project]\nname = "graduate"\n', '[tool.other]\nx = "graduate"\n']) {
      assert.equal(fromToml(text), undefined, text);
    }
    assert.deepEqual(fromToml('[tool.graduate]\n')?.settings.rules, NO_SETTINGS.rules);
  });
});

suite('settings: what is wrong', () => {
  const cases: readonly (readonly [
    what: string,
    yaml: string,
    toml: string,
    problem: RegExp,
    at: [string, string],
  ])[] = [
    [
      'an unknown key',
      'exclud: []\n',
      '[tool.graduate]\nexclud = []\n',
      /^there is no setting "exclud"; did you mean "exclude"\?$/,
      ['1:1', '2:1'],
    ],
    [
      'a key spelled as in other tools',
      'deferToOtherLinters: true\n',
      '[tool.graduate]\ndefer_to_other_linters = true\n',
      /did you mean "defer-to-other-linters"\?$/,
      ['1:1', '2:1'],
    ],
    [
      'a key like none',
      'é😀: 1\n',
      '[tool.graduate]\n"é😀" = 1\n',
      /^there is no setting "é😀"; there are: rules, exclude, notebooks, config-file, per-file, defer-to-other-linters$/,
      ['1:1', '2:1'],
    ],
    [
      'an unknown rule, behind characters of two units',
      'rules: {"hard-coded-path": "hint", # 😀\n "hardcoded-paths": "off"}\n',
      '[tool]\ngraduate.config-file = "a.yaml" # 😀\ngraduate.rules.hardcoded-paths = "off"\n',
      /^there is no rule "hardcoded-paths"; did you mean "hard-coded-path"\?$/,
      ['2:2', '3:16'],
    ],
    [
      'a rule like none',
      'rules:\n  zzz: off\n',
      'tool.graduate.rules.zzz = "off"',
      /^there is no rule "zzz"$/,
      ['2:3', '1:21'],
    ],
    [
      'a severity that there is not',
      'rules:\n  hard-coded-path: loud\n',
      'tool.graduate.rules = { hard-coded-path = "loud" }',
      /^the severity of hard-coded-path is off, hint, information, warning or error, not "loud"$/,
      ['2:20', '1:43'],
    ],
    [
      'a severity that is no text',
      'rules:\n  hard-coded-path: false\n',
      'tool.graduate.rules.hard-coded-path = false',
      /, not false$/,
      ['2:20', '1:39'],
    ],
    [
      'rules as a list',
      'rules: [hard-coded-path]\n',
      'tool.graduate.rules = ["hard-coded-path"]',
      /^rules maps names of rules to severities; this is a list$/,
      ['1:8', '1:23'],
    ],
    [
      'rules as a list of tables',
      'rules:\n- x: 1\n',
      '[[tool.graduate.rules]]\nx = 1\n[tool.graduate.rules.y]\nz = 1\n',
      /^rules maps names of rules to severities; this is a list$/,
      ['2:1', '1:17'],
    ],
    [
      'exclude as a text',
      'exclude: scratch\n',
      'tool.graduate.exclude = "scratch"',
      /^exclude is a list of patterns; this is "scratch"$/,
      ['1:10', '1:25'],
    ],
    [
      'a pattern that is no text',
      'exclude: [a, 3]\n',
      'tool.graduate.exclude = ["a", 3]',
      /^a pattern is a text, not a number$/,
      ['1:14', '1:31'],
    ],
    [
      'a pattern that leads out',
      'exclude: ["../x"]\n',
      'tool.graduate.exclude = ["../x"]',
      /^a pattern cannot lead out of the folder of the settings file$/,
      ['1:11', '1:26'],
    ],
    [
      'a pattern with the wrong slashes',
      "exclude: ['a\\b']\n",
      "tool.graduate.exclude = ['a\\b']",
      /^folders are separated by "\/", not "\\"$/,
      ['1:11', '1:26'],
    ],
    [
      'an empty pattern',
      'per-file: {" ": {}}\n',
      'tool.graduate.per-file." " = {}',
      /^an empty pattern matches nothing$/,
      ['1:12', '1:24'],
    ],
    [
      'notebooks as a word',
      'notebooks: off\n',
      'tool.graduate.notebooks = "off"',
      /^notebooks is true or false, not "off"$/,
      ['1:12', '1:27'],
    ],
    [
      'a configuration in another folder',
      'config-file: conf/a.yaml\n',
      'tool.graduate.config-file = "conf/a.yaml"',
      /^config-file is the name of a YAML file such as "settings.yaml", without a folder, not "conf\/a.yaml"$/,
      ['1:14', '1:29'],
    ],
    [
      'the settings file as configuration',
      'config-file: .graduate.yaml\n',
      'tool.graduate.config-file = ".graduate.yaml"',
      /not "\.graduate\.yaml"$/,
      ['1:14', '1:29'],
    ],
    [
      'settings that are no table',
      '- rules\n',
      '[tool]\ngraduate = 1979-05-27\n',
      /^the settings are a table with rules, .*, not a (list|date or time)$/,
      ['1:1', '2:12'],
    ],
  ];
  for (const [what, yaml, toml, problem, [inYaml, inToml]] of cases) {
    test(what, () => {
      for (const [found, at] of [
        [fromYaml(yaml), inYaml],
        [fromToml(toml), inToml],
      ] as const) {
        const [line = '', ...more] = told(found);
        assert.deepEqual(more, []);
        assert.ok(line.startsWith(`${at} `), line);
        assert.match(line.slice(at.length + 1), problem);
      }
    });
  }

  test('what is right beside it counts, and problems come in their order', () => {
    const found = fromYaml(
      'nothing: 1\nrules: {hard-coded-path: error, x: off}\nexclude: [a, 1, b]\nnotebook: true\n',
    );
    assert.deepEqual(
      found.problems.map(({ range }) => range.start.line),
      [0, 1, 2, 3],
    );
    assert.deepEqual([...found.settings.rules], [['hard-coded-path', 'error']]);
    assert.ok(found.settings.exclude.matches('b', false));
  });

  const brokenYaml: readonly (readonly [string, string])[] = [
    ['rules: [a\n', '2:1'],
    ['rules: {}\nrules: {}\n', '2:1'],
    ['a: 1\n\tb: 2\n', '2:1'],
    ['a: "x\n', '2:1'],
    ['a: 1\n---\nb: 1\n', '3:1'],
  ];
  for (const [text, at] of brokenYaml) {
    test(`no YAML: ${JSON.stringify(text)}`, () => {
      const [line = '', ...more] = told(fromYaml(text));
      assert.deepEqual(more, []);
      assert.match(
        line,
        new RegExp(`^${at} (no valid YAML: \\S[^\\n]*[^.:]|a settings file is one document)$`),
      );
    });
  }

  const brokenToml: readonly (readonly [string, string])[] = [
    ['[tool.graduate\nrules = 1\n', '2:1'],
    ['[tool.graduate]\nrules = {\nrules = {}\n', '4:1'],
    ['[tool.graduate]\nnotebooks = true\nnotebooks = true\n', '3:1'],
    ['[tool.graduate]\nnotebooks = yes\n', '2:13'],
    ['[tool]\n"graduate".notebooks = yes\n', '2:24'],
  ];
  for (const [text, at] of brokenToml) {
    test(`no TOML: ${JSON.stringify(text)}`, () => {
      const [line = '', ...more] = told(fromToml(text));
      assert.deepEqual(more, []);
      assert.match(line, new RegExp(`^${at} no valid TOML: \\S`));
    });
  }

  test('a broken pyproject.toml that says nothing of us is none of our business', () => {
    for (const text of ['[project\nname = "graduate"\n', '{{ cookiecutter.name }} = graduate\n']) {
      assert.equal(fromToml(text), undefined);
    }
  });

  test('an alias within its own anchor has an end', () => {
    const found = fromYaml('rules: &a\n  hard-coded-path: *a\n');
    assert.equal(found.problems.length, 1);
  });

  test('an alias of nothing', () => {
    assert.deepEqual(told(fromYaml('notebooks: *x\n')), [
      '1:12 notebooks is true or false, not an alias of nothing',
    ]);
  });

  test('an alias of a value counts', () => {
    const found = fromYaml('rules: &a {hard-coded-path: error}\nper-file: {tests: *a}\n');
    assert.deepEqual(found.problems, []);
    assert.equal(severitiesFor(found.settings, 'tests/a.py').get('hard-coded-path'), 'error');
  });
});
