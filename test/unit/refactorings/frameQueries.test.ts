import assert from 'node:assert/strict';
import {
  asksTable,
  handedLocals,
  mayBeQuery,
  queriedNames,
  readsOwnTables,
} from '../../../src/refactorings/frameQueries';
import { analyse } from '../../support/analysis';

const HEAD = 'import pandas as pd\nimport numpy as np\ndf = pd.read_csv("a.csv")\n';

/** The names that the last query of a program takes from its caller, sorted; undefined where they are not known. */
async function namesOf(code: string): Promise<string | undefined> {
  const { facts, context } = await analyse(HEAD + code);
  const calls = facts.units.flatMap((unit) => unit.summary.calls.map(({ node }) => ({ node, unit })));
  const { node, unit } = calls.filter((each) => mayBeQuery(each.node)).at(-1)!;
  const names = queriedNames(node, unit, context.evaluator);
  return names && [...names].sort().join(' ');
}

const UNKNOWN: Readonly<Record<string, string>> = {
  'a text from elsewhere': 'df.query(input())',
  'a condition from elsewhere': 'extra = input()\ndf.query(f"a > 1 and {extra}")',
  'a name that is put together': 'for i in range(3):\n    df.query(f"a > @low_{len(df)}")',
  'a name that a number ends': 'n = len(df)\ndf.query("a > @" + f"low{n}")',
  'a text that grows': 'text = "a > 1"\ntext += " and b > @low"\ndf.query(text)',
  'a text that a function is handed': 'def f(text):\n    return df.query(text)\nf("a > @low")',
  'one of several is not known': 'text = "a > 1"\nif len(df) > 3:\n    text = input()\ndf.query(text)',
  'joined conditions': 'df.query(" and ".join(["a > @low", "b > 1"]))',
  'a choice of texts': 'df.query(np.random.choice(["a > @low", "b > 1"]))',
  'an element of a list': 'df.query(["a > @low", "b > 1"][0])',
  'an element of an array': 'df.query(np.array(["a > @low", "b > 1"])[0])',
  'a star import may bind the text': 'from helpers import *\ntext = "a > @low"\ndf.query(text)',
  'what something unknown gives': 'import helpers\nhelpers.load().query(helpers.text)',
};

const NAMED: Readonly<Record<string, readonly [code: string, names: string]>> = {
  'no name': ['df.query("a > 1 and b == 2")', ''],
  'two names': ['df.query("a > @low and b < @ high")', 'high low'],
  'by keyword': ['df.query(expr="a > @low")', 'low'],
  'a text with a name': ['text = "a > @low"\ndf.query(text)', 'low'],
  'either text': ['text = "a > @low" if len(df) else "a > @high"\ndf.query(text)', 'high low'],
  'put together': ['df.query("a > " + "@low" + " and b > 1")', 'low'],
  'numbers within': ['df.query(f"a > {len(df)} and b < @high and c > {df.a.mean():.3f}")', 'high'],
  'columns in a loop': ['for name in ["a", "b"]:\n    df.query(f"{name} > @low")', 'low'],
  'all columns': ['for name in df.columns:\n    df.query(f"{name} > @low")', 'low'],
  'handed already': ['df.query("a > @low", local_dict={"low": 1})', ''],
  'one of two is handed': ['df.query("a > @low + @high", local_dict={"low": 1})', 'high'],
  'a tree of points': [
    'from scipy.spatial import cKDTree\ntree = cKDTree(df)\ntree.query(df.iloc[:3], k=2)',
    '',
  ],
  "scikit-learn's tree": ['from sklearn.neighbors import KDTree\nKDTree(df).query(df)', ''],
  'points for an unknown tree': ['import helpers\nhelpers.tree().query(np.zeros((2, 2)))', ''],
  'some rows of an array': [
    'import helpers\npoints = np.zeros((9, 2))\nhelpers.tree().query(points[:2])',
    '',
  ],
  'a class of the program': [
    'class Store:\n    def query(self, text):\n        return text\nStore().query("@low")',
    '',
  ],
};

suite('names in the texts of queries', () => {
  for (const [name, code] of Object.entries(UNKNOWN)) {
    test(`not known: ${name}`, async () => assert.equal(await namesOf(code), undefined));
  }

  for (const [name, [code, names]] of Object.entries(NAMED)) {
    test(`known: ${name}`, async () => assert.equal(await namesOf(code), names));
  }

  test("only the module's variables are handed over, with those of the function beside them", async () => {
    for (const [code, expected] of [
      ['low = 1\ndf.query("a > @low")', 'local_dict={"low": low}'],
      [
        'low = 1\ndef f(high):\n    return df.query("@low < a < @high")',
        'local_dict={"low": low, "high": high}',
      ],
      ['def f(high):\n    return df.query("a < @high")', undefined],
      ['df.query("a < @nobody")', undefined],
      ['low = 1\ndef f(high):\n    return lambda: df.query("@low < a < @high")', undefined],
      ['low = 1\ndf.query("a > @low", level=2)', undefined],
      ['low = 1\nkw = {}\ndf.query("a > @low", **kw)', undefined],
    ] as const) {
      const { facts, context } = await analyse(HEAD + code);
      const found = facts.units.flatMap((unit) =>
        unit.summary.calls.flatMap(
          ({ node }) => handedLocals(node, unit, context.evaluator)?.edit.newText ?? [],
        ),
      );
      assert.deepEqual(
        found.map((text) => text.trim().replace(/^, /, '')),
        expected === undefined ? [] : [expected],
        code,
      );
    }
  });

  test('only what is a table for certain is handed something without being asked', async () => {
    for (const [code, expected] of [
      ['df.query("a > @low")', true],
      ['def f(table):\n    return table.query("a > @low")\nf(df)', true],
      ['import dbkit\ndbkit.connect().query("select a from t where a > @low")', false],
      ['def f(table):\n    return table.query("a > @low")\nf(input())', false],
    ] as const) {
      const { facts, context } = await analyse(`${HEAD}low = 1\n${code}`);
      const calls = facts.units.flatMap((unit) => unit.summary.calls.map(({ node }) => ({ node, unit })));
      const { node, unit } = calls.find((each) => mayBeQuery(each.node))!;
      assert.equal(asksTable(node, unit, context.evaluator), expected, code);
    }
  });

  test('SQL of DuckDB may name tables of the program', async () => {
    for (const [code, expected] of [
      ['con.sql("select a from df")', true],
      ['con.execute(f"select a from {name}")', true],
      ['con.execute("create table t as select 1")', false],
      ['other.execute("select a from df")', false],
    ] as const) {
      const { facts, context } = await analyse(
        `${HEAD}import duckdb, sqlite3\ncon = duckdb.connect()\nother = sqlite3.connect("a")\nname = input()\n${code}`,
      );
      const unit = facts.units.at(-1)!;
      const found = unit.summary.calls.some(({ node }) => readsOwnTables(node, unit, context.evaluator));
      assert.equal(found, expected, code);
    }
  });
});
