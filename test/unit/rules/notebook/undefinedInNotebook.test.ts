import assert from 'node:assert/strict';
import { analyse, notebookSource, places } from '../../../support/analysis';

const RULE = 'undefined-in-notebook';

const SILENT: Readonly<Record<string, string[]>> = {
  'bound in a later cell: another rule': ['print(x)', 'x = 1'],
  'bound through global in a function': ['def f():\n    global x\n    x = 1\nf()', 'print(x)'],
  'deleted above': ['x = 1\ndel x', 'print(x)'],
  'Jupyter and IPython': [
    'display(In, Out, _, __, ___, _1, _12, _i, _i3, _ih, _oh, exit, quit, get_ipython())',
  ],
  Databricks: ['spark.sql("select 1"); dbutils.fs.ls("/"); displayHTML(""); sc.parallelize([])'],
  'module attributes': ['print(__name__, __doc__, __file__, __builtins__)'],
  'Python 2': ['print(unicode("a"), xrange(3), raw_input())'],
  'below a star import': ['from fastai.vision.all import *', 'DataBlock(path)'],
  'a star import below a function': ['def f():\n    return x', 'from a import *'],
  'below %run': ['%run setup.py', 'print(x)'],
  'below %pylab, %store -r, %load_ext of names': ['%pylab inline', 'plot(arange(3))'],
  'below %store -r': ['%store -r', 'print(x)'],
  'below %load_ext kedro': ['%load_ext kedro.ipython', 'catalog.load("a")'],
  'below an unknown magic': ['%conjure up', 'print(x)'],
  'below an unknown cell magic over Python': ['%%conjure\nx = 1', 'print(x)'],
  'below exec': ['exec(open("a.py").read())', 'print(x)'],
  'below globals().update': ['globals().update(config)'.replace('config', '{}'), 'print(x)'],
  'below get_ipython().push': ['get_ipython().push({"x": 1})', 'print(x)'],
  'below a magic that is called': ['get_ipython().run_line_magic("run", "a.py")', 'print(x)'],
  'below an attribute of builtins': ['import builtins\nbuiltins.x = 1', 'print(x)'],
  'below a cell that is not valid': ['x = = 1', 'print(y)'],
  'a function above a cell that is not valid': ['def f():\n    return y', 'x = = 1'],
  'guarded by NameError': ['try:\n    x\nexcept NameError:\n    x0 = 0'],
  'looked up first': ['if "x" in globals():\n    print(x)', "y = x if 'x' in dir() else 1"],
  'captured and bound by magics': ['%%capture out\nprint(1)', 'out.show()', 'names = !ls', 'print(names)'],
  'bound by SQL': ['%sql res << select 1', 'print(res)'],
  'a foreign body': ['%%bash\necho $x', '%%html\n<b>{y}</b>', '%%javascript\nz = 1'],
  'a name in a shell line': ['!echo $HOME {there}'],
  'within %%timeit': ['%%timeit\ntotal = 0\nfor i in range(9):\n    total += i'],
  'the setup of %%timeit': ['%%timeit x = 3\nx + 1'],
  'scopes of their own': [
    'class A:\n    x = 1\n    def f(self, y):\n        return [z for z in y], lambda w: w, __class__\n',
    'def g():\n    import os\n    with open("a") as file:\n        return file, os\n',
    'match range(3):\n    case [first, *rest]:\n        print(first, rest)',
    'if (n := 3) > 2:\n    print(n)',
  ],
  'annotations that are never evaluated': [
    'def f():\n    x: Unknown = 1\n    return x',
    'from __future__ import annotations\ndef g(a: Frame) -> Frame: ...',
  ],
  'a magic without its sign': ['ls', 'pwd', 'watermark -v -p torch'],
  'blanks to fill in': ['x = ____'],
  'text cells and other languages': ['[markdown]\nprint(x)', '[raw]\nprint(x)'],
  main: ['if __name__ == "__main__":\n    print(1)'],
};

const FIRING: Readonly<Record<string, [string[], string[]]>> = {
  'a deleted cell': [['import numpy as np', 'scores = booster.predict(1)'], ['1/1:9 error']],
  'in a function': [['def f(q):\n    return q / base_rate'], ['0/2:15 error']],
  'once per name, at the first read': [['def f():\n    return x', 'x\nx', 'x'], ['0/2:11 error']],
  'the first in the cell, not in the scopes': [['def f():\n    return x\nprint(x)'], ['0/2:11 error']],
  'in the same statement': [['print((lambda: x)(), x)'], ['0/1:15 error']],
  'above a star import': [['print(x)', 'from a import *'], ['0/1:6 error']],
  'a decorator, a default, a base, an annotation': [
    ['@d\ndef f(a=e, b: T = 1): ...\nclass A(b): ...'],
    ['0/1:1 error', '0/2:8 error', '0/2:14 error', '0/3:8 error'],
  ],
  'beside magics that bind nothing': [
    ['%matplotlib inline\n%load_ext autoreload\n%autoreload 2', '%%time\nprint(x)'],
    ['1/2:6 error'],
  ],
  'below a known magic that is called': [
    ['get_ipython().run_line_magic("matplotlib", "inline")', 'print(x)'],
    ['1/1:6 error'],
  ],
  'bound within %%timeit alone': [['%%timeit\nx = 1', 'print(x)'], ['1/1:6 error']],
  'a variable of a comprehension': [['[v for v in range(3)]\nprint(v)'], ['0/2:6 error']],
  'a local of a function': [['def f():\n    inner = 1\nprint(inner)'], ['0/3:6 error']],
  'handled, but not as NameError': [['try:\n    x\nexcept KeyError:\n    pass'], ['0/2:4 error']],
  'a name in another one’s string': [['print(x, "y")'], ['0/1:6 error']],
};

suite(RULE, () => {
  for (const [name, cells] of Object.entries(SILENT)) {
    test(`silent: ${name}`, async () => {
      assert.deepEqual(places(await analyse(notebookSource('n.ipynb', cells)), RULE), []);
    });
  }
  for (const [name, [cells, expected]] of Object.entries(FIRING)) {
    test(`fires: ${name}`, async () => {
      assert.deepEqual(places(await analyse(notebookSource('n.ipynb', cells)), RULE), expected);
    });
  }
  test('scripts are left to other linters', async () => {
    assert.deepEqual(places(await analyse('print(x)\n'), RULE), []);
  });
});
