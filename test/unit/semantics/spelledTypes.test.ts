import assert from 'node:assert/strict';
import { SpelledTypes } from '../../../src/semantics/spelledTypes';
import { analyse } from '../../support/analysis';

const HEAD = `import collections
import os
import random
from pathlib import Path
import numpy as np
import pandas as pd
import torch
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import accuracy_score
from sklearn.model_selection import train_test_split
from torch.utils.data import DataLoader
`;

/** The type of `x` behind the program's last statement: of a parameter, or as what is given back. */
async function typeOf(code: string, isGiven = false): Promise<string> {
  const { facts, context } = await analyse(`${HEAD}${code}\npass\n`);
  const types = new SpelledTypes(facts, context.evaluator, (name) =>
    facts
      .moduleBindings(name)
      .every(({ binding: { source } }) => ['import', 'from-import', 'class'].includes(source.type)),
  );
  const last = facts.units.at(-1)!;
  return isGiven ? types.after('x', last) : types.before('x', last);
}

/** Nothing is said where another object is possible. */
const UNKNOWN: Readonly<Record<string, string>> = {
  'two types': 'x = 1\nif os.getpid():\n    x = "a"',
  'a table that is changed in place gives None': 'x = pd.DataFrame().dropna(inplace=True)',
  'a dictionary of tables': 'x = pd.read_excel("a.xlsx", sheet_name=None)',
  'chunks of a table': 'x = pd.read_csv("a.csv", chunksize=10)',
  'keywords that nobody sees': 'options = {}\nx = pd.read_csv("a.csv", **options)',
  'a function that may run off its end': 'def f(a):\n    if a:\n        return 1\nx = f(0)',
  'a generator': 'def f():\n    yield 1\n    return 2\nx = f()',
  'a coroutine': 'async def f():\n    return 2\nx = f()',
  'a decorated function': '@os.fspath\ndef f():\n    return 2\nx = f()',
  'what a function is given': 'def f(a):\n    return a\nx = f(1)',
  'an element of a list': 'x = [1, 2][0]',
  'a row of a table': 'table = pd.DataFrame()\nx = table.loc[3]',
  'one cell of a table': 'table = pd.DataFrame()\nx = table.loc[3, "a"]',
  'a comparison of arrays': 'x = np.zeros(3) == 1',
  'a power': 'x = 2 ** n if (n := -1) else 1',
  'an array and something unknown': 'x = np.zeros(3) + open("f")',
  'an inner product': 'x = np.zeros(3) @ np.zeros(3)',
  'scores of each class': 'x = accuracy_score([1], [1], normalize=False)',
  'what a function binds': 'x = 1\ndef f():\n    global x\n    x = "a"\nf()',
  'a division that changes the type': 'x = 1\nx /= 2',
  'a deleted name': 'x = 1\ndel x',
  'a builtin of another meaning': 'int = float\nx = 1',
};

const KNOWN: Readonly<Record<string, string>> = {
  'x = 1 + 2 * len("ab")': 'int',
  'x = 3 / 4': 'float',
  'x = 1\nx += 2': 'int',
  'x = not os.getpid()': 'bool',
  'x = "a" in "abc"': 'bool',
  'x = 1 < 2 < 3': 'bool',
  'x = "%d" % 3': 'str',
  'x = ", ".join(["a"]).upper()': 'str',
  'x = "a b".split()[0]': 'str',
  'x = "a b".split()': 'list[str]',
  'x = Path("a") / "b"': 'Path',
  'x = Path("a").parent.name': 'str',
  'x = pd.read_csv("a.csv").dropna().reset_index(drop=True)': 'pd.DataFrame',
  'table = pd.read_csv("a.csv")\nx = table["a"]': 'pd.Series',
  'table = pd.read_csv("a.csv")\nx = table[["a", "b"]]': 'pd.DataFrame',
  'table = pd.read_csv("a.csv")\nx = table[(table.a > 1) & ~table.b.isna()]': 'pd.DataFrame',
  'table = pd.read_csv("a.csv")\nx = table.loc[table.a > 1, ["a"]]': 'pd.DataFrame',
  'table = pd.read_csv("a.csv")\nx = table.iloc[:, 0]': 'pd.Series',
  'table = pd.read_csv("a.csv")\nx, other = train_test_split(table, test_size=0.2)': 'pd.DataFrame',
  'table = pd.read_csv("a.csv")\na, b, x, d = train_test_split(table, table["y"])': 'pd.Series',
  'x = pd.concat([pd.DataFrame(), unknown()])': 'pd.DataFrame',
  'x = np.zeros(3).reshape(3, 1).T * 2': 'np.ndarray',
  'x = np.random.default_rng(3)': 'np.random.Generator',
  'x = LogisticRegression(C=2).fit([[1]], [1])': 'LogisticRegression',
  'model = LogisticRegression()\nx = model.predict([[1]])': 'np.ndarray',
  'x = accuracy_score([1], [1])': 'float',
  'class Net(torch.nn.Module):\n    pass\nx = Net().to("cpu")': 'Net',
  'x = torch.zeros(3).to("cpu") + 1': 'torch.Tensor',
  'x = DataLoader([1])': 'DataLoader[Any]',
  'x = collections.defaultdict(list)': 'collections.defaultdict[Any, Any]',
  'def f(a):\n    if a:\n        return 1\n    return 2\nx = f(0)': 'int',
  'def f():\n    return 1, "a"\nx = f()': 'tuple[int, str]',
  'def f():\n    return 1, "a"\nfirst, x = f()': 'str',
  'for x in range(3):\n    pass': 'int',
  'x = "a"\nx = 1': 'int',
};

suite('types of names', () => {
  for (const [title, code] of Object.entries(UNKNOWN)) {
    test(`nothing is said of ${title}`, async () => assert.equal(await typeOf(code), 'Any'));
  }

  for (const [code, type] of Object.entries(KNOWN)) {
    test(`${code.split('\n').at(-1)!} is ${type}`, async () => assert.equal(await typeOf(code), type));
  }

  for (const code of [
    'x = accuracy_score([1], [1])',
    'x = LogisticRegression().predict([[1]])',
    'def f():\n    return 1, "a"\nx = f()',
    'def f():\n    return 1, "a"\nfirst, x = f()',
    'x = np.zeros(os.getpid())',
    'x = os.path.join("a", os.sep) + "b"',
    'x = pd.DataFrame().shape[0]',
  ]) {
    test(`type checkers do not see what ${code.split('\n').at(-1)!} gives`, async () =>
      assert.equal(await typeOf(code, true), 'Any'));
  }

  for (const [code, type] of Object.entries({
    'x = 1, "a"': 'tuple[int, str]',
    'x = pd.DataFrame().dropna()': 'pd.DataFrame',
    'x = LogisticRegression().fit([[1]], [1])': 'LogisticRegression',
    'x = len("a") + 1': 'int',
  })) {
    test(`type checkers see that ${code} is ${type}`, async () =>
      assert.equal(await typeOf(code, true), type));
  }

  test('a name has the type of what is bound when a statement begins', async () => {
    const { facts, context } = await analyse('x = "a"\nprint(x)\nx = 1\nprint(x)\n');
    const types = new SpelledTypes(facts, context.evaluator, () => false);
    assert.deepEqual(
      facts.units.map((unit) => types.before('x', unit)),
      ['Any', 'str', 'str', 'int'],
    );
    assert.equal(types.of('x'), 'Any');
    assert.equal(types.ofParameter('x', facts.units.slice(1, 2)), 'str');
    assert.equal(types.ofParameter('x', facts.units.slice(1, 3)), 'Any');
  });
});
