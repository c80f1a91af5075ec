import assert from 'node:assert/strict';
import { analyse, notebookSource, places } from '../../../support/analysis';

const RULE = 'rerun-changes-result';
const FRAME =
  'import pandas as pd\nimport numpy as np\ndf = pd.read_csv("a.csv")\nx = df.values\nn = 0\nlog = []\nseen = {"a": []}';

/** A cell below `FRAME`. */
const SILENT: Readonly<Record<string, string>> = {
  'cleaning again does nothing':
    'df = df.dropna()\ndf = df.fillna(0)\ndf = df.sort_values("a")\ndf = df.rename(columns={"a": "b"})\ndf = df.astype(float)\ndf = df.drop_duplicates()',
  'filters and lists of columns':
    'df = df[df["a"] > 1]\ndf = df[["a", "b"]]\ndf = df.query("a > 1")\ndf = df.head(10)',
  'drop that does not mind': 'df = df.drop(columns=["a"], errors="ignore")',
  'moved to a device': 'x = x.to("cpu")\nx = x.float()\nx = np.array(x)\nx = list(x)',
  'bound first in the same cell':
    'n = 1\nn += 1\ndf = pd.read_csv("b.csv")\ndf = df.drop(columns=["a"])\ndf["a"] = df["a"] / 2',
  'counted in a loop from a start in the same cell':
    'total = 0\nfor v in x:\n    total += v\nparts = []\nfor p in x:\n    parts.append(p)',
  'an item of other names': 'df["r"] = df["a"] / df["b"]\ndf["a"] = n',
  'an item that the cell sets first': 'df["a"] = raw["a"]\ndf["a"] = df["a"] / 2'.replace(
    'raw',
    'pd.read_csv("r.csv")',
  ),
  'another name': 'df2 = df.drop(columns=["a"])\ny = x / 255\nm = n + 1',
  'a condition about it': 'if "a" in df.columns:\n    df = df.drop(columns=["a"])\nwhile n < 10:\n    n += 1',
  tried: 'try:\n    df = df.drop(columns=["a"])\nexcept KeyError:\n    pass',
  'scaled to itself': 'x = x - x.mean()\nx = x / x.max()\nx = (x - x.min()) / (x.max() - x.min())',
  'scaled by what the cell computes from it': 'low = x.min()\nx = x - low',
  'scaled by what the cell computes from what is scaled': 'low = n * 2\nn = n - low\nx = x - low',
  'scaled to itself by functions and methods':
    'import torch\nx = torch.div(x, x.max())\nx = np.subtract(x, x.mean())\ndf = df.sub(df.mean()).div(df.std())',
  'scaled by a function, with what the cell computes from it':
    'import torch\nhigh, _ = torch.max(x, 0)\nx = torch.div(x, high)',
  'centred in place': 'x -= x.mean()\nx /= x.max()\nlow = x.min()\nx -= low',
  'a mask': 'x = x * (x > 0)\nx = x & 1\nn |= 1',
  neutral: 'n = n + 0\nn = n * 1\nx = x[:100]\nx = x[-5:]\nx = x[::1]',
  'in functions and classes': 'def f():\n    log.append(1)\nclass A:\n    log.append(2)',
  'a list that is not known to be one': 'other.append(1)'.replace('other', 'df'),
  'a set, a dictionary': 'seen.update(a=1)\nseen["b"] = 1',
  modules: 'import sys\nsys.path.append("a")',
  'mapped with values that are keys': 'df["a"] = df["a"].map({"x": "y"})',
  'mapped by an unknown function': 'df["a"] = df["a"].apply(str.lower)',
  'within %%timeit': '%%timeit\nn2 = 1\nlog.append(1)',
  'in place without a change':
    'df.dropna(inplace=True)\ndf.sort_values("a", inplace=True)\ndf.reset_index(drop=True, inplace=True)',
};

const FIRING: Readonly<Record<string, string>> = {
  counting: 'n += 1',
  'counting in a loop': 'for v in x:\n    n += v',
  'arithmetic with itself': 'n = n + 1',
  scaling: 'x = x / 255.0',
  'scaling by a number that has a name': 'K = 3\nx = x * K',
  'scaling after a conversion': 'x = x.astype("float32") / 255',
  'from the other side': 'n = 1 - n',
  'scaling by a function': 'x = np.divide(x, 255)',
  'columns dropped': 'df = df.drop(columns=["a"])',
  'columns dropped by axis': 'df = df.drop("a", axis=1)',
  'columns dropped in place': 'df.drop(columns=["a"], inplace=True)',
  'dropped behind a filter': 'df = df[df["a"] > 1].drop(columns="b")',
  'a column scaled': 'df["a"] = df["a"] / 1000',
  'a column scaled, quotes differ': 'df[\'a\'] = df["a"] * 2',
  'a column in place': 'df["a"] /= 10',
  'rows cut off': 'x = x[1:]',
  'rows cut off a frame': 'df = df.iloc[:-1]',
  reversed: 'x = x[::-1]',
  'an entry taken': 'df = df["a"]',
  shifted: 'df = df.shift(1)',
  'an index made': 'df = df.set_index("a")',
  'an index reset': 'df = df.reset_index()',
  'columns renamed further': 'df = df.add_prefix("a_")',
  'a logarithm': 'x = np.log1p(x)',
  'rows added': 'df = pd.concat([df, df2])'.replace('df2', 'pd.read_csv("b.csv")'),
  'one-hot': 'df = pd.get_dummies(df, columns=["a"])',
  'mapped to numbers': 'df["s"] = df["s"].map({"male": 0, "female": 1})',
  'mapped by arithmetic': 'df["a"] = df["a"].apply(lambda v: v / 100)',
  transposed: 'x = x.T',
  'a list grows': 'log.append(1)',
  'a list in a dictionary grows': 'seen["a"].append(1)',
  'a list loses': 'last = log.pop()',
  'a column taken out': 'y = df.pop("target")',
  'a column put in': 'df.insert(0, "a", 1)',
  'two at once': 'x, n = x / 255, n',
};

suite(RULE, () => {
  for (const [name, cell] of Object.entries(SILENT)) {
    test(`silent: ${name}`, async () => {
      assert.deepEqual(places(await analyse(notebookSource('n.ipynb', [FRAME, cell])), RULE), []);
    });
  }
  for (const [name, cell] of Object.entries(FIRING)) {
    test(`fires: ${name}`, async () => {
      const found = places(await analyse(notebookSource('n.ipynb', [FRAME, cell])), RULE);
      assert.equal(found.length, 1, found.join(' '));
      assert.match(found[0]!, /^1\/.* hint$/);
    });
    test(`silent in the cell that binds it: ${name}`, async () => {
      assert.deepEqual(places(await analyse(notebookSource('n.ipynb', [`${FRAME}\n${cell}`])), RULE), []);
    });
  }
  test('each statement, and where it binds the name', async () => {
    const { findings } = await analyse(notebookSource('n.ipynb', ['n = 0', '# comment\nn += 1\nn += 2']));
    const own = findings.filter(({ rule }) => rule === RULE);
    assert.deepEqual(
      own.map(({ cell, span }) => cell.lines.positionAt(span.start)),
      [
        { line: 1, character: 0 },
        { line: 2, character: 0 },
      ],
    );
    assert.match(own[0]!.message, /n, which cell 1 binds/);
    assert.deepEqual(own[0]!.related[0]!.span, { start: 0, end: 1 });
  });
  test('Spark frames do not mind', async () => {
    const cells = [
      'from pyspark.sql import SparkSession\ndf = SparkSession.builder.getOrCreate().read.csv("a")',
      'df = df.drop("a")',
    ];
    assert.deepEqual(places(await analyse(notebookSource('n.ipynb', cells)), RULE), []);
  });
  test('scripts are not run in pieces', async () => {
    assert.deepEqual(places(await analyse('n = 0\nn += 1\n'), RULE), []);
  });
});
