import assert from 'node:assert/strict';
import { listProject } from '../../../src/readiness/files';
import { projectFacts } from '../../../src/readiness/facts';
import { memoryWorkspace } from '../../support/analysis';
import { factOf, lines, probeInput } from './support';

const CODE = { 'a.py': 'import pandas as pd\n\npd.read_csv("data/x.csv")\n' };

suite('readiness: tests', () => {
  const TEST = 'from a import f\n\n\ndef test_f():\n    assert f(1) == 2\n';
  const report = (tests: number, failures: number): string =>
    `<?xml version="1.0"?>\n<testsuites><testsuite name="pytest" errors="0" failures="${failures}" tests="${tests}"/></testsuites>\n`;

  test('no test at all', async () => {
    assert.equal((await factOf('tests', CODE)).outcome, 'no');
  });

  test('tests without a report: nobody knows whether they pass', async () => {
    const fact = await factOf('tests', { ...CODE, 'tests/test_a.py': TEST });
    assert.equal(fact.outcome, 'unknown');
    assert.equal(fact.summary, '1 test asserts something; no report shows that they pass');
    assert.deepEqual(lines(fact), ['tests/test_a.py:4 test_f']);
  });

  test('a report that is newer than the code proves them', async () => {
    const files = { ...CODE, 'tests/test_a.py': TEST, 'junit.xml': report(1, 0) };
    const times = { 'a.py': 1, 'tests/test_a.py': 2, 'junit.xml': 3 };
    assert.equal((await factOf('tests', files, { times })).outcome, 'yes');
    const changed = await factOf('tests', files, { times: { ...times, 'a.py': 4 } });
    assert.equal(changed.outcome, 'unknown');
    assert.match(changed.summary, /a\.py was changed after the last report/);
    assert.equal((await factOf('tests', files)).outcome, 'unknown', 'nobody knows the times');
  });

  test('a report of failures', async () => {
    const files = { ...CODE, 'tests/test_a.py': TEST, 'junit.xml': report(2, 1) };
    const fact = await factOf('tests', files);
    assert.equal(fact.outcome, 'no');
    assert.deepEqual(lines(fact), ['junit.xml:2 2 run, 1 failed']);
  });

  test('tests that assert nothing, are skipped, or are place-holders', async () => {
    const idle = [
      'def test_a():\n    f()\n',
      'def test_a():\n    assert True\n',
      'import pytest\n\n@pytest.mark.skip\ndef test_a():\n    assert f()\n',
      '# TODO(readiness)\ndef test_a():\n    assert f() == 1\n',
    ];
    for (const code of idle) {
      assert.equal((await factOf('tests', { ...CODE, 'tests/test_a.py': code })).outcome, 'no', code);
    }
  });

  test('the ways to assert', async () => {
    const ways = [
      'import unittest\n\nclass T(unittest.TestCase):\n    def test_a(self):\n        self.assertEqual(f(), 1)\n',
      'import numpy as np\n\ndef test_a():\n    np.testing.assert_allclose(f(), 1)\n',
      'import pytest\n\ndef test_a():\n    with pytest.raises(ValueError):\n        f()\n',
    ];
    for (const code of ways) {
      assert.equal((await factOf('tests', { ...CODE, 'test_a.py': code })).outcome, 'unknown', code);
    }
  });
});

suite('readiness: dependencies', () => {
  const fact = (files: Record<string, string>) => factOf('dependencies', { ...CODE, ...files });

  test('none: the imports that need one', async () => {
    const none = await fact({});
    assert.equal(none.outcome, 'no');
    assert.deepEqual(lines(none), ['a.py:1 imports pandas']);
  });

  test('nothing but the standard library and own modules is imported', async () => {
    const files = {
      'a.py': 'import os, b\nfrom . import c\nfrom lib.d import e\n',
      'b.py': '',
      'lib/d.py': '',
    };
    assert.equal((await factOf('dependencies', files)).outcome, 'not-applicable');
  });

  test('the files that name packages', async () => {
    const files: Record<string, string> = {
      'requirements.txt': '# needs\n-r other.txt\npandas==2.2.0\ntorch>=2\n',
      'requirements/base.in': 'pandas\ntorch\n',
      'requirements-dev.txt': 'pandas\ntorch\n',
      'pyproject.toml': '[project]\nname = "x"\ndependencies = [\n  "pandas[excel]==2",\n  "torch",\n]\n',
      'environment.yml': 'name: x\ndependencies:\n  - python=3.12\n  - pandas=2.2\n  - pip:\n    - torch\n',
      Pipfile: '[packages]\npandas = "*"\ntorch = "==2.0"\n\n[dev-packages]\npytest = "*"\n',
      'setup.py': 'setup(install_requires=["pandas", "torch"])\n',
      'setup.cfg': '[options]\ninstall_requires =\n    pandas\n    torch\n\n[flake8]\n',
    };
    for (const [name, text] of Object.entries(files)) {
      const found = await fact({ [name]: text });
      assert.equal(found.outcome, 'yes', name);
      assert.match(found.summary, /names? 2 packages/, name);
    }
    const one = await fact({ 'requirements.txt': files['requirements.txt']! });
    assert.deepEqual(lines(one), ['requirements.txt:3 2 packages, 1 with an exact version']);
  });

  test('files that name nothing', async () => {
    assert.equal((await fact({ 'requirements.txt': '# nothing\n' })).outcome, 'no');
    assert.equal((await fact({ 'pyproject.toml': '[tool.ruff]\nline-length = 100\n' })).outcome, 'no');
    assert.equal(
      (await fact({ 'pyproject.toml': '[project]\nname = "x"\ndependencies = []\n' })).outcome,
      'no',
    );
    assert.equal((await fact({ 'requirements.txt': '# TODO(readiness)\npandas\n' })).outcome, 'no');
  });

  test('a lock file', async () => {
    const locked = await fact({
      'pyproject.toml': '[project]\ndependencies = ["pandas"]\n',
      'uv.lock': 'version = 1\n',
    });
    assert.equal(locked.summary, 'pyproject.toml names 1 package, locked by uv.lock');
  });
});

suite('readiness: data versions', () => {
  const fact = (files: Record<string, string>) => factOf('data-versions', { ...CODE, ...files });

  test('DVC, Git LFS', async () => {
    const dvc = await fact({ 'data/x.csv': '', 'data/x.csv.dvc': 'outs:\n- path: x.csv\n' });
    assert.equal(dvc.outcome, 'yes');
    assert.deepEqual(lines(dvc), ['data/x.csv.dvc tracked by DVC']);
    const folder = await fact({ 'data/x.csv': '', 'data.dvc': 'outs:\n- path: data\n' });
    assert.equal(folder.outcome, 'yes');
    const lock = await fact({
      'data/x.csv': '',
      'dvc.lock': 'stages:\n  a:\n    deps:\n    - path: data/x.csv\n',
    });
    assert.equal(lock.outcome, 'yes');
    const lfs = await fact({ 'data/x.csv': '', '.gitattributes': '*.csv filter=lfs diff=lfs -text\n' });
    assert.equal(lfs.outcome, 'yes');
    assert.deepEqual(lines(lfs), ['.gitattributes:1 *.csv is kept by Git LFS']);
  });

  test('some of it is enough for none', async () => {
    const some = await fact({ 'data/x.csv': '', 'model.pt': '', 'data/x.csv.dvc': '' });
    assert.equal(some.outcome, 'unknown');
    assert.equal(lines(some)[0], 'model.pt whether git has it is not to be seen in the files');
  });

  test('what git ignores and nothing else keeps', async () => {
    const lost = await fact({ '.git/HEAD': '', '.gitignore': 'data/\n', 'data/x.csv': '' });
    assert.equal(lost.outcome, 'no');
    assert.deepEqual(lines(lost), ['data/x.csv git ignores it, and nothing else keeps its versions']);
  });

  test('git may have it, or a repository above', async () => {
    assert.match((await fact({ '.git/HEAD': '', 'data/x.csv': '' })).summary, /^git may have/);
    const alone = await fact({ 'data/x.csv': '' });
    assert.equal(alone.outcome, 'unknown');
    assert.match(alone.summary, /may lie in a repository/);
  });

  test('data elsewhere, and none at all', async () => {
    const elsewhere = await fact({});
    assert.equal(elsewhere.outcome, 'unknown');
    assert.deepEqual(lines(elsewhere), ['a.py:3 reads a file']);
    assert.equal((await factOf('data-versions', { 'a.py': 'x = 1\n' })).outcome, 'not-applicable');
  });
});

suite('readiness: notebooks without outputs', () => {
  const output = { output_type: 'stream', name: 'stdout', text: 'x' };
  const notebook = (outputs: object[]): string =>
    JSON.stringify({
      cells: [
        { cell_type: 'markdown', metadata: {}, source: 'x' },
        { cell_type: 'code', metadata: {}, source: 'print(1)', execution_count: 1, outputs },
      ],
      ...{ metadata: {}, nbformat: 4, nbformat_minor: 5 },
    });

  test('saved outputs, the first cell that has one', async () => {
    const fact = await factOf('notebook-outputs', { 'n.ipynb': notebook([output]) });
    assert.equal(fact.outcome, 'no');
    assert.deepEqual(lines(fact), ['n.ipynb#1:1 1 cell has saved outputs']);
  });

  test('none saved, or taken out on commit', async () => {
    assert.equal((await factOf('notebook-outputs', { 'n.ipynb': notebook([]) })).outcome, 'yes');
    const filters: Record<string, string> = {
      '.gitattributes': '*.ipynb filter=nbstripout\n',
      '.pre-commit-config.yaml': 'repos:\n- repo: x\n  hooks:\n  - id: nbstripout\n',
    };
    for (const [name, text] of Object.entries(filters)) {
      const fact = await factOf('notebook-outputs', { 'n.ipynb': notebook([output]), [name]: text });
      assert.equal(fact.outcome, 'yes', name);
    }
  });

  test('one that cannot be read is not known', async () => {
    const fact = await factOf(
      'notebook-outputs',
      { 'n.ipynb': '{', 'm.ipynb': notebook([]) },
      { unseen: ['n.ipynb'] },
    );
    assert.equal(fact.outcome, 'unknown');
    assert.equal((await factOf('notebook-outputs', CODE)).outcome, 'not-applicable');
  });
});

suite('readiness: files', () => {
  test('environments and caches are not the project’s', async () => {
    const workspace = memoryWorkspace({
      ...{ 'a.py': '', 'b/c.py': '', '.git/HEAD': '', '__pycache__/a.pyc': '', 'venv/x.py': '' },
      ...{ 'mine/pyvenv.cfg': '', 'mine/lib/y.py': '', 'p.egg-info/SOURCES.txt': '' },
    });
    const files = await listProject(workspace);
    assert.deepEqual(files.paths, ['a.py', 'b/c.py']);
    assert.ok(files.top.includes('.git/'));
    assert.equal(files.isComplete, true);
  });

  test('too many files: nothing is claimed to be absent', async () => {
    const many = Object.fromEntries(Array.from({ length: 5001 }, (_, i) => [`d/${i}.txt`, '']));
    const input = await probeInput({ 'a.py': 'import pandas\n', ...many });
    assert.equal(input.files.isComplete, false);
    const outcomes = (await projectFacts(input)).map(({ probe, outcome }) => `${probe.id} ${outcome}`);
    assert.deepEqual(
      outcomes.filter((each) => each.endsWith(' no')),
      [],
    );
  });

  test('a probe that fails is unknown, and the others answer', async () => {
    const failing = {
      ...{ id: 'x', title: 'X', question: '?', cannotSee: '.', looksAt: 'code' as const },
      run: () => Promise.reject(new Error('boom')),
    };
    const [fact] = await projectFacts(await probeInput(CODE), [failing]);
    assert.equal(fact?.outcome, 'unknown');
    assert.match(String(fact?.error), /boom/);
  });
});
