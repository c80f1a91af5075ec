import assert from 'node:assert/strict';
import type { FactUnit } from '../../../src/semantics/facts';
import { type Stage, cellStages, identifierOf, sharesLine, stagesOf } from '../../../src/stages/stages';
import { analyse, notebookSource } from '../../support/analysis';

function isRun({ unit: { statement } }: FactUnit): boolean {
  return !['Import', 'ImportFrom', 'FunctionDef', 'ClassDef'].includes(statement.kind);
}

async function ofScript(code: string, ...taken: string[]): Promise<readonly Stage[]> {
  const { facts, context } = await analyse(code);
  return stagesOf(facts.units.filter(isRun), new Set([...facts.moduleNames(), ...taken]), context.evaluator);
}

async function ofCells(...cells: string[]): Promise<string[]> {
  const { facts, context } = await analyse(notebookSource('n.ipynb', cells));
  const runs = facts.cells
    .map((cell) => facts.units.filter((unit) => unit.cell === cell && isRun(unit)))
    .filter((run) => run.length > 0);
  return cellStages(runs, new Set(facts.moduleNames()), context.evaluator).map(({ name }) => name);
}

const SCRIPT = `import pandas as pd
import matplotlib.pyplot as plt
from sklearn.ensemble import RandomForestClassifier
from sklearn.metrics import accuracy_score
from sklearn.model_selection import train_test_split

df = pd.read_csv("flowers.csv")
print(df.shape)
df = df.dropna()
df["ratio"] = df["a"] / df["b"]
X_train, X_test, y_train, y_test = train_test_split(df[["ratio"]], df["kind"])
depth = 5
forest = RandomForestClassifier(max_depth=depth)
forest.fit(X_train, y_train)
y_pred = forest.predict(X_test)
print(accuracy_score(y_test, y_pred))
fig, ax = plt.subplots()
ax.hist(y_test - y_pred)
ax.set_title("Residuals")
plt.show()
X_test.assign(kind=y_pred).to_csv("predictions.csv")
`;

suite('stages of a script', () => {
  test('are named for what they do', async () => {
    const stages = await ofScript(SCRIPT);
    assert.deepEqual(
      stages.map(({ name }) => name),
      [
        'load_data',
        'prepare_features',
        'fit_random_forest',
        'evaluate_model',
        'plot_residuals',
        'save_predictions',
      ],
    );
  });

  test('hold every statement once, in its order', async () => {
    const stages = await ofScript(SCRIPT);
    const orders = stages.flatMap(({ units }) => units.map(({ order }) => order));
    assert.deepEqual(
      orders,
      [...orders].sort((a, b) => a - b),
    );
    assert.equal(orders.length, 15);
  });

  test('take along what was set up for them', async () => {
    const stages = await ofScript(SCRIPT);
    const fit = stages.find(({ name }) => name === 'fit_random_forest')!;
    assert.equal(fit.units[0]!.unit.text, 'depth = 5');
    const plot = stages.find(({ name }) => name === 'plot_residuals')!;
    assert.equal(plot.units[0]!.unit.text, 'fig, ax = plt.subplots()');
    assert.equal(plot.units.at(-1)!.unit.text, 'plt.show()');
  });

  test('hold no more than half of the statements, one phase or not', async () => {
    const lines = Array.from({ length: 40 }, (_, i) => `x${i} = len([${i}])\n`).join('');
    for (const code of [lines, `import pandas as pd\ndf = pd.read_csv("a")\n${lines}`, `${SCRIPT}${lines}`]) {
      const stages = await ofScript(code);
      const total = stages.reduce((sum, { units }) => sum + units.length, 0);
      assert.ok(
        stages.every(({ units }) => units.length * 2 <= total),
        JSON.stringify(stages.map(({ units }) => units.length)),
      );
    }
  });

  test('never part a line', async () => {
    const stages = await ofScript('a = len([1]); b = len([2])\nc = len([3]); d = len([4])\n');
    stages.slice(1).forEach(({ units }, i) => assert.ok(!sharesLine(stages[i]!.units.at(-1)!, units[0]!)));
  });

  test('have names that nothing else has', async () => {
    const stages = await ofScript(SCRIPT, 'load_data', 'prepare_features');
    const names = stages.map(({ name }) => name);
    assert.ok(!names.includes('load_data') && !names.includes('prepare_features'), names.join());
    assert.equal(new Set(names).size, names.length);
    assert.ok(
      names.every((name) => !/_\d+$/.test(name)),
      names.join(),
    );
  });

  test('begin where a heading stands', async () => {
    const stages = await ofScript(
      '# --- Clean ---\na = len([1])\nb = a\n# --- Report ---\nprint(b)\nprint(a)\n',
    );
    assert.deepEqual(
      stages.map(({ name, title }) => [name, title]),
      [
        ['clean_data', 'Clean'],
        ['report_results', 'Report'],
      ],
    );
  });

  test('of a notebook begin below its headings, once for each', async () => {
    const { facts } = await analyse(
      notebookSource('n.ipynb', [
        '[markdown]\n# Loading the data',
        'a = len([1])\nb = a',
        'c = b',
        '[markdown]\n## Training',
        'd = c\ne = d\nf = e',
      ]),
    );
    const stages = stagesOf(facts.units, new Set(facts.moduleNames()));
    assert.deepEqual(
      stages.map(({ name, units }) => [name, units.length]),
      [
        ['load_data', 3],
        ['train_model', 3],
      ],
    );
  });
});

suite('stages of cells', () => {
  test('are told apart by what they show, not by numbers', async () => {
    const names = await ofCells(
      'import pandas as pd\nimport matplotlib.pyplot as plt',
      'houses = pd.read_csv("houses.csv")',
      'houses.head()',
      'houses.info()',
      'houses["kind"].value_counts()',
      'plt.hist(houses["age"])\nplt.show()',
      'plt.scatter(houses["age"], houses["price"])\nplt.show()',
      'houses.to_csv("clean.csv")',
    );
    assert.deepEqual(names, [
      'load_houses',
      'preview_houses',
      'inspect_houses',
      'count_kind',
      'plot_age_distribution',
      'plot_age_and_price',
      'save_houses',
    ]);
  });
});

suite('tables of results', () => {
  test('what is written to a file is saved, not made', async () => {
    const names = await ofCells(
      'import pandas as pd\nfound = len("abc")\ntruth = len("abcd")',
      'pd.DataFrame({"truth": [truth], "found": [found]}).head()',
      'pd.DataFrame({"truth": truth, "found": found}).to_csv("results.csv")',
    );
    assert.match(names.at(-1)!, /^save_/);
  });
});

suite('figures of cells', () => {
  const HEAD = 'import pandas as pd\nimport matplotlib.pyplot as plt\ndf = pd.read_csv("a.csv")';
  const stagesIn = async (...cells: string[]): Promise<number[]> => {
    const { facts, context } = await analyse(notebookSource('n.ipynb', [HEAD, ...cells]));
    const units = facts.units.filter((unit) => isRun(unit));
    return stagesOf(units, new Set(facts.moduleNames()), context.evaluator).map(
      (stage) => stage.units.length,
    );
  };
  const FIGURE = [
    'fig, (left, right) = plt.subplots(1, 2)',
    'counts = df["a"].value_counts()',
    'left.bar(counts.index, counts)',
    'df["b"] = df["a"] * 2',
    'right.hist(df["b"])',
    'plt.show()',
  ];

  test('a figure is drawn in one stage, with what is prepared for it', async () => {
    const rest = Array.from({ length: 6 }, (_, i) => `df.to_csv("${i}.csv")`).join('\n');
    assert.deepEqual(await stagesIn(FIGURE.join('\n'), rest), [1, 6, 6]);
  });

  test('training in the middle of a figure is a stage of its own', async () => {
    const model = 'from sklearn.linear_model import LinearRegression\nmodel = LinearRegression()';
    const cells = [...FIGURE.slice(0, 3), 'model.fit(df[["a"]], df["b"])', ...FIGURE.slice(3)].join('\n');
    assert.ok((await stagesIn(model, cells)).length > 3);
  });
});

suite('names from headings', () => {
  const NAMES: Readonly<Record<string, string | undefined>> = {
    '1. Loading the data': 'load_data',
    'Data Preparation': 'prepare_data',
    'Feature engineering': 'engineer_feature',
    'Training and Evaluating on the Training Set': 'train_and_evaluate_training_set',
    'Compare models using cross-validation': 'compare_models',
    'Step 3: Fit': 'fit_model',
    'Random forests': 'random_forests',
    '2.1': undefined,
    Import: undefined,
    '\u6a21\u578b': undefined,
  };
  for (const [heading, name] of Object.entries(NAMES)) {
    test(`${heading}: ${name ?? 'none'}`, () => assert.equal(identifierOf(heading), name));
  }
});
