import assert from 'node:assert/strict';
import { applied, moveAllPaths, notebookSource } from '../../support/analysis';

const READ = 'open("data/a.csv")\n';
const OURS = '# Configuration of this project. Graduate adds to this file.\n';

/** Programs in which nothing may be changed, and a word of the reason. */
const REFUSED: Readonly<
  Record<string, [code: string, reason: RegExp, files?: Record<string, string>, root?: string]>
> = {
  'dir() at module level': [`${READ}print(dir())\n`, /dir\(\) lists/],
  'globals() is printed': [`${READ}print(sorted(globals()))\n`, /globals\(\) lists/],
  'vars() without an argument': [`${READ}print(len(vars()))\n`, /vars\(\) lists/],
  'inspect.getsource': [`import inspect\n${READ}def f(): ...\nprint(inspect.getsource(f))\n`, /getsource/],
  'the own source is read': [`${READ}print(open(__file__).read())\n`, /own source/],
  'the folder is listed': [`import os\n${READ}print(os.listdir("."))\n`, /may list the folder/],
  'the folder is listed without an argument': [
    `import os\n${READ}print(os.listdir())\n`,
    /may list the folder/,
  ],
  'a folder that is not known is listed': [
    `import os, sys\n${READ}print(os.listdir(sys.argv[1]))\n`,
    /may list the folder/,
  ],
  'glob of everything': [`import glob\n${READ}print(glob.glob("*"))\n`, /may list the folder/],
  'pathlib lists': [
    `from pathlib import Path\n${READ}print(list(Path(".").iterdir()))\n`,
    /may list the folder/,
  ],
  'recursive glob': [
    `from pathlib import Path\n${READ}print(list(Path(".").rglob("*")))\n`,
    /may list the folder/,
  ],
  walk: [`import os\n${READ}print(list(os.walk("..")))\n`, /may list the folder/],
  'ls as a child process': [
    `import subprocess\n${READ}subprocess.run(["ls", "-l"])\n`,
    /may list the folder/,
  ],
  'the own folder by its absolute path': [
    `import os\n${READ}print(os.listdir("/srv/p"))\n`,
    /may list the folder/,
    {},
    '/srv/p',
  ],
  'an own yaml module': [READ, /hides the module yaml/, { 'yaml.py': '' }],
  'an own yaml package': [READ, /hides the module yaml/, { 'yaml/__init__.py': '' }],
  'a star import after the imports, before a use': [
    `import os\nos.getcwd()\nfrom numpy import *\n${READ}`,
    /may rebind/,
  ],
  'exec before a use in a function': [`def f():\n    return open("data/a.csv")\nexec(code)\n`, /may rebind/],
  'another file imports all names': [READ, /imports all names/, { 'other.py': 'from program import *\n' }],
  '__file__ is rebound': [`__file__ = "x"\n${READ}`, /__file__/],
  'compiled by numba': [
    'from numba import njit\n@njit\ndef f():\n    return open("data/a.csv")\n',
    /compiled by numba/,
  ],
  'a comment within the literal': ['open("data/"  # raw\n     "a.csv")\n', /comment stands within/],
  'only a file name in an f-string': ['n = f()\nopen(f"model_{n}.pt")\n', /name of the file/],
  'a function shows its code': [
    `def f():\n    return open("data/a.csv")\nprint(f.__code__.co_names)\n`,
    /__code__/,
  ],
  'loaded modules are looked at': [`import sys\n${READ}print("yaml" in sys.modules)\n`, /sys\.modules/],
  'os is asked for a function by name': [`import os\n${READ}getattr(os, name)(".")\n`, /looked up by name/],
  'an imported module lists folders': [
    `import tools\n${READ}`,
    /tools\.py, which is imported, may list/,
    { 'tools.py': 'import os\nprint(os.listdir("."))\n' },
  ],
  'a module that an imported one imports': [
    'import a\n' + READ,
    /b\/c\.py, which is imported/,
    { 'a.py': 'from b import c\n', 'b/__init__.py': '', 'b/c.py': 'import glob\nglob.glob("*")\n' },
  ],
  'its own file by name': ['open("program.py")\n' + READ, /own source/],
  'a debug f-string shows the expression': ['print(f"{open(\'data/a.csv\')=}")\n', /prints the expression/],
  'the program uses both file names': [
    `open("config.yaml")\nopen("graduate.yaml")\n${READ}`,
    /itself uses config\.yaml/,
  ],
  'the loaded configuration is printed': [
    `import yaml\nfrom pathlib import Path\nc = yaml.safe_load(Path(__file__).with_name("config.yaml").read_text())\nprint(c)\n${READ}`,
    /as a whole/,
    { 'config.yaml': OURS },
  ],
  'another script prints the configuration': [
    READ,
    /other\.py uses config\.yaml as a whole/,
    { 'config.yaml': OURS, 'other.py': 'import yaml\nc = yaml.safe_load(open("config.yaml"))\nprint(c)\n' },
  ],
  'both file names are taken': [
    READ,
    /config.yaml was not made by Graduate; graduate.yaml was not/,
    { 'config.yaml': 'a: 1\n', 'graduate.yaml': 'a: 1\n' },
  ],
  'the configuration is broken': [READ, /config\.yaml/, { 'config.yaml': `${OURS}a: 1\na: 2\n` }],
};

/** A script and what becomes of it. */
const DONE: Readonly<
  Record<string, [code: string, after: string, config: string | undefined, files?: Record<string, string>]>
> = {
  'one path': [
    'import pandas as pd\n\nframe = pd.read_csv("/Users/a/data.csv")\n',
    'from pathlib import Path\n\nimport pandas as pd\nimport yaml\n\nconfig = yaml.safe_load(\n    Path(__file__).with_name("config.yaml").read_text(encoding="utf-8")\n)\n\nframe = pd.read_csv(config["data_path"])\n',
    `${OURS}data_path: "/Users/a/data.csv"\n`,
  ],
  'docstring, __future__, shebang and cookie stay on top': [
    '#!/usr/bin/env python\n# -*- coding: utf-8 -*-\n"""Doc."""\nfrom __future__ import annotations\nimport os\nopen("a.csv")\n',
    '#!/usr/bin/env python\n# -*- coding: utf-8 -*-\n"""Doc."""\nfrom __future__ import annotations\nimport os\nfrom pathlib import Path\n\nimport yaml\n\nconfig = yaml.safe_load(\n    Path(__file__).with_name("config.yaml").read_text(encoding="utf-8")\n)\n\nopen(config["a_path"])\n',
    `${OURS}a_path: "a.csv"\n`,
  ],
  'no import at all; a comment above the statement stays with it': [
    '#!/usr/bin/env python\n# load\nopen("a.csv")\n',
    '#!/usr/bin/env python\nfrom pathlib import Path\n\nimport yaml\n\nconfig = yaml.safe_load(\n    Path(__file__).with_name("config.yaml").read_text(encoding="utf-8")\n)\n\n# load\nopen(config["a_path"])\n',
    `${OURS}a_path: "a.csv"\n`,
  ],
  'one key for one value, names from their holders': [
    'TRAIN = "d/t.csv"\nopen(TRAIN)\nopen("d/t.csv")\nmodelFile = "m.pt"\nopen(modelFile)\n',
    'from pathlib import Path\n\nimport yaml\n\nconfig = yaml.safe_load(\n    Path(__file__).with_name("config.yaml").read_text(encoding="utf-8")\n)\n\nTRAIN = config["train_path"]\nopen(TRAIN)\nopen(config["train_path"])\nmodelFile = config["model_file"]\nopen(modelFile)\n',
    `${OURS}train_path: "d/t.csv"\nmodel_file: "m.pt"\n`,
  ],
  'the folder of an f-string, quotes that are free': [
    "import yaml\nopen(f'data/{n}.csv')\nopen(f\"data/{n}.txt\")\nopen(return_ if x else'a.csv')\n",
    'from pathlib import Path\n\nimport yaml\n\nconfig = yaml.safe_load(\n    Path(__file__).with_name("config.yaml").read_text(encoding="utf-8")\n)\n\nopen(f\'{config["data_dir"]}/{n}.csv\')\nopen(f"{config[\'data_dir\']}/{n}.txt")\nopen(return_ if x else config["a_path"])\n',
    `${OURS}data_dir: "data"\na_path: "a.csv"\n`,
  ],
  'a literal within an f-string keeps its quotes': [
    'import yaml\nfrom pathlib import Path\nprint(f"{open(\'a.csv\').read()}")\n',
    'import yaml\nfrom pathlib import Path\n\nconfig = yaml.safe_load(\n    Path(__file__).with_name("config.yaml").read_text(encoding="utf-8")\n)\n\nprint(f"{open(config[\'a_path\']).read()}")\n',
    `${OURS}a_path: "a.csv"\n`,
  ],
  'an existing file of ours is extended, its keys are used': [
    'import yaml\nopen("a.csv")\nopen("b.csv")\n',
    'from pathlib import Path\n\nimport yaml\n\nconfig = yaml.safe_load(\n    Path(__file__).with_name("config.yaml").read_text(encoding="utf-8")\n)\n\nopen(config["old"])\nopen(config["b_path"])\n',
    `${OURS}old: "a.csv"  # kept\nb_path: "b.csv"\n`,
    { 'config.yaml': `${OURS}old: "a.csv"  # kept\n` },
  ],
  'listing another folder is no obstacle': [
    'import glob, os\nimport yaml\nopen("a.csv")\nos.listdir("data/raw")\nglob.glob("*.csv")\n[f for f in os.listdir(d) if f.endswith(".csv")]\n',
    'import glob, os\nfrom pathlib import Path\n\nimport yaml\n\nconfig = yaml.safe_load(\n    Path(__file__).with_name("config.yaml").read_text(encoding="utf-8")\n)\n\nopen(config["a_path"])\nos.listdir(config["raw_dir"])\nglob.glob(config["csv_pattern"])\n[f for f in os.listdir(d) if f.endswith(".csv")]\n',
    undefined,
  ],
  'CRLF stays': [
    'import os\r\nopen("a.csv")\r\n',
    'import os\r\nfrom pathlib import Path\r\n\r\nimport yaml\r\n\r\nconfig = yaml.safe_load(\r\n    Path(__file__).with_name("config.yaml").read_text(encoding="utf-8")\r\n)\r\n\r\nopen(config["a_path"])\r\n',
    undefined,
  ],
};

suite('paths-to-config', () => {
  for (const [name, [code, reason, files, root]] of Object.entries(REFUSED)) {
    test(`refused: ${name}`, async () => {
      const outcome = await moveAllPaths(code, files, root);
      assert.equal(outcome.status, 'refused');
      assert.match(outcome.refusals.map((refusal) => refusal.reason).join('\n'), reason);
    });
  }
  for (const [name, [code, after, config, files]] of Object.entries(DONE)) {
    test(`done: ${name}`, async () => {
      const texts = applied(await moveAllPaths(code, files));
      assert.equal(texts['program.py'], after);
      if (config !== undefined) assert.equal(texts['config.yaml'], config);
    });
  }

  test('nothing to do is no refusal', async () => {
    assert.equal((await moveAllPaths('print(1)\n')).status, 'nothing');
  });

  test('a second run changes nothing', async () => {
    const first = applied(await moveAllPaths('import yaml\nopen("a.csv")\n'));
    const again = await moveAllPaths(first['program.py'] ?? '', {
      'config.yaml': first['config.yaml'] ?? '',
    });
    assert.equal(again.status, 'nothing');
  });

  test('a further path uses the load that is there', async () => {
    const first = applied(await moveAllPaths('import yaml\nopen("a.csv")\n'));
    const text = `${first['program.py'] ?? ''}open("b.csv")\n`;
    const second = applied(await moveAllPaths(text, { 'config.yaml': first['config.yaml'] ?? '' }));
    assert.equal(second['program.py'], text.replace('open("b.csv")', 'open(config["b_path"])'));
  });

  test("somebody else's config.yaml is not touched", async () => {
    const texts = applied(await moveAllPaths(READ, { 'config.yaml': 'defaults:\n  - model: a\n' }));
    assert.deepEqual(Object.keys(texts).sort(), ['graduate.yaml', 'program.py']);
  });

  test('dependencies are named where they are listed', async () => {
    const listed = applied(await moveAllPaths(READ, { 'requirements.txt': 'pandas' }));
    assert.equal(listed['requirements.txt'], 'pandas\nPyYAML\n');
    const toml = '[project]\nname = "x"\ndependencies = [\n    "pandas[excel]>=2",\n]\n[tool.x]\n';
    const project = applied(await moveAllPaths(READ, { 'pyproject.toml': toml }));
    assert.equal(project['pyproject.toml'], toml.replace('[\n    "pandas', '[\n    "PyYAML",\n    "pandas'));
    assert.equal(
      applied(await moveAllPaths(READ, { 'requirements.txt': 'pyyaml==6\n' }))['requirements.txt'],
      undefined,
    );
  });

  test('a config.yaml that the program asks for is not made', async () => {
    const texts = applied(await moveAllPaths(`import os\nprint(os.path.exists("config.yaml"))\n${READ}`));
    assert.ok(texts['graduate.yaml'] !== undefined && texts['config.yaml'] === undefined);
  });

  test('names that are asked for as texts are not used', async () => {
    const text =
      applied(await moveAllPaths(`print("config" in globals(), "yaml" in globals())\n${READ}`))[
        'program.py'
      ] ?? '';
    assert.match(text, /^settings = yaml_module\.safe_load/m);
  });

  test('a cell magic stays on the first line', async () => {
    const texts = applied(await moveAllPaths(notebookSource('n.ipynb', ['%%capture out\nopen("a.csv")'])));
    assert.match(texts['n.ipynb#0'] ?? '', /^%%capture out\nfrom pathlib import Path\n/);
  });

  test('names that are taken anywhere are not used', async () => {
    const code = 'import os as Path\nyaml = 1\ndef f(config, pathlib): return settings\nopen("a.csv")\n';
    const text = applied(await moveAllPaths(code))['program.py'] ?? '';
    assert.match(text, /^configuration = yaml_module\.safe_load\(\n {4}pathlib_module\.Path\(__file__\)/m);
    assert.match(text, /^import pathlib as pathlib_module$/m);
    assert.match(text, /^import yaml as yaml_module$/m);
  });

  test("a notebook: several cells, magics kept, no break added at a cell's end", async () => {
    const cells = [
      '[markdown]\n# A',
      '%matplotlib inline\nimport os',
      '%%time\nopen("a.csv")',
      'x = [open("a.csv"),\n     open("b.csv")]',
    ];
    const texts = applied(await moveAllPaths(notebookSource('n.ipynb', cells)));
    assert.deepEqual(texts, {
      'config.yaml': `${OURS}a_path: "a.csv"\nb_path: "b.csv"\n`,
      'n.ipynb#1':
        '%matplotlib inline\nimport os\nfrom pathlib import Path\n\nimport yaml\n\nconfig = yaml.safe_load(Path("config.yaml").read_text(encoding="utf-8"))',
      'n.ipynb#2': '%%time\nopen(config["a_path"])',
      'n.ipynb#3': 'x = [open(config["a_path"]),\n     open(config["b_path"])]',
    });
  });

  const notebooks: Readonly<Record<string, [string[], RegExp]>> = {
    '%cd before anything can be loaded': [['%cd work', 'open("a.csv")'], /%cd in cell 1 runs before/],
    '%run between': [['import os', '%run x.py', 'open("a.csv")'], /%run may rebind/],
    '%reset between': [['import os', '%reset -f', 'open("a.csv")'], /%reset may rebind/],
    'a cell that does not parse stands first': [['x = = 1', 'open("a.csv")'], /not valid Python/],
    "the cells' source is read": [['import os', 'open("a.csv")', 'print(In[1])'], /own source/],
    '!ls': [['import os', 'open("a.csv")', 'files = !ls'], /may list the folder/],
    '%whos': [['import os', 'open("a.csv")', '%whos'], /%whos/],
  };
  for (const [name, [cells, reason]] of Object.entries(notebooks)) {
    test(`notebook refused: ${name}`, async () => {
      const outcome = await moveAllPaths(notebookSource('n.ipynb', cells));
      assert.equal(outcome.status, 'refused');
      assert.match(outcome.refusals.map((refusal) => refusal.reason).join('\n'), reason);
    });
  }
});
