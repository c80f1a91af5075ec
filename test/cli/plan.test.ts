import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { notebookText } from '../unit/cli/support';
import { type Place, inPlace } from './support';

const SCRIPT = `import json

rows = json.loads('[{"a": 1}, {"a": 3}]')
print(len(rows))
total = sum(row["a"] for row in rows)
mean = total / len(rows)
print(mean)
report = {"mean": mean}
with open("report.json", "w") as file:
    json.dump(report, file)
`;
const CELLS = [
  'import json',
  'rows = json.loads("[1, 2, 3]")',
  'rows',
  'total = sum(rows)\nprint(total)',
  'mean = total / len(rows)',
  'print(mean)',
];

interface PlanOutput {
  readonly status: string;
  readonly written: readonly string[];
  readonly stages: readonly {
    readonly name: string;
    readonly cells: readonly number[];
    readonly statements: number;
  }[];
  readonly statements: { readonly all: number; readonly inStages: number };
  readonly notes: readonly { readonly message: string }[];
  readonly refusals: readonly { readonly reason: string; readonly hint?: string; readonly line: number }[];
}

async function planned(place: Place, ...args: string[]): Promise<PlanOutput> {
  const answer = await place.run(['plan', ...args, '--format', 'json']);
  assert.equal(answer.status, 0, answer.stderr + answer.stdout);
  return answer.json as PlanOutput;
}

function edited(place: Place, name: string, edit: (text: string) => string): Promise<void> {
  const text = place.read(name);
  const after = edit(text);
  assert.notEqual(after, text);
  return import('node:fs').then(({ writeFileSync }) => writeFileSync(path.join(place.folder, name), after));
}

function python(place: Place, file: string): string {
  const executable = process.env['GRADUATE_PYTHON'] ?? 'python3';
  return execFileSync(executable, [file], { cwd: place.folder, encoding: 'utf8' });
}

suite('graduate plan', () => {
  test('a table, and the same as data', () =>
    inPlace({ 'a.py': SCRIPT }, async (place) => {
      const answer = await place.run(['plan', 'a.py']);
      assert.deepEqual([answer.status, answer.stderr], [0, '']);
      assert.match(answer.stdout, /^a\.py: \d stages, functions\n/);
      const output = await planned(place, 'a.py');
      assert.equal(output.status, 'done');
      assert.deepEqual(output.statements, { all: 7, inStages: 7 });
      assert.deepEqual(output.refusals, []);
      assert.equal(
        output.stages.reduce((sum, { statements }) => sum + statements, 0),
        7,
      );
    }));

  test('what stands against it, with the edit that would lift it', () =>
    inPlace({ 'a.py': 'x = len([1])\nexec("y = 2")\nz = x + y\nprint(z)\n' }, async (place) => {
      const [refusal] = (await planned(place, 'a.py')).refusals;
      assert.match(refusal!.reason, /exec may bind any name/);
      assert.match(refusal!.hint!, /by assignments/);
      assert.equal(refusal!.line, 1);
      assert.match((await place.run(['plan', 'a.py'])).stdout, /a\.py:2: exec .*\n {4}to lift it: /);
    }));

  test('a plan renames a stage and moves a statement, and the script does what it did', () =>
    inPlace({ 'a.py': SCRIPT }, async (place) => {
      const before = python(place, 'a.py');
      await planned(place, 'a.py', '--out', 'plan.yaml');
      const names = [...place.read('plan.yaml').matchAll(/- name: "(\w+)"/g)].map((match) => match[1]!);
      await edited(place, 'plan.yaml', (text) => {
        const lines = text.replace(`"${names[0]!}"`, '"read_rows"').split('\n');
        // The last statement of the first stage goes to the beginning of the second.
        const second = lines.findIndex((line) => line.includes(`"${names[1]!}"`));
        const from = lines.slice(0, second).findLastIndex((line) => line.includes('code:'));
        const [line] = lines.splice(from, 1);
        const next = lines.findIndex((each, i) => i >= from && each.includes('statements:'));
        lines.splice(next + 1, 0, line!);
        return lines.join('\n');
      });
      const answer = await place.run(['refactor', 'extract-pipeline', 'a.py', '--plan', 'plan.yaml']);
      assert.equal(answer.status, 0, answer.stderr + answer.stdout);
      const text = place.read('a.py');
      assert.match(
        text,
        /def read_rows\(.*\n {4}""".*"""\n {4}rows = json\.loads.*\n {4}print\(len\(rows\)\)\n {4}return rows\n/,
      );
      assert.equal(python(place, 'a.py'), before);
    }));

  test('a notebook: cells that stay, and two that become one stage', () =>
    inPlace({ 'n.ipynb': notebookText(...CELLS) }, async (place) => {
      const { stages } = await planned(place, 'n.ipynb', '--out', 'plan.yaml');
      assert.deepEqual(
        stages.map(({ cells }) => cells),
        [[1], [3], [4], [5]],
      );
      assert.match(place.read('plan.yaml'), /keep:\n {2}- \{cell: 3, .*code: "rows", id: "\w+"\}/);
      await edited(place, 'plan.yaml', (text) => {
        const second = stages[2]!.name;
        return text.replace(new RegExp(` {2}- name: "${second}"\\n(?: {4}\\w+: ".*\\n)* {4}cells:\\n`), '');
      });
      const answer = await place.run(['refactor', 'extract-pipeline', 'n.ipynb', '--plan', 'plan.yaml']);
      assert.equal(answer.status, 0, answer.stderr + answer.stdout);
      assert.match(
        place.read('n_pipeline.py'),
        /total = sum\(rows\)\n {4}print\(total\)\n {4}return total \/ len\(rows\)/,
      );
      assert.match(place.read('n.ipynb'), /"rows"/);
    }));

  test('a look is left out, what does more is not', () =>
    inPlace({ 'n.ipynb': notebookText(...CELLS) }, async (place) => {
      await planned(place, 'n.ipynb', '--out', 'plan.yaml');
      const text = place.read('plan.yaml');
      await edited(place, 'plan.yaml', () =>
        text
          .replace(/keep:\n( {2}- .*\n)/, 'keep: []\n')
          .replace('drop: []', `drop:\n${/keep:\n( {2}- .*)\n/.exec(text)![1]!}`),
      );
      const answer = await place.run(['refactor', 'extract-pipeline', 'n.ipynb', '--plan', 'plan.yaml']);
      assert.equal(answer.status, 0, answer.stderr + answer.stdout);
      assert.doesNotMatch(place.read('n.ipynb'), /"rows"/);
    }));

  test('a plan that cannot be followed: its lines are named, nothing is written', () =>
    inPlace({ 'a.py': SCRIPT }, async (place) => {
      await planned(place, 'a.py', '--out', 'plan.yaml');
      const text = place.read('plan.yaml');
      const line = text.split('\n').findIndex((each) => each.includes('code: "print(mean)"')) + 1;
      const wrong: readonly [from: RegExp, to: string, status: number, complaint: RegExp][] = [
        [
          /name: "\w+"/,
          'name: "two words"',
          2,
          /^graduate: plan\.yaml:\d+:\d+: "two words" is no name in Python/m,
        ],
        [
          /name: "\w+"/,
          'name: "json"',
          3,
          /^plan\.yaml:\d+: refused: json is a name of the program already/m,
        ],
        [
          /lines: "7"/,
          'lines: "77"',
          3,
          new RegExp(`^plan\\.yaml:${line}: refused: line 77 holds no statement`, 'm'),
        ],
        [/program: ".*"/, 'program: "b.py"', 2, /the plan is for b\.py, not for a\.py/],
      ];
      for (const [from, to, status, complaint] of wrong) {
        await edited(place, 'plan.yaml', () => text.replace(from, to));
        const answer = await place.run(['refactor', 'extract-pipeline', 'a.py', '--plan', 'plan.yaml']);
        assert.equal(answer.status, status, answer.stderr + answer.stdout);
        assert.match(answer.stderr + answer.stdout, complaint);
        assert.equal(place.read('a.py'), SCRIPT);
      }
    }));

  test('made again, it keeps its decisions; a document with comments of its own is left alone', () =>
    inPlace({ 'a.py': SCRIPT }, async (place) => {
      await planned(place, 'a.py', '--out', 'plan.yaml');
      await edited(place, 'plan.yaml', (text) => text.replace(/name: "\w+"/, 'name: "read_rows"'));
      assert.deepEqual((await planned(place, 'a.py', '--out', 'plan.yaml')).written, []);
      await edited(place, 'a.py', (text) => text.replace('print(mean)', 'print(mean)\nprint("new")'));
      const again = await planned(place, 'a.py', '--out', 'plan.yaml');
      assert.deepEqual([again.written, again.stages[0]!.name], [['plan.yaml'], 'read_rows']);
      assert.match(again.notes.map(({ message }) => message).join(), /is not in the plan: print\("new"\)/);
      assert.match(place.read('plan.yaml'), /code: "print\(\\"new\\"\)"/);
      await edited(place, 'plan.yaml', (text) => `# mine\n${text}`);
      await edited(place, 'a.py', (text) => text.replace('"new"', '"newer"'));
      const answer = await place.run(['plan', 'a.py', '--out', 'plan.yaml']);
      assert.equal(answer.status, 2);
      assert.match(place.read('plan.yaml'), /^# mine\n/);
    }));

  test('nothing that runs, no Python, no file', () =>
    inPlace({ 'a.py': 'def f():\n    pass\n', 'b.py': 'x = (\n' }, async (place) => {
      const answers = await Promise.all(['a.py', 'b.py', 'c.py'].map((name) => place.run(['plan', name])));
      assert.deepEqual(
        answers.map(({ status }) => status),
        [0, 3, 2],
      );
    }));
});
