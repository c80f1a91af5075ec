import assert from 'node:assert/strict';
import { analyse, notebookSource, places } from '../../support/analysis';

const SILENT: Readonly<Record<string, string[]>> = {
  'bound above': ['x = 1', 'print(x)'],
  'read in a function that is called later': ['def f():\n    return x', 'x = 1\nf()'],
  'below a star import': ['from numpy import *', 'print(x)', 'x = 1'],
  'below %run, %store -r and exec': ['%run setup.py', 'print(x)', 'x = 1'],
  'below exec': ['exec(code)', 'print(x)', 'x = 1'],
  'below a cell that is not valid': ['x = = 1', 'print(y)', 'y = 1'],
  'guarded by NameError': ['try:\n    x\nexcept NameError:\n    x = 0\nx'],
  'never bound: another rule': ['print(x)'],
  'a builtin that is rebound below': ['print(len("a"))', 'len = 3'],
  'a display': ['display(1)', 'display = print'],
  'a loop comes round': ['for i in range(3):\n    if i:\n        print(last)\n    last = i'],
  'a comprehension variable': ['[x for x in range(3)]', 'x = 1'],
  'a lambda looks later': ['f = lambda: x', 'x = 1'],
  'a generator looks later': ['g = (x for _ in range(2))', 'x = 1'],
  'bound by an escape': ['files = !ls', 'print(files)', 'files = 1'],
  'bound by %%capture': ['%%capture out\nprint(1)', 'print(out)', 'out = 1'],
  'an annotation': ['def f(a: T): ...', 'T = int'],
  'bound through global in a function': ['def f():\n    global x\n    x = 1\nf()', 'print(x)', 'x = 2'],
  'in a branch above': ['if c():\n    x = 1', 'print(x)', 'x = 2', 'def c(): ...'].slice(0, 3),
  'a text cell and another language': ['[markdown]\nprint(x)', 'x = 1'],
  'a foreign body': ['%%bash\necho $x', 'x = 1'],
};

const FIRING: Readonly<Record<string, [string[], string[]]>> = {
  'in a later cell': [['print(x)', 'x = 1'], ['0/1:6 error']],
  'further down in the same cell': [['print(x)\nx = 1'], ['0/1:6 error']],
  'once per name, at the first read': [['x\nx', 'x', 'x = 1'], ['0/1:0 error']],
  'a decorator, a default, a base, a class body': [
    ['@d\ndef f(a=e): ...\nclass A(b):\n    c = g', 'd = e = b = g = 1'],
    ['0/1:1 error', '0/2:8 error', '0/3:8 error', '0/4:8 error'],
  ],
  'a module that is imported below': [['plt.plot()', 'import matplotlib.pyplot as plt'], ['0/1:0 error']],
  'an augmented assignment alone': [['n += 1'], ['0/1:0 error']],
  'in an escape line? no, but behind %time': [['%time print(x)', 'x = 1'], ['0/1:12 error']],
  'in a comprehension': [
    ['[v for v in xs if v > t]', 'xs = []\nt = 1'],
    ['0/1:12 error', '0/1:22 error'],
  ],
};

suite('use-before-definition', () => {
  for (const [name, cells] of Object.entries(SILENT)) {
    test(`silent: ${name}`, async () => {
      assert.deepEqual(places(await analyse(notebookSource('n.ipynb', cells)), 'use-before-definition'), []);
    });
  }
  for (const [name, [cells, expected]] of Object.entries(FIRING)) {
    test(`fires: ${name}`, async () => {
      assert.deepEqual(
        places(await analyse(notebookSource('n.ipynb', cells)), 'use-before-definition'),
        expected,
      );
    });
  }
  test('scripts are left to other linters', async () => {
    assert.deepEqual(places(await analyse('print(x)\nx = 1\n'), 'use-before-definition'), []);
  });
});
