import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { type Files, type Place, inPlace } from './support';

const SCRIPT = `import yaml
import numpy as np

rows = yaml.safe_load("[1, 2, 3]")
print(len(rows))
total = float(np.sum(rows))
mean = total / len(rows)
print(mean)
with open("report.txt", "w") as file:
    file.write(str(mean))
`;

/** An environment as \`venv\` makes it, with these distributions. */
function environment(folder: string, distributions: Readonly<Record<string, string>>): Files {
  const site = `${folder}/lib/python3.12/site-packages`;
  return Object.fromEntries([
    [`${folder}/pyvenv.cfg`, 'version = 3.12.4\n'],
    [`${folder}/bin/python`, ''],
    ...Object.entries(distributions).map(([name, version]): [string, string] => [
      `${site}/${name}-${version}.dist-info/METADATA`,
      `Metadata-Version: 2.1\nName: ${name}\nVersion: ${version}\n\nVersion: 9.9\n`,
    ]),
  ]);
}

async function packed(place: Place, ...more: string[]): Promise<void> {
  const answer = await place.run(['package', 'a.py', '--out', 'out', '--name', 'made', ...more], {
    env: { VIRTUAL_ENV: '', CONDA_PREFIX: '' },
  });
  assert.equal(answer.status, 0, answer.stderr + answer.stdout);
}

function edit(place: Place, name: string, change: (text: string) => string): string {
  const text = place.read(name);
  const after = change(text);
  assert.notEqual(after, text);
  fs.writeFileSync(path.join(place.folder, name), after);
  return after;
}

const firstName = (text: string): string => /- name: "(\w+)"/.exec(text)![1]!;

suite('graduate package', () => {
  test('versions are those of the environment beside the program', () =>
    inPlace(
      { 'a.py': SCRIPT, ...environment('.venv', { numpy: '2.1.0+cu1', PyYAML: '6.0.2' }) },
      async (place) => {
        await packed(place);
        const project = place.read('out/pyproject.toml');
        assert.match(project, /"numpy==2\.1\.0",/);
        assert.match(project, /"PyYAML==6\.0\.2",/);
        assert.match(project, /requires-python = ">=3\.12"/);
        assert.match(place.read('out/MIGRATION.md'), /installed with Python 3\.12 /);
      },
    ));

  test('--python names another environment; what is not there has no version', () =>
    inPlace(
      { 'a.py': SCRIPT, ...environment('.venv', { numpy: '1.0' }), ...environment('e', { numpy: '2.2' }) },
      async (place) => {
        await packed(place, '--python', 'e/bin/python');
        assert.match(place.read('out/pyproject.toml'), /"numpy==2\.2",\n {2}"PyYAML",/);
        assert.match(place.read('out/MIGRATION.md'), /Not installed there: `PyYAML`/);
      },
    ));

  test('--python without an environment is a mistake', () =>
    inPlace({ 'a.py': SCRIPT }, async (place) => {
      const answer = await place.run(['package', 'a.py', '--out', 'out', '--python', './nowhere']);
      assert.equal(answer.status, 2);
      assert.match(answer.stderr, /there is no \.\/nowhere/);
      assert.ok(!place.has('out'));
    }));

  test('no environment, no versions', () =>
    inPlace({ 'a.py': SCRIPT }, async (place) => {
      await packed(place);
      assert.match(place.read('out/pyproject.toml'), /"numpy",\n/);
      assert.match(place.read('out/pyproject.toml'), /requires-python = ">=3\.9"/);
    }));

  test('--plan is followed, and kept beside the result', () =>
    inPlace({ 'a.py': SCRIPT }, async (place) => {
      await place.run(['plan', 'a.py', '--out', 'p.yaml']);
      const old = firstName(place.read('p.yaml'));
      edit(place, 'p.yaml', (text) => text.replace(`"${old}"`, '"read_rows"'));
      await packed(place, '--plan', 'p.yaml');
      assert.match(place.read('out/src/made/pipeline.py'), /read_rows\(\)/);
      assert.equal(firstName(place.read('out/plan.yaml')), 'read_rows');
      // Converted again without it, decisions stay, and the program has changed.
      fs.writeFileSync(path.join(place.folder, 'a.py'), SCRIPT.replace('1, 2, 3', '1, 2, 3, 4'));
      await packed(place);
      assert.match(place.read('out/src/made/pipeline.py'), /read_rows\(\)/);
    }));

  test('the plan beside the result can be edited', () =>
    inPlace({ 'a.py': SCRIPT }, async (place) => {
      await packed(place);
      const old = firstName(place.read('out/plan.yaml'));
      const text = edit(place, 'out/plan.yaml', (each) => each.replace(`"${old}"`, '"read_rows"'));
      await packed(place);
      assert.match(place.read('out/src/made/pipeline.py'), /read_rows\(\)/);
      assert.equal(place.read('out/plan.yaml'), text);
    }));

  test('a plan that cannot be followed is refused at its line', () =>
    inPlace({ 'a.py': SCRIPT }, async (place) => {
      await place.run(['plan', 'a.py', '--out', 'p.yaml']);
      const old = firstName(place.read('p.yaml'));
      const text = edit(place, 'p.yaml', (each) => each.replace(`"${old}"`, '"run"'));
      const line = text.split('\n').findIndex((each) => each.includes('"run"')) + 1;
      const answer = await place.run(['package', 'a.py', '--out', 'out', '--plan', 'p.yaml']);
      assert.equal(answer.status, 3);
      assert.match(
        answer.stdout,
        new RegExp(`p\\.yaml:${line}: refused: run is a function of every package`),
      );
      assert.ok(!place.has('out'));
    }));

  test('a plan for another program is a mistake', () =>
    inPlace({ 'a.py': SCRIPT, 'b.py': SCRIPT }, async (place) => {
      await place.run(['plan', 'b.py', '--out', 'p.yaml']);
      const answer = await place.run(['package', 'a.py', '--out', 'out', '--plan', 'p.yaml']);
      assert.equal(answer.status, 2);
      assert.match(answer.stderr, /the plan is for b\.py, not for a\.py/);
    }));
});
