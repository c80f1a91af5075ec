import assert from 'node:assert/strict';
import { Engine } from '../../../src/actions/engine';
import { makePackage } from '../../../src/actions/makePackage';
import type { PackageOutcome } from '../../../src/packaging/request';
import { type ProgramSource, scriptSource } from '../../../src/program/source';
import { notebookSource } from '../../support/analysis';
import { testParser } from '../../support/parser';

async function packaged(source: ProgramSource): Promise<PackageOutcome> {
  const engine = new Engine(await testParser());
  const analysis = engine.analyze(source, undefined, false);
  return makePackage(analysis, {
    engine,
    modules: undefined,
    source,
    name: 'pkg',
    originalFolder: undefined,
  });
}

function text(outcome: PackageOutcome, path: string): string {
  assert.equal(outcome.status, 'done');
  return outcome.files.find((file) => file.path === path)?.content ?? '';
}

const LOUD =
  'class Loud:\n    def __repr__(self):\n        print("shown")\n        return "L"\nk = len("abc")';

/** Notebooks that are refused, with a part of the reason. */
const REFUSED: Readonly<Record<string, [cells: readonly string[], reason: RegExp]>> = {
  'an object that prints when it is shown': [[LOUD, 'a = Loud()\na'], /showing this may run Loud/],
  'the same in display': [[LOUD, 'a = Loud()\ndisplay(a)'], /showing this may run Loud/],
  'a class made by a call, whose module shows': [
    ['from collections import namedtuple\nP = namedtuple("P", "a b")', 'print(P)'],
    /module in which a class was made/,
  ],
  'a class that is called Any': [
    ['class Any:\n    pass', 'x = [Any()]', 'print(len(x))'],
    /Any is the name of/,
  ],
  'what a cell has shown': [['x = len([1])\nx', 'print(_)'], /./],
  'a magic without an equal': [['x = len([1])\n%store x', 'print(x)'], /%store has no equal/],
  'a formula, put together, that names what the program computes': [
    [
      'import statsmodels.formula.api as smf',
      'k = len([1])',
      'f = "y ~ " + "np.log(x * k)"\nprint(smf.ols(f, {"x": [1], "y": [2]}).fit())',
    ],
    /the formula may read variables by name/,
  ],
  'a cell that is indented': [['n = len([1])', '    n = n + 1\n    print(n)'], /indented as a whole/],
  'names in texts': [['x = len([1])', 'print(eval("x"))'], /eval looks at the names/],
};

suite('package', () => {
  test('figures are closed where the inline backend shows them, also when the magic stands above the imports', async () => {
    const outcome = await packaged(
      notebookSource('work.ipynb', [
        "%matplotlib inline\nimport warnings\nwarnings.filterwarnings('ignore')\nimport matplotlib.pyplot as plt",
        'plt.plot([1, 2])\nplt.show()\nplt.plot([3])\nplt.savefig("b.png")',
      ]),
    );
    assert.equal(outcome.status, 'done');
    const all = outcome.files.filter(({ path }) => path.startsWith('src/')).map(({ content }) => content);
    const joined = all.join('\n');
    assert.match(joined, /plot\(\[1, 2\]\)\n +close_figures\(2\)\n[^]*savefig\([^]*\n +close_figures\(2\)/);
    assert.match(joined, /os\.getenv\("PKG_FIGURES"\)/);
    const imported = joined.indexOf('import matplotlib.pyplot as plt');
    assert.ok(imported >= 0 && imported < joined.indexOf('switch_backend("Agg")'));
  });

  test('files of the author that are not there are named, not taken for distributions', async () => {
    const outcome = await packaged(
      notebookSource('work.ipynb', [
        'import helper, torch_geometric\nfrom my_utils.plots import draw\nimport pandas',
        'print(helper.f(), draw, torch_geometric, pandas)',
      ]),
    );
    const project = text(outcome, 'pyproject.toml');
    assert.match(project, /"torch-geometric"/);
    assert.doesNotMatch(project, /helper|my.utils/);
    assert.match(text(outcome, 'MIGRATION.md'), /no distribution: `helper`, `my_utils`\. Without them/);
  });

  test('the reduced notebook keeps cells of comments, and settings of figures where they were', async () => {
    const outcome = await packaged(
      notebookSource('work.ipynb', [
        'import matplotlib.pyplot as plt\n%matplotlib inline\n%config InlineBackend.figure_format = "retina"\nplt.plot([1, 2])',
        '# a thought\n\n# another one',
        'x = len("abc")\nprint(x)',
      ]),
    );
    const notebook = JSON.parse(text(outcome, 'notebooks/work.ipynb')) as { cells: { source: string[] }[] };
    const cells = notebook.cells.map(({ source }) => source.join(''));
    assert.ok(cells.includes('# a thought\n\n# another one'));
    const drawn = cells.find((cell) => cell.includes('%matplotlib inline'))!;
    assert.match(
      drawn,
      /^choose_backend\(\)\n%matplotlib inline\n%config InlineBackend\.figure_format = "retina"\n\w+\(\)$/,
    );
  });

  for (const [name, [cells, reason]] of Object.entries(REFUSED)) {
    test(`refused: ${name}`, async () => {
      const outcome = await packaged(notebookSource('work.ipynb', cells));
      assert.equal(outcome.status, 'refused');
      assert.match(outcome.refusals.map((refusal) => refusal.reason).join('\n'), reason);
    });
  }

  test('what is said about a script stays, and MIGRATION.md says what became configuration', async () => {
    const code =
      '#!/usr/bin/env python\n# Made by me\n"""Counts rows."""\n\n# Copyright me\n\n# of the shop\nimport csv\n\n' +
      'rows = list(csv.reader(open("data/rows.csv")))\nprint(len(rows))\nprint(open("data/rows.csv").read())\n';
    const outcome = await packaged(scriptSource('count.py', code));
    const pipeline = text(outcome, 'src/pkg/pipeline.py');
    assert.match(pipeline, /^# Made by me\n"""Counts rows\."""\n\n# Copyright me\n\nfrom __future__/);
    const migration = text(outcome, 'MIGRATION.md');
    assert.match(migration, /## Configuration\n\n[^]*- `\w+`: line 10; line 12\n/);
    assert.doesNotMatch(migration, /Copyright/);
    assert.match(migration, /of the shop/);
  });

  test('what is shown stays where it may do something, and goes where it only looks', async () => {
    const head = 'import pandas as pd\ndf = pd.DataFrame({"a": [1, 2]})\nprint(len(df))';
    const own = 'class Table:\n    def head(self):\n        print("head")\n        return 1\ntable = Table()';
    for (const [cells, kept] of [
      [[head, own, 'table.head()'], 'table.head()'],
      [[head, own, 'df.head()'], 'df.head()'],
      [[head, 'df["b"].mean()'], 'df["b"].mean()'],
      [[head, 'df.sample(1)'], 'df.sample(1)'],
      [[head, 'df.head(int(input()))'], 'input()'],
      [[head, 'df.head()'], undefined],
      [[head, 'rows = df.dropna().round(1)\nprint(rows)\nrows.describe().round(2)'], undefined],
      [[head, 'df.isna().sum()'], undefined],
      [[head, 'df.shape'], undefined],
    ] as const) {
      const outcome = await packaged(notebookSource('work.ipynb', cells));
      assert.equal(outcome.status, 'done');
      const modules = outcome.files.filter(({ path }) => path.startsWith('src/') && path.endsWith('.py'));
      const code = modules.map(({ content }) => content).join('\n');
      const shown = cells.at(-1)!.split('\n').at(-1)!;
      assert.equal(code.includes(kept ?? shown), kept !== undefined, shown);
      const isListed = outcome.notes.some(({ message }) => message.includes('dropped'));
      assert.equal(isListed, kept === undefined, shown);
    }
  });

  test('an object that is not shown, or shown as a plain text, is none of that', async () => {
    for (const cell of ['a = Loud()\na;\nprint(k)', 'a = Loud()\nk']) {
      assert.equal((await packaged(notebookSource('work.ipynb', [LOUD, cell]))).status, 'done');
    }
  });

  test('no comment is lost: it goes along, or is listed', async () => {
    const outcome = await packaged(
      notebookSource('work.ipynb', [
        '# why json\nimport json',
        '# only a thought',
        'x = json.loads("[1]")  # one\nprint(x)\n# below the last statement\n',
      ]),
    );
    const files = outcome.status === 'done' ? outcome.files : [];
    const modules = files.filter(({ path }) => path.endsWith('.py')).map(({ content }) => content);
    assert.ok(modules.some((module) => /\n {4}# below the last statement\n/.test(module)));
    assert.ok(modules.some((module) => module.includes('  # one\n')));
    assert.match(
      text(outcome, 'MIGRATION.md'),
      /cell 1, line 1: # why json\ncell 2, line 1: # only a thought\n/,
    );
  });

  test('refused: a module that the program writes before it imports it', async () => {
    const write = 'n = len("a")\nopen("made_mod.py", "w").write("V = 7")\n';
    const made = await packaged(scriptSource('p.py', `${write}import made_mod\nprint(made_mod.V, n)\n`));
    assert.equal(made.status, 'refused');
    assert.match(made.refusals[0]!.reason, /made_mod, which is imported, appears only when/);
    const other = await packaged(scriptSource('p.py', `${write}import numpy\nprint(numpy.pi, n)\n`));
    assert.equal(other.status, 'done');
  });

  test('the text that IPython gives the module of a notebook stays', async () => {
    const outcome = await packaged(notebookSource('n.ipynb', ['n = len([1])\nprint(n, __doc__)']));
    assert.equal(outcome.status, 'done');
    const all = outcome.files.map(({ content }) => content).join('\n');
    assert.match(all, /print\(n, "Automatically created module for IPython interactive environment"\)/);
  });

  test('a number sign in a text is no comment', async () => {
    const outcome = await packaged(
      scriptSource('work.py', 'import os\nx = "# no" + str(os.getpid())\nprint(x)\n'),
    );
    assert.doesNotMatch(text(outcome, 'MIGRATION.md'), /Comments that no module has/);
  });

  test('modules do nothing on import: no path is looked for', async () => {
    const outcome = await packaged(
      scriptSource('work.py', 'import pandas as pd\ndf = pd.read_csv("a.csv")\nprint(df)\n'),
    );
    assert.doesNotMatch(text(outcome, 'src/pkg/config.py'), /^\w+ = /m);
    assert.match(
      text(outcome, 'src/pkg/__main__.py'),
      / {4}default = Path\(__file__\)\.with_name\("config\.yaml"\)/,
    );
  });

  test('what a formula looks up is where the formula is', async () => {
    const outcome = await packaged(
      scriptSource(
        'work.py',
        'import numpy as np\nimport pandas as pd\nimport statsmodels.formula.api as smf\n' +
          'def double(v):\n    return 2 * v\n' +
          'df = pd.read_csv("a.csv")\nprint(np.sum(df.x))\n' +
          'formula = "y ~ np.log(x) + double(x)"\nres = smf.ols(formula, df).fit()\nprint(res.params)\n',
      ),
    );
    const files = outcome.status === 'done' ? outcome.files : [];
    const fitting = files.find(
      ({ path, content }) => path.startsWith('src/') && content.includes('smf.ols('),
    )!;
    assert.match(fitting.content, /^import numpy as np\b/m);
    assert.match(fitting.content, /^(?:from \.\w+ import .*\bdouble\b|def double\()/m);
  });
});
