import assert from 'node:assert/strict';
import { applied, notebookSource } from '../../support/analysis';
import { extract } from './extractSupport';

/** What of a program is handed on, and what has to stay a variable of the module: code, expected lines, unexpected ones. */
interface Expected {
  readonly code: string;
  readonly has: readonly (string | RegExp)[];
  readonly hasNot?: readonly (string | RegExp)[];
}

const HEAD = '# --- Load ---\n';
const THEN = '# --- Report ---\n';

const SHARED: Readonly<Record<string, Expected>> = {
  'a function reads the name when it is called': {
    code: `${HEAD}rate = len([1])\ndef f(v):\n    return v * rate\n${THEN}print(f(1))\n`,
    has: ['    global rate\n', 'def f(v):\n    return v * rate\n'],
  },
  'it is not sure that it is bound': {
    code: `import sys\n${HEAD}if len(sys.argv) > 1:\n    extra = 1\nn = len(sys.argv)\n${THEN}if n > 5:\n    print(extra)\n`,
    has: ['    global extra\n'],
  },
  'a loop may run not at all': {
    code: `import sys\n${HEAD}for arg in sys.argv[1:]:\n    last = arg\n${THEN}print(len(sys.argv), last)\n`,
    has: [/global (?:arg, )?last/],
  },
  'a manager may swallow the exception': {
    code: `import contextlib, os\n${HEAD}with contextlib.suppress(OSError):\n    size = os.stat("a").st_size\n${THEN}print(size)\n`,
    has: ['    global size\n'],
  },
  'a lambda sees what is bound later': {
    code: `import os\n${HEAD}n = os.getpid()\nshow = lambda: n > 0\n${THEN}n = -1\nprint(show())\n`,
    has: [/global (?:n|show)/, /global n|global n, show/],
  },
  'a class body reads the name that it binds': {
    code: `import os\n${HEAD}depth = os.getpid()\n${THEN}class A:\n    depth = depth\nprint(A.depth > 0)\n`,
    has: [/global .*depth/, /global .*A/],
  },
  'a query names it': {
    code: `import pandas as pd\n${HEAD}low = len([1])\ndf = pd.DataFrame({"a": [1, 2]})\n${THEN}print(df.query("a > @low"))\n`,
    has: ['    global low\n'],
  },
  'a piece of a formula names it': {
    code: `import patsy\n${HEAD}low = len([1])\nterms = "np.log(x + low)"\n${THEN}print(patsy.dmatrix("~ " + terms, {"x": [1]}))\n`,
    has: ['    global low\n'],
  },
  'a builtin of that name is read above': {
    code: `import os\n${HEAD}print(max([1]))\nmax = os.getpid()\n${THEN}print(max > 0)\n`,
    has: ['    global max\n'],
  },
  'a default that reads what was set above': {
    code: `import os\nclass cfg:\n    x = 1\n${HEAD}cfg.x = os.getpid()\ndef f(v=cfg.x):\n    return v\n${THEN}print(f() > 1)\n`,
    has: [/cfg\.x = os\.getpid\(\)\n+ {4}def f\(v=cfg\.x\):/],
  },
  'a function made here keeps its name': {
    code: `import os\n${HEAD}n = os.getpid()\ndef f(v=n):\n    return v\n${THEN}print(f() > 0)\n`,
    has: [/global .*\bf\b/],
  },
  'a file is flushed when it goes': {
    code: `import os\n${HEAD}out = open("a.txt", "w")\nout.write(str(os.getpid()))\n${THEN}print(os.path.getsize("a.txt"))\n`,
    has: ['    global out\n'],
  },
  'a container that holds what has to be closed': {
    code: `import csv, os\n# %% Save rows\nfiles = {}\nfiles["a"] = csv.writer(open("a.txt", "w"))\nfor row in ([1], [2]):\n    files["a"].writerow(row)\n# %% Report\nprint(os.path.getsize("a.txt"))\ntext = open("a.txt").read()\nprint(text)\n`,
    has: [/global (?:\w+, )*files|self\.files = \{\}/],
  },
  'a class that has to be closed': {
    code: `import os\nclass Log:\n    def __init__(self):\n        self.file = open("a.txt", "w")\n${HEAD}log = Log()\nlog.file.write(str(os.getpid()))\n${THEN}print(os.path.getsize("a.txt"))\n`,
    has: ['    global log\n'],
  },
};

/** Names of one stage that only it reads. */
const LOCAL: Readonly<Record<string, Expected>> = {
  'what a network makes of a batch': {
    code: `import torch\nfrom torch import nn\n${HEAD}batch = torch.ones(2, 3)\n# --- Train ---\nnet = nn.Linear(3, 1)\nprint(net)\n${THEN}loss = nn.MSELoss()(net(batch), torch.zeros(2, 1))\nprint(loss.item())\n`,
    has: ['    loss = nn.MSELoss()'],
    hasNot: ['global', '.loss'],
  },
  'rows of a frame that another stage has read': {
    code: `import pandas as pd\n${HEAD}df = pd.read_csv("a.csv")\nprint(1)\n${THEN}rows = df.loc[df["a"] > 1]\nbest = rows["a"].max() / 3\nprint(best)\n`,
    has: ['    rows = df.loc'],
    hasNot: ['global', '.rows'],
  },
  'a list of plain values': {
    code: `import os\n${HEAD}sizes = []\nfor name in ("a", "b"):\n    size = os.path.getsize(name)\n    sizes.append(size)\nprint(len(sizes))\n${THEN}print(os.getpid() > 0)\n`,
    has: ['    sizes = []'],
    hasNot: ['global', '.sizes'],
  },
};

const HANDED_ON: Readonly<Record<string, Expected>> = {
  'bound by one stage, read by another': {
    code: `import pandas as pd\n${HEAD}df = pd.read_csv("a.csv")\n${THEN}print(df)\n`,
    has: [
      'def load_data() -> pd.DataFrame:',
      '    return pd.read_csv("a.csv")\n',
      'df: pd.DataFrame) -> None:',
      '    df = load_data()\n',
    ],
    hasNot: ['global', 'class '],
  },
  'bound anew by a stage that takes it': {
    code: `import pandas as pd\n${HEAD}df = pd.read_csv("a.csv")\nprint(1)\n# --- Clean ---\ndf = df.dropna()\nprint(df.shape)\n${THEN}print(df)\n`,
    has: [
      /def clean\w*\(df: pd\.DataFrame\) -> pd\.DataFrame:/,
      / {4}df = clean\w*\(df\)\n/,
      '    return df\n',
    ],
    hasNot: ['global'],
  },
  'bound on every branch': {
    code: `import os, sys\n${HEAD}if os.getpid() > 1:\n    n = 1\nelse:\n    sys.exit("no")\nprint(n)\n${THEN}print(n)\n`,
    has: ['    return n\n', /\(n: \w+\) -> None:/],
    hasNot: ['global'],
  },
  'a loop over a literal runs': {
    code: `import os\n${HEAD}for size in (1, 2):\n    area = size * os.getpid()\n${THEN}print(area > 0)\n`,
    has: ['    return area\n'],
    hasNot: ['global'],
  },
  'changed in place': {
    code: `import os\n${HEAD}rows = [os.getpid()]\nprint(len(rows))\n# --- More ---\nrows.append(2)\nprint(rows[1])\n${THEN}print(len(rows))\n`,
    has: ['(rows: list[Any]) -> None:', 'from typing import Any\n'],
    hasNot: ['global', 'rows = more'],
  },
  'kept by a lambda of the last stage that binds it': {
    code: `import os\n${HEAD}n = os.getpid()\nprint(n > 0)\n${THEN}show = lambda: n > 0\nprint(show())\n`,
    has: [/\(n: int\) -> None:/],
    hasNot: ['global'],
  },
  'an object of the own module': {
    code: `import torch\nclass Net(torch.nn.Module):\n    pass\n${HEAD}net = Net()\nprint(1)\n${THEN}net.eval()\nprint(net)\n`,
    has: ['def load_data() -> Net:', '(net: Net) -> None:'],
    hasNot: ['global'],
  },
};

suite('extract-pipeline: what stages hand on', () => {
  for (const [group, programs] of [
    ['stays a variable of the module', SHARED],
    ['is a name of its stage', LOCAL],
    ['is handed on', HANDED_ON],
  ] as const) {
    for (const [name, { code, has, hasNot = [] }] of Object.entries(programs)) {
      test(`${group}: ${name}`, async () => {
        const text = applied(await extract(code, {}, 'functions'))['train.py'] ?? '';
        for (const part of has) assert.ok(matches(text, part), `${String(part)} is missing:\n${text}`);
        for (const part of hasNot) assert.ok(!matches(text, part), `${String(part)} is there:\n${text}`);
      });
    }
  }

  test('a class, where more is handed on than readers can follow', async () => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f'];
    const code = `import os\n${HEAD}${names.map((name) => `${name} = os.getpid()\n`).join('')}${THEN}print(${names.join(', ')})\n`;
    const text = applied(await extract(code))['train.py'] ?? '';
    assert.match(text, /class TrainPipeline:/);
    assert.match(text, /self\.a = os\.getpid\(\)/);
    assert.match(text, /def \w+\(self, b: int, c: int, d: int, e: int, f: int\) -> None:/);
  });

  test('a class, where a model is loaded once and used later', async () => {
    const code = `import torch\n${HEAD}model = torch.load("m.pt")\nprint(1)\n${THEN}print(model)\n`;
    assert.match(applied(await extract(code))['train.py'] ?? '', /class TrainPipeline:/);
  });

  test('no class named `Any` is taken for the type', async () => {
    const code = `import os\nclass Any:\n    pass\n${HEAD}rows = [os.getpid()]\n${THEN}print(rows)\n`;
    const text = applied(await extract(code, {}, 'functions'))['train.py'] ?? '';
    assert.match(text, /def load_data\(\):\n/);
    assert.doesNotMatch(text, /import Any|\[Any\]/);
  });

  test('no builtin that the program binds anew is taken for the type', async () => {
    const code = `import os\ndef list(x):\n    return x\n${HEAD}rows = [os.getpid()]\n${THEN}print(rows)\n`;
    const text = applied(await extract(code, {}, 'functions'))['train.py'] ?? '';
    assert.match(text, /def load_data\(\) -> Any:\n/);
  });

  test('what an import may have left empty is no type', async () => {
    const code = `try:\n    import torch\nexcept ImportError:\n    torch = None\n${HEAD}t = torch.zeros(1)\n${THEN}print(t)\n`;
    assert.doesNotMatch(applied(await extract(code, {}, 'functions'))['train.py'] ?? '', /: torch\.Tensor/);
  });

  test('a notebook: cells hand on, magics and looks stay', async () => {
    const outcome = await extract(
      notebookSource('work.ipynb', [
        'import pandas as pd\nfiles = !ls',
        'df = pd.read_csv(files[0])\ndf = df.dropna()\nprint(len(files))\ndf.head()',
        '%time total = df["a"].sum()',
        'print(total, df.shape)',
      ]),
    );
    const texts = applied(outcome);
    assert.match(texts['work.ipynb#1']!, /\ndf = load_data\(files\)\ndf\.head\(\)$/);
    assert.equal(texts['work.ipynb#2'], undefined);
    assert.match(texts['work.ipynb#3']!, /^\w+\((?:df, total|total, df)\)$/);
    assert.match(texts['work_pipeline.py']!, /def load_data\(files: Any\) -> pd\.DataFrame:/);
  });
});

function matches(text: string, part: string | RegExp): boolean {
  return typeof part === 'string' ? text.includes(part) : part.test(text);
}
