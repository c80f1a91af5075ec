import assert from 'node:assert/strict';
import { applied, notebookSource, parametersCell } from '../../support/analysis';
import { extract } from './extractSupport';

/** Programs that are refused, with a part of the reason. */
const REFUSED: Readonly<Record<string, [code: string, reason: RegExp]>> = {
  'exec binds who knows what': ['exec("x = 1")\nprint(x)\n', /exec may bind any name/],
  'eval reads names': ['x = len([1])\nprint(eval("x"))\n', /eval looks at the names/],
  'locals are listed': ['x = len([1])\nprint("{x}".format(**locals()))\n', /locals looks at the names/],
  'dir is printed': ['x = len([1])\nprint(dir())\n', /dir\(\) lists/],
  'its own frame': ['import sys\nx = len([1])\nprint(sys._getframe().f_locals["x"])\n', /_getframe|f_locals/],
  'an app that a server looks up': [
    'from flask import Flask\napp = Flask("x")\n@app.route("/")\ndef index():\n    return ""\nprint(app)\n',
    /looked up in this module/,
  ],
  'its own module by name': [
    'import timeit\nx = len([1])\nprint(timeit.timeit("x", "from __main__ import x") > 0)\n',
    /names its own module/,
  ],
  'line numbers in a log': [
    'import logging, sys\nlogging.basicConfig(stream=sys.stdout, format="%(funcName)s %(message)s")\nlogging.warning(len([1]))\n',
    /log format/,
  ],
  'no Python': ['x = = 1\n', /the code is/],
};

/** Programs that cannot become a class; functions whose names stay variables of the module do. */
const NO_CLASS: Readonly<Record<string, [code: string, reason: RegExp]>> = {
  'a star import may bind it': [
    'from os import *\ndef f():\n    return sep\nprint(f())\nsep = len([1])\nprint(f())\n',
    /star import/,
  ],
  'a query names a variable': [
    'import pandas as pd\nlow = len([1])\ndf = pd.DataFrame({"a": [1, 2]})\nprint(df.query("a > @low"))\n',
    /query may read variables/,
  ],
  'a class reads what runs': [
    'rate = len([1])\nclass Model:\n    def lr(self):\n        return rate\nprint(Model().lr())\n',
    /the class reads rate/,
  ],
  'a class that is made by what runs': [
    'base = dict if len([1]) else list\nclass Model(base):\n    pass\nprint(Model())\n',
    /the class reads base/,
  ],
  'a builtin or not': [
    'def show():\n    print(max([1]))\nshow()\nmax = len\nshow()\n',
    /max may be the builtin/,
  ],
  'a test for being bound': [
    'import sys\nif len(sys.argv) > 5:\n    extra = 1\ndef f():\n    try:\n        return extra\n    except NameError:\n        return None\nprint(f())\n',
    /whether extra is bound/,
  ],
  'a mangled name': ['__x = len([1])\ndef f():\n    return __x\nprint(f())\n', /another name within a class/],
  'other processes': [
    'from multiprocessing import Pool\nn = len([1])\ndef f(v):\n    return v * n\nwith Pool(2) as pool:\n    print(pool.map(f, [1]))\n',
    /pickled or sent to another process/,
  ],
  'a lambda that a search takes to other processes': [
    'from sklearn.model_selection import GridSearchCV\nn = len([1])\nsearch = GridSearchCV(lambda v: v * n, {}, n_jobs=2)\n',
    /pickled or sent/,
  ],
  'a function that is pickled': [
    'import pickle\nn = len([1])\ndef f(v):\n    return v * n\nopen("f", "wb").write(pickle.dumps([f]))\n',
    /pickled or sent/,
  ],
  finalizers: [
    'class Held:\n    def __del__(self):\n        print("gone")\nheld = Held()\nprint(len([1]))\n',
    /__del__/,
  ],
};

const OUTPUT = (code: string): Promise<string> =>
  extract(code).then((outcome) => applied(outcome)['train.py'] ?? '');

suite('extract-pipeline', () => {
  for (const [name, [code, reason]] of Object.entries(REFUSED)) {
    test(`refused: ${name}`, async () => {
      const outcome = await extract(code);
      assert.equal(outcome.status, 'refused');
      assert.match(outcome.refusals.map((refusal) => refusal.reason).join('\n'), reason);
    });
  }

  for (const [name, [code, reason]] of Object.entries(NO_CLASS)) {
    test(`no class: ${name}`, async () => {
      const outcome = await extract(code, {}, 'class');
      assert.equal(outcome.status, 'refused');
      assert.match(outcome.refusals.map((refusal) => refusal.reason).join('\n'), reason);
      assert.equal((await extract(code)).status, 'done');
    });
  }

  test('refused: somebody imports the script', async () => {
    const outcome = await extract('x = len([1])\nprint(x)\n', {
      'train.py': '',
      'other.py': 'from train import x\n',
    });
    assert.match(outcome.refusals[0]!.reason, /other\.py imports this file/);
  });

  test('nothing: functions and a guard', async () => {
    const code = 'def main():\n    print(1)\n\n\nif __name__ == "__main__":\n    main()\n';
    assert.equal((await extract(code)).status, 'nothing');
    // What it writes itself is of that kind: a second time changes nothing.
    const once = await OUTPUT('import os\nx = os.getpid()\nprint(x > 0)\n');
    assert.equal((await extract(once)).status, 'nothing');
  });

  test('a script: state, a method, comments, and what stays at module level', async () => {
    const text = await OUTPUT(
      [
        '"""Trains."""',
        'import pandas as pd',
        '',
        'LIMIT = 3',
        '',
        '# --- Load ---',
        '# the raw table',
        'df = pd.read_csv("a.csv")  # big',
        '',
        'def scaled(v):',
        '    """By the mean."""',
        '    return v / mean',
        '',
        'def plain(v):',
        '    return v * LIMIT',
        '',
        '# --- Report ---',
        'mean = df["a"].mean()',
        'print(scaled(1), plain(2))',
        '',
      ].join('\n'),
    );
    assert.match(text, /^"""Trains\."""\nimport pandas as pd\n\nLIMIT = 3\n\ndef plain\(v\):/);
    assert.match(text, /class TrainPipeline:/);
    assert.match(text, / {4}def scaled\(self, v\):\n {8}"""By the mean\."""\n {8}return v \/ self\.mean\n/);
    assert.match(
      text,
      / {8}# --- Load ---\n {8}# the raw table\n {8}return pd\.read_csv\("a\.csv"\) {2}# big\n/,
    );
    assert.match(text, /print\(self\.scaled\(1\), plain\(2\)\)/);
    assert.match(text, /raise SystemExit\(main\(\)\)\n$/);
    assert.doesNotMatch(text, /self\.LIMIT|self\.plain/);
  });

  test('texts over several lines stay as they are', async () => {
    const text = await OUTPUT('import os\nnote = """a\n  b\nc"""\nnote += os.sep\nprint(note)\n');
    assert.ok(text.includes('"""a\n  b\nc"""'));
  });

  test('global goes, and so does nothing else', async () => {
    const text = await OUTPUT(
      'count = len([])\ndef step():\n    global count\n    count += 1  # one more\nstep()\nprint(count)\n',
    );
    assert.match(text, /def step\(self\):\n {8}self\.count \+= 1 {2}# one more\n/);
    assert.doesNotMatch(text, /global/);
  });

  test('{x=} is written out', async () => {
    const text = await OUTPUT(
      'x = open("a.txt")\ndef f():\n    return f"{x = !s} {x=:>3} {x=}"\nprint(f())\n',
    );
    assert.ok(text.includes('f"x = {self.x!s} x={self.x:>3} x={self.x!r}"'), text);
  });

  test('a function that is handed on stays one: a copy of it needs no copy of the pipeline', async () => {
    const text = await OUTPUT(
      'factor = len([1])\ndef scale(x):\n    return x * factor\nsteps = list(map(scale, [1]))\nprint(steps)\n',
    );
    assert.match(text, / {8}def scale\(x\):\n {12}return x \* (?:self\.)?factor\n/);
  });

  test('a function that is defined again stays where it was defined', async () => {
    const text = await OUTPUT('def f():\n    return 1\nprint(f())\ndef f():\n    return 2\nprint(f())\n');
    assert.match(text, /return 1\n {8}print\(f\(\)\)\n[^]*def f\(\):\n {12}return 2\n {8}print\(f\(\)\)/);
  });

  test('what heads a section goes with its code, not with the imports in between', async () => {
    const text = await OUTPUT(
      '"""Doc."""\n\n# Copyright me\n\n# %% Load rows\nimport json\n\nrows = json.loads("[1]")\nprint(rows)\n\n' +
        '# Train it\n# --------\n# At length.\nimport math\nimport os\n\n# of all\ntotal = math.fsum(rows)\nprint(total, os.sep)\n\n' +
        '# how to print\nimport pprint\n\npprint.pprint(total)\n',
    );
    assert.match(
      text,
      /^"""Doc\."""\n\n# Copyright me\n\nimport json\nfrom typing import Any\nimport math\nimport os\n\n# how to print\nimport pprint\n/,
    );
    assert.match(text, /def load_rows\(\) -> Any:[^]*\n( +)# %% Load rows\n\1rows = /);
    assert.match(text, /\n( +)# Train it\n\1# --------\n\1# At length\.\n\1# of all\n\1return math/);
    assert.match(text, /"""Train it\."""/);
  });

  test('of several headings among imports the last one heads what runs', async () => {
    const text = await OUTPUT(
      '# %% Imports\nimport math\n# about numbers\nimport statistics\n\n# %% Load rows\nimport json\n\n' +
        'rows = json.loads("[1]")\nprint(rows)\n\n# %% Report\nprint(math.fsum(rows), statistics.mean(rows))\n',
    );
    assert.match(text, /^# %% Imports\nimport math\n# about numbers\nimport statistics\n/);
    assert.match(text, /def load_rows\([^]*\n( +)# %% Load rows\n\1rows = /);
    const own = await OUTPUT(
      '"""Doc."""\n# %% Imports\nimport json\n\nrows = json.loads("[1]")\nprint(rows)\n\n# %% Report\nprint(len(rows))\n',
    );
    assert.match(own, /^"""Doc\."""\n# %% Imports\nimport json\n/);
    assert.doesNotMatch(own, /def imports/);
  });

  for (const [name, uses, isKept] of [
    ['columns of a frame', 'print(df[NAMES].sum(), len(NAMES))', true],
    ['gone through', 'for name in NAMES:\n    print(name)\nprint([n for n in NAMES if n in NAMES])', true],
    ['handed to a library', 'print(df.drop(columns=NAMES), ", ".join(NAMES))', true],
    ['joined to another', 'print(df[NAMES + ["c"]], df.loc[:, NAMES])', true],
    ['grows', 'NAMES.append("c")\nprint(df[NAMES])', false],
    ['an item is set', 'NAMES[0] = "c"\nprint(df[NAMES])', false],
    ['another name for it grows', 'more = NAMES\nmore.append("c")\nprint(df[NAMES])', false],
    ['handed to who knows whom', 'import helpers\nhelpers.use(NAMES)\nprint(NAMES)', false],
    ['kept by another', 'both = [NAMES, NAMES]\nboth[0].append("c")\nprint(NAMES)', false],
    ['or it', 'other = [] or NAMES\nother.append("c")\nprint(NAMES)', false],
  ] as const) {
    test(`a list of constants, ${name}: ${isKept ? 'a constant of the module' : 'made in its stage'}`, async () => {
      const code = `import pandas as pd\n\ndf = pd.DataFrame({"a": [1], "b": [2]})\nprint(df)\nNAMES = ["a", "b"]\n${uses}\n`;
      assert.equal(/^NAMES = /m.test(await OUTPUT(code)), isKept);
    });
  }

  test('a notebook: a list that functions fill is made where its cell made it', async () => {
    const cells = ['calls = []', 'def f(x):\n    calls.append(x)\n    return x', 'print(f(1), len(calls))'];
    const texts = applied(await extract(notebookSource('work.ipynb', cells)));
    assert.doesNotMatch(texts['work_pipeline.py']!, /^calls = /m);
  });

  test('a notebook: what a cell looks at comes back, be it below the cell', async () => {
    const cells = ['n = len([1])\nprint(n)', 'table.head()', 'table = n * 2\nprint(table)'];
    const texts = applied(await extract(notebookSource('work.ipynb', cells)));
    assert.match(texts['work.ipynb#2']!, /^table = |pipeline\.table/);
  });

  test('a notebook: a variable that is handed on has its last value in the end', async () => {
    const cells = [
      'import os\nbest = os.getpid()\nprint(best > 0)',
      'print(best)',
      'for i in range(3):\n    if i > best:\n        best = i\nprint(best)',
    ];
    const texts = applied(await extract(notebookSource('work.ipynb', cells)));
    assert.match(texts['work.ipynb#2']!, /^best = \w+\(best\)/);
  });

  test('a notebook: a module and calls, shown values are given back', async () => {
    const outcome = await extract(
      notebookSource('work.ipynb', [
        '[markdown]\n## Load data',
        'import pandas as pd\n%matplotlib inline\ndf = pd.DataFrame({"a": [1, 2]})',
        'def total():\n    return df["a"].sum()',
        'df.head()',
        'print(total())',
        'total()',
      ]),
    );
    const texts = applied(outcome);
    assert.match(texts['work_pipeline.py']!, /class WorkPipeline:/);
    assert.match(texts['work_pipeline.py']!, /def load_data\(self\) -> None:/);
    assert.match(texts['work_pipeline.py']!, /return self\.total\(\)/);
    assert.equal(texts['work.ipynb#3'], 'pipeline.df.head()');
    assert.equal(
      texts['work.ipynb#1'],
      'import pandas as pd\n%matplotlib inline\nfrom work_pipeline import WorkPipeline\npipeline = WorkPipeline()\npipeline.load_data()',
    );
    assert.match(texts['work.ipynb#4']!, /^pipeline\.\w+\(\)$/);
  });

  test('a notebook: what is shown and does something is a stage, and part of the run', async () => {
    const texts = applied(
      await extract(
        notebookSource('work.ipynb', [
          'import numpy as np\nfrom sklearn.linear_model import Ridge\nX = np.ones((4, 2))\ny = X[:, 0]',
          'model = Ridge()\nmodel.fit(X, y)',
          'print(model.predict(X))',
          'y.mean()',
        ]),
        {},
        'class',
      ),
    );
    assert.match(texts['work.ipynb#1']!, /^model = pipeline\.\w+\(\)\npipeline\.\w+\(X, y, model\)$/);
    assert.equal(texts['work.ipynb#3'] ?? 'y.mean()', 'y.mean()');
    assert.match(texts['work_pipeline.py']!, /model = self\.\w+\(\)\n {8}self\.\w+\(X, y, model\)/);
    assert.match(texts['work_pipeline.py']!, /return model\.fit\(X, y\)/);
  });

  test('a notebook: a value is shown below a function that its cell defines', async () => {
    const cells = [
      'import os\nn = os.getpid()',
      'w = [n]\ndef twice(x):\n    return x * 2\nw.append(1)\ntwice(w)',
      'print(twice(1))',
    ];
    const texts = applied(await extract(notebookSource('work.ipynb', cells), {}, 'functions'));
    assert.match(
      texts['work.ipynb#1']!,
      /^from work_pipeline import twice\n(?:\w+ = \w+\(.*\)\n)?\w+\(.*\)$/,
    );
  });

  test('a notebook: parameters that papermill or a form sets stay in their cell', async () => {
    const cells = ['import os\nx = os.getpid() * N\nprint(x > N)', 'print(x * N)'];
    const tagged = parametersCell('N = 3\nSEED: int = 4', ...cells);
    const form = notebookSource('notebook.ipynb', ['N = 3 #@param {type:"integer"}', ...cells]);
    for (const source of [tagged, form]) {
      const texts = applied(await extract(source));
      assert.equal(texts['notebook.ipynb#0'], undefined);
      assert.match(texts['notebook.ipynb#1']!, /\(N\)$/);
    }
    const read = parametersCell('N = 3', 'def f(x):\n    return x * N', 'import os\nprint(f(os.getpid()))');
    const { status, refusals } = await extract(read);
    assert.equal(status, 'refused');
    assert.match(refusals.map(({ reason }) => reason).join(), /N is a parameter of the notebook/);
  });

  test('a notebook: refused where it lists the folder that the module would be in', async () => {
    const lists = ['import os\nprint(os.listdir("."))', 'n = os.getpid()\nprint(n > 0)'];
    const outcome = await extract(notebookSource('work.ipynb', lists));
    assert.equal(outcome.status, 'refused');
    assert.match(outcome.refusals[0]!.reason, /os\.listdir may list the folder/);
    const others = [
      'import os, glob\nprint(glob.glob("*.csv"), os.listdir("data"))',
      'n = os.getpid()\nprint(n > 0)',
      '!ls',
    ];
    assert.equal((await extract(notebookSource('work.ipynb', others))).status, 'done');
  });

  test('a notebook: no run where a cell does more than look', async () => {
    const source = notebookSource('work.ipynb', ['rows = [1, 2]', '!touch made', 'print(len(rows))']);
    const texts = applied(await extract(source, {}, 'class'));
    assert.doesNotMatch(texts['work_pipeline.py']!, /def run/);
    const quiet = notebookSource('work.ipynb', ['rows = [1, 2]', '%config a.b = 1', 'print(len(rows))']);
    assert.match(applied(await extract(quiet, {}, 'class'))['work_pipeline.py']!, /def run/);
  });

  test('a notebook: the module is imported once in a cell', async () => {
    const source = notebookSource('work.ipynb', ['LOW = 1\nrows = [1, 2]', 'print(sum(rows) > LOW)']);
    const texts = applied(await extract(source, {}, 'class'));
    assert.equal(texts['work.ipynb#0']!.match(/import/g)?.length, 1);
  });

  for (const [name, cells, reason] of [
    ['what a cell has shown', ['x = len([1])', 'x', 'print(_)'], /has shown before/],
    [
      'a magic line binds what a function reads',
      ['files = !ls', 'def n():\n    return len(files)', 'print(n())', 'y = n()'],
      /magic line/,
    ],
    ['a cell that is indented', ['n = len([1])', '    n = n + 1\n    print(n)'], /indented as a whole/],
    ['its own module', ['import logging\nlog = logging.getLogger(__name__)', 'log.info("x")'], /__name__/],
  ] as const) {
    test(`refused in a notebook: ${name}`, async () => {
      const outcome = await extract(notebookSource('work.ipynb', cells));
      assert.equal(outcome.status, 'refused');
      assert.match(outcome.refusals.map((refusal) => refusal.reason).join('\n'), reason);
    });
  }
});
