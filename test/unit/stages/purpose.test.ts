import assert from 'node:assert/strict';
import { purposeOf } from '../../../src/stages/purpose';
import { stagesOf } from '../../../src/stages/stages';
import { analyse } from '../../support/analysis';

const HEAD = `import numpy as np
import pandas as pd
import matplotlib.pyplot as plt
from sklearn.ensemble import RandomForestClassifier
from sklearn.metrics import accuracy_score, f1_score
from sklearn.model_selection import cross_val_score, train_test_split
table = pd.read_csv("a.csv")
model = RandomForestClassifier()
x_train = x_test = y_train = y_test = table
`;

/** What a stage of the statements is for, that has this name. */
async function purpose(code: string, name = 'do_something', title?: string): Promise<string> {
  const { facts, context } = await analyse(HEAD + code);
  const units = facts.units.filter(({ start }) => start >= HEAD.length);
  const [stage] = stagesOf(units, new Set(), context.evaluator);
  assert.ok(stage);
  return purposeOf({ ...stage, units, name, title });
}

const FOUND: Readonly<Record<string, string>> = {
  'houses = pd.read_csv("b.csv")': 'Loads ``houses``',
  'table.head()\ntable.shape': 'Shows the first rows and the shape of ``table``',
  'a, b = train_test_split(table)': 'Splits ``table`` into ``a`` and ``b``',
  'table = table.dropna().drop_duplicates()': 'Drops missing values and drops duplicates',
  'table["ratio"] = table["a"] / table["b"]': 'Computes the column ``ratio`` of ``table``',
  'forest = RandomForestClassifier()': 'Builds ``forest``, a ``RandomForestClassifier``',
  'model.fit(x_train, y_train)': 'Fits ``model`` to ``x_train`` and ``y_train``',
  'found = model.predict(x_test)': 'Predicts ``found`` with ``model``',
  'a = accuracy_score(y_test, x_test)\nb = f1_score(y_test, x_test)':
    'Computes ``accuracy_score`` and ``f1_score``',
  'scores = cross_val_score(model, x_train, y_train)': 'Cross-validates ``model``',
  'table.to_csv("c.csv")': 'Saves ``table``',
  'plt.plot(table)\nplt.title("Sales by month")': "Draws the figure 'Sales by month'",
  'plt.plot(table)\nplt.title("Sales \\\\ \\"month\\"")': 'Plots ``table``',
  'print(table)': 'Prints ``table``',
  'ratio = min(3, 4)': 'Computes ``ratio``',
  'lower = 3': 'Defines ``lower``',
};

suite('what a stage is for', () => {
  for (const [code, sentence] of Object.entries(FOUND)) {
    test(sentence, async () => assert.equal(await purpose(code), sentence));
  }

  test('is what its heading says, without its number', async () => {
    assert.equal(await purpose('print(table)', 'show', '2.1. Looking around'), 'Looking around');
    assert.equal(await purpose('print(table)', 'show', '7.'), 'Prints ``table``');
  });

  test('is its name, where its statements name nothing', async () => {
    assert.equal(await purpose('plt.show()', 'save_and_close_figures'), 'Saves and closes figures');
    assert.equal(await purpose('plt.show()', 'apply_and_try_it'), 'Applies and tries it');
    assert.equal(await purpose('plt.show()', 'last_figure'), 'Last figure');
  });

  test('fits into one line', async () => {
    const names = Array.from({ length: 9 }, (_, i) => `a_rather_long_name_number_${i}`);
    const sentence = await purpose(names.map((name) => `${name} = min(3, 4)`).join('\n'));
    assert.equal(sentence, 'Computes ``a_rather_long_name_number_0`` and 8 more');
  });
});
