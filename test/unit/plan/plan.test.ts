import assert from 'node:assert/strict';
import { decisionsOf, followPlan } from '../../../src/plan/follow';
import { planOf } from '../../../src/plan/propose';
import { readPlan } from '../../../src/plan/read';
import { planText } from '../../../src/plan/write';
import type { ProgramSource } from '../../../src/program/source';
import type { FactUnit } from '../../../src/semantics/facts';
import { type Stage, cellStages, stagesOf } from '../../../src/stages/stages';
import { LineIndex } from '../../../src/text/position';
import { analyse, notebookSource } from '../../support/analysis';

const CODE = `import pandas as pd

df = pd.read_csv("a.csv")
print(df.shape)
df["b"] = df["a"] * 2
df["c"] = df["a"] * 3
from sklearn.svm import SVC
model = SVC()
model.fit(df, df)
df.to_csv("b.csv")
`;
const CELLS = [
  'import pandas as pd',
  '[markdown]\n# Load',
  'df = pd.read_csv("a.csv")\nrows = len(df)',
  'df.head()',
  'df["b"] = df["a"] * 2',
  'df.to_csv("b.csv")',
];

interface Made {
  readonly units: readonly FactUnit[];
  readonly stages: readonly Stage[];
  readonly taken: ReadonlySet<string>;
  readonly facts: FactUnit['facts'];
}

async function made(source: ProgramSource | string): Promise<Made> {
  const { facts, context } = await analyse(source);
  const units = facts.units.filter(({ unit: { statement } }) => !statement.kind.startsWith('Import'));
  const taken = new Set(facts.moduleNames());
  const runs = facts.cells
    .map((cell) => units.filter((unit) => unit.cell === cell))
    .filter((run) => run.length > 0);
  const stages =
    facts.program.kind === 'notebook'
      ? cellStages(runs, taken, context.evaluator)
      : stagesOf(units, taken, context.evaluator);
  return { units, stages, taken, facts };
}

/** The plan of one program, edited, followed in another one: `name: first lines`, or the problems. */
async function followed(
  source: ProgramSource | string,
  edit: (text: string) => string = (text) => text,
  now: ProgramSource | string = source,
): Promise<readonly string[]> {
  const text = edit(planText(planOf(await made(source))));
  const { plan, problems } = readPlan(text);
  const lines = new LineIndex(text);
  const shown = (all: typeof problems): string[] =>
    all.map(({ message, span }) => `${span ? lines.positionAt(span.start).line + 1 : '-'}: ${message}`);
  if (!plan) return shown(problems);
  const { stages: proposed, facts, taken } = await made(now);
  const following = followPlan(plan, { proposed, facts, taken });
  if (following.problems.length > 0) return shown(following.problems);
  return following.stages.map(
    ({ name, units }) => `${name}: ${units.map(({ unit }) => unit.text).join(' | ')}`,
  );
}

function moved(line: RegExp, before: RegExp): (text: string) => string {
  return (text) => {
    const lines = text.split('\n');
    const [cut] = lines.splice(
      lines.findIndex((each) => line.test(each)),
      1,
    );
    lines.splice(
      lines.findIndex((each) => before.test(each)),
      0,
      cut!,
    );
    return lines.join('\n');
  };
}

suite('plans', () => {
  test('a plan that nobody edits gives the stages that it was made of', async () => {
    for (const source of [CODE, notebookSource('n.ipynb', CELLS)]) {
      const { stages } = await made(source);
      assert.deepEqual(
        await followed(source),
        stages.map(({ name, units }) => `${name}: ${units.map(({ unit }) => unit.text).join(' | ')}`),
      );
    }
  });

  test('the document of a notebook, as people see it', async () => {
    const text = planText(
      planOf({ ...(await made(notebookSource('n.ipynb', CELLS))), className: 'NPipeline' }),
    );
    assert.match(text, /^# Graduate's plan for n\.ipynb/);
    assert.match(text, /class_name: "NPipeline"/);
    assert.match(
      text,
      / {2}- name: "load_data"\n {4}title: "Load"\n {4}phase: "load"\n {4}cells:\n {6}- \{cell: 3, code: "df = pd\.read_csv\(\\"a\.csv\\"\)", id: "\w{10}"\}\n/,
    );
    assert.match(text, /^keep: \[\]$/m);
  });

  test('a stage gets another name', async () => {
    const stages = await followed(CODE, (text) => text.replace('"load_data"', '"read_table"'));
    assert.match(stages[0]!, /^read_table: /);
  });

  test('a statement moves to the stage above, and another to the one below', async () => {
    const up = await followed(CODE, moved(/code: "df\[\\"b\\"\]/, /name: "prepare/));
    assert.match(up[0]!, /\| df\["b"\] = df\["a"\] \* 2$/);
    const down = await followed(CODE, moved(/code: "print/, /code: "df\[\\"b\\"\]/));
    assert.match(down[1]!, /^\w+: print\(df\.shape\) \| df\["b"\]/);
  });

  test('stages are split and joined', async () => {
    const split = await followed(CODE, (text) =>
      text.replace(/( {6}- \{.*code: "print)/, '  - name: "say"\n    statements:\n$1'),
    );
    assert.equal(split[1], 'say: print(df.shape)');
    const joined = await followed(CODE, (text) => text.replace(/ {2}- name: "prepare[^]*?statements:\n/, ''));
    assert.match(joined[0]!, /print\(df\.shape\) \| df\["b"\].*df\["c"\]/);
  });

  test('part of a cell is a stage of its own', async () => {
    const stages = await followed(notebookSource('n.ipynb', CELLS), (text) =>
      text.replace(
        /- (\{cell: 3), (.*)/,
        '- $1, lines: "1", $2\n  - name: "count"\n    cells:\n      - {cell: 3, lines: "2"}',
      ),
    );
    assert.deepEqual(stages.slice(0, 2), ['load_data: df = pd.read_csv("a.csv")', 'count: rows = len(df)']);
  });
});

suite('plans that cannot be followed', () => {
  const EDITS: Readonly<Record<string, [edit: (text: string) => string, problem: RegExp]>> = {
    'no YAML': [(text) => `${text}\n  - [`, /^\d+: no valid YAML/],
    nothing: [() => '# only this\n', /^1: the plan is empty/],
    'another version': [(text) => text.replace('version: 1', 'version: 2'), /^6: only plans of version 1/],
    'an unknown key': [(text) => text.replace('shape:', 'shapes:'), /a plan has no "shapes"/],
    'no identifier': [
      (text) => text.replace('"load_data"', '"load data"'),
      /^\d+: "load data" is no name in Python/,
    ],
    'a keyword': [(text) => text.replace('"load_data"', '"lambda"'), /lambda is a keyword/],
    'a builtin': [(text) => text.replace('"load_data"', '"open"'), /open is a builtin/],
    'a number for a name': [(text) => text.replace('"load_data"', '12'), /name is a text, not a number/],
    'a name of the program': [
      (text) => text.replace('"load_data"', '"model"'),
      /model is a name of the program/,
    ],
    'a name twice': [
      (text) => text.replace(/"prepare\w+"/, '"load_data"'),
      /two stages are called load_data/,
    ],
    'an empty stage': [
      (text) =>
        `${text.replace(/^drop.*$/m, '')}`.replace(
          /stages:\n/,
          'stages:\n  - name: "none"\n    statements: []\n',
        ),
      /the stage none has nothing in it/,
    ],
    'a statement twice': [
      (text) => text.replace(/( {6}- \{.*code: "print.*\n)/, '$1$1'),
      /line 4 stands in the plan twice/,
    ],
    'ranges that overlap': [(text) => text.replace(/lines: "3"/, 'lines: "3-5"'), /overlaps/],
    'a statement lost': [
      (text) => text.replace(/ {6}- \{.*code: "print.*\n/, ''),
      /line 4 stands in no stage: print/,
    ],
    'what is not there': [(text) => text.replace(/lines: "4"/, 'lines: "44"'), /line 44 holds no statement/],
    'another order': [moved(/code: "df\[\\"c\\"\]/, /code: "print/), /would change its order/],
    'another order of stages': [moved(/code: "model\.fit/, /code: "print/), /would change its order/],
    'lines that are none': [(text) => text.replace(/lines: "4"/, 'lines: "6-4"'), /lines are written as/],
    'an unknown shape': [(text) => text.replace('shape: "auto"', 'shape: "tree"'), /the shape is "auto"/],
  };
  for (const [what, [edit, problem]] of Object.entries(EDITS)) {
    test(what, async () => {
      const result = await followed(CODE, edit);
      assert.match(result.join('\n'), problem);
      // Each problem says where.
      assert.ok(
        result.every((line) => /^\d+: /.test(line)),
        result.join('\n'),
      );
    });
  }

  test('cells that a script has not', async () => {
    const { facts } = await made(CODE);
    const { plan } = readPlan('version: 1\nstages: []\nkeep:\n  - {lines: "3"}\n');
    assert.match(decisionsOf(plan!, facts, () => undefined).problems[0]!.message, /only a notebook/);
  });

  test('what does more than look is not dropped', async () => {
    const { facts } = await made(notebookSource('n.ipynb', CELLS));
    const { plan } = readPlan('version: 1\nstages: []\ndrop:\n  - {cell: 4}\n  - {cell: 6}\n');
    const fixed = { ...plan!, fingerprint: '' };
    const { drop, problems } = decisionsOf(fixed, facts, ({ unit }) =>
      unit.text.includes('to_csv') ? 'it writes' : undefined,
    );
    assert.deepEqual(
      [...drop].map(({ unit }) => unit.text),
      ['df.head()'],
    );
    assert.match(problems[0]!.message, /cell 6 cannot be left out: it writes/);
  });
});

suite('plans of programs that have changed', () => {
  test('names and cuts stay; a new statement goes with what stands above it', async () => {
    const now = CODE.replace('print(df.shape)\n', 'print(df.shape)\nprint("new")\n').replace(
      '\n\n',
      '\n# a comment\n\n\n',
    );
    const stages = await followed(CODE, (text) => text.replace('"load_data"', '"read_table"'), now);
    assert.match(stages[0]!, /^read_table: .*print\(df\.shape\) \| print\("new"\)$/);
  });

  test('an edited statement keeps its stage', async () => {
    const edit = moved(/code: "print/, /code: "df\[\\"b\\"\]/);
    const stages = await followed(CODE, edit, CODE.replace('print(df.shape)', 'print(df.shape, 1)'));
    assert.match(stages[1]!, /^\w+: print\(df\.shape, 1\) \| df\["b"\]/);
  });

  test('a new cell is a stage of its own, a lost one leaves nothing', async () => {
    const cells = [...CELLS.slice(0, 3), 'extra = df.dropna()', ...CELLS.slice(4)];
    const stages = await followed(
      notebookSource('n.ipynb', CELLS),
      (text) => text.replace('"load_data"', '"read_table"'),
      notebookSource('n.ipynb', cells),
    );
    assert.deepEqual(stages.map((stage) => stage.split(':')[0]!).slice(0, 2), [
      'read_table',
      'drop_missing_values',
    ]);
    assert.equal(stages.length, 4);
  });

  test('cells that were pushed down are found again', async () => {
    const cells = ['import os', ...CELLS];
    const stages = await followed(
      notebookSource('n.ipynb', CELLS),
      (text) => text.replace('"load_data"', '"read_table"'),
      notebookSource('n.ipynb', cells),
    );
    assert.match(stages[0]!, /^read_table: df = /);
  });
});
