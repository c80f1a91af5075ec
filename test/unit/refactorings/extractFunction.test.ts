import assert from 'node:assert/strict';
import { extractFunctionAction } from '../../../src/actions/extractFunction';
import type { Outcome } from '../../../src/actions/offer';
import type { ProgramSource } from '../../../src/program/source';
import type { Selected } from '../../../src/refactorings/extract-function/selection';
import { applied, notebookSource } from '../../support/analysis';
import { refactored } from '../../support/refactoring';

const extract = (source: ProgramSource | string, selected: Selected): Promise<Outcome> =>
  refactored(extractFunctionAction, source, {}, { type: 'selection', selected });

/** The lines that end with `#<` are selected, and lose that mark. */
function marked(code: string): { readonly text: string; readonly selected: Selected } {
  const lines = code.split('\n');
  const at = lines.flatMap((line, i) => (line.endsWith('#<') ? [i] : []));
  const text = lines.map((line) => line.replace(/ *#<$/, '')).join('\n');
  return { text, selected: { type: 'lines', cell: null, first: at[0]!, last: at.at(-1)! } };
}

const DONE = async (code: string): Promise<string> => {
  const { text, selected } = marked(code);
  const outcome = await extract(text, selected);
  return (
    applied(outcome)['train.py'] ?? `${outcome.status}: ${outcome.refusals.map((each) => each.reason).join()}`
  );
};

const REFUSED: Readonly<Record<string, [code: string, reason: RegExp]>> = {
  'a part of a statement': ['x = (1 +#<\n  2)\n', /whole statements/],
  'the head of a loop with one of its lines': [
    'for i in [1]:#<\n    print(i)#<\n    print(2)\n',
    /whole statements|within a statement/,
  ],
  'an elif': ['a = len([1])\nif a:\n    print(1)\nelif a > 2:#<\n    print(2)#<\n', /whole statements/],
  return: ['def f(a):\n    if a:\n        return 1#<\n    return 2\nprint(f(1))\n', /return would leave/],
  'a loop of which only the inside is selected': [
    'for i in [1, 2]:\n    if i:#<\n        break#<\n',
    /loop of this statement/,
  ],
  continue: ['while True:\n    continue#<\n', /loop of this statement/],
  yield: ['def f():\n    x = 1\n    yield x#<\nprint(list(f()))\n', /yield makes/],
  await: ['async def f(g):\n    await g()#<\n', /await needs/],
  del: ['x = len([1])\ndel x#<\n', /del would unbind x/],
  'what a function may delete': [
    'x = len([1])\ndef f():\n    global x\n    del x\nx = 2#<\nf()#<\nprint(x)\n',
    /bound by a function|whether x is bound/,
  ],
  'what an earlier round deleted': [
    'import sys\nx = 1\nfor i in range(len(sys.argv)):\n    x += 1#<\n    print(x)\n    if i:\n        del x\n',
    /whether x is bound/,
  ],
  'a star import': ['from os import *#<\n', /star import|imports stay/],
  'a function that is defined': ['def f():#<\n    pass#<\nf()\n', /would get another name/],
  'a name that may not be bound behind it': [
    'import sys\nif len(sys.argv) > 1:#<\n    x = 1#<\ntry:\n    print(x)\nexcept NameError:\n    pass\n',
    /whether x is bound/,
  ],
  'a name that may not be bound before it': [
    'import sys\nif len(sys.argv) > 1:\n    x = 1\nif len(sys.argv) > 2:#<\n    x = x + 1#<\n    print(x)#<\n',
    /whether x is bound/,
  ],
  'a loop variable of no round': ['for i in []:#<\n    print(i)#<\nprint(i)\n', /whether i is bound/],
  'a function that is called reads what is bound': [
    'rate = 1\ndef f():\n    return rate\nrate = len([1])#<\nprint(f())#<\nprint(rate)\n',
    /may read rate here/,
  ],
  'a callback reads what is bound': [
    'import atexit\nn = 0\ncall = lambda: n\nn = 5#<\nprint(call())#<\n',
    /may read n here/,
  ],
  'a lambda sees the next round': [
    'fs = []\nfor i in range(3):\n    j = i * 2#<\n    fs.append(lambda: j)#<\nprint([f() for f in fs])\n',
    /bound anew/,
  ],
  'a lambda sees a later binding': [
    'def g():\n    k = 1\n    f = lambda: k#<\n    k = 2\n    return f()\nprint(g())\n',
    /bound anew/,
  ],
  'global in the function': [
    'n = 0\ndef f():\n    global n\n    n = n + 1#<\n    print(n)\nf()\n',
    /n is global here|also bound/,
  ],
  'a name of a function further out': [
    'def f(a):\n    def g(b):\n        print(a + b)#<\n        return 1\n    return g(2)\nprint(f(1))\n',
    /further out/,
  ],
  'an exception in the middle': [
    'x = 0\ntry:\n    x = len([1])#<\n    y = int("a")#<\n    print(y)\nexcept ValueError:\n    print(x)\n',
    /half-way/,
  ],
  'suppressed exceptions': [
    'import contextlib\nx = 0\nwith contextlib.suppress(ValueError):\n    x = len([1])#<\n    int("a")#<\nprint(x)\n',
    /half-way/,
  ],
  'names by their text': ['x = len([1])#<\nprint(eval("x"))\n', /eval may look up/],
  locals: ['def f(a):\n    b = a + 1#<\n    return locals()\nprint(f(1))\n', /locals may look up/],
  'a query of the caller': [
    'import pandas as pd\ndf = pd.DataFrame({"a": [1]})\nlow = len([1])\nprint(df.query("a >= @low"))#<\n',
    /query may look up/,
  ],
  'a body of a class': ['class A:\n    x = 1#<\n    y = x\n', /class body/],
  'a compiled function': [
    'import numba\n@numba.njit\ndef f(a):\n    b = a + 1#<\n    return b\nprint(f(1))\n',
    /what is decorated/,
  ],
  'super()': [
    'class A:\n    def f(self):\n        x = super().__init__()#<\n        return x\n',
    /super\(\)/,
  ],
  'a private name': [
    'class A:\n    def f(self):\n        x = self.__y#<\n        return x\n',
    /two underscores/,
  ],
  'who holds an array': ['import numpy as np\na = np.ones(2)\na.resize(3)#<\n', /resize/],
  'a builtin or not': [
    'if len([1]) > 2:\n    max = len\nprint(max([1]))#<\nmax = min#<\nprint(max)\n',
    /max/,
  ],
  'a file that stays open': [
    'f = open("a")#<\nfor i in []:#<\n    g = open(i)#<\nprint(1)\n',
    /whether g is bound/,
  ],
};

suite('extract-function', () => {
  for (const [name, [code, reason]] of Object.entries(REFUSED)) {
    test(`refused: ${name}`, async () => {
      const { text, selected } = marked(code);
      const outcome = await extract(text, selected);
      const reasons = outcome.refusals.map((each) => each.reason).join('\n');
      assert.equal(outcome.status, 'refused');
      assert.match(reasons, reason);
    });
  }

  test('what is read goes in, what is read later comes out, comments go along', async () => {
    assert.equal(
      await DONE(
        'import math\nLIMIT = 3\nxs = [1, 2]\n# the scale\nscale = math.sqrt(len(xs))  # root #<\nys = [x / scale + LIMIT for x in xs]#<\nprint(ys)\n'.replace(
          '# the scale',
          '# the scale #<',
        ),
      ),
      'import math\nLIMIT = 3\nxs = [1, 2]\n\n\ndef compute_ys(xs):\n    """Compute ys."""\n    # the scale\n    scale = math.sqrt(len(xs))  # root\n    ys = [x / scale + LIMIT for x in xs]\n    return ys\n\n\nys = compute_ys(xs)\nprint(ys)\n',
    );
  });

  test('what is deleted behind it comes out; what is deleted much later is no obstacle', async () => {
    assert.match(
      await DONE('a = len([1])\nb = a + 1#<\nc = b * 2#<\nprint(c)\ndel a, b\n'),
      /def (\w+)\(a\):\n[^]* {4}return b, c\n\n\nb, c = \1\(a\)\nprint\(c\)\ndel a, b\n$/,
    );
  });

  test('the inside of a loop: values go on to the next round', async () => {
    const text = await DONE(
      'total = 0\nfor i in range(3):\n    step = i * 2#<\n    total += step#<\nprint(total)\n',
    );
    assert.match(
      text,
      /def compute_total\((?:i, total|total, i)\):\n {4}"""Compute total."""\n {4}step = i \* 2\n {4}total \+= step\n {4}return total\n\n\nfor i/,
    );
    assert.match(text, / {4}total = compute_total\((?:i, total|total, i)\)\n/);
  });

  test('what is called as what looks names up, and does not, is no obstacle', async () => {
    const text = await DONE(
      'import torch\nfrom scipy.spatial import cKDTree\nnet = torch.nn.Linear(2, 1)\nnet.eval()\ntree = cKDTree([[1, 2]])\nprint(tree.query([[0, 1]]))\nx = len([1])#<\nprint(x + 1)#<\n',
    );
    assert.match(text, /def \w+\(\):?/);
  });

  test('in a method: self is handed in', async () => {
    const text = await DONE(
      'class A:\n    def f(self, x):\n        y = self.a + x#<\n        return y * 2\n',
    );
    assert.match(text, /^def compute_y\(self, x\):\n[^]*return y\n\n\nclass A:/);
    assert.match(text, / {8}y = compute_y\(self, x\)\n {8}return y \* 2/);
  });

  test('both branches bind', async () => {
    const text = await DONE('a = len([1])\nif a:#<\n    b = 1#<\nelse:#<\n    b = 2#<\nprint(b)\n');
    assert.match(text, /def \w+\(a\):\n[^]*return b\n/);
  });

  test('one branch binds, and the name is bound above', async () => {
    const text = await DONE('a = len([1])\nb = 0\nif a:#<\n    b = 1#<\nprint(b)\n');
    assert.match(text, /def \w+\(a, b\):/);
  });

  test('texts over several lines stay as they are', async () => {
    const whole = await DONE('if True:  #<\n    s = """a\n  b\n"""  #<\n    print(s)#<\n');
    assert.ok(whole.includes('s = """a\n  b\n"""'), whole);
  });

  test('line breaks and tabs stay', async () => {
    const { text, selected } = marked('x = len([1])#<\nfor i in [x]:#<\n\tprint(i)#<\n');
    const outcome = await extract(text.replaceAll('\n', '\r\n'), selected);
    const result = applied(outcome)['train.py']!;
    assert.doesNotMatch(result, /[^\r]\n/);
    assert.match(result, /\r\n\tx = len\(\[1\]\)\r\n\tfor i in \[x\]:\r\n\t\tprint\(i\)\r\n/);
  });

  test('a notebook: in the same cell; what the cell shows is given back', async () => {
    const book = notebookSource('a.ipynb', ['x = len([1])', 'y = x + 1\ny', 'print(x)\nx + 1']);
    const one = await extract(book, { type: 'cells', first: 1, last: 1 });
    assert.equal(applied(one)['a.ipynb'], undefined);
    assert.equal(one.status, 'done');
    const [change] = one.status === 'done' ? one.change.files : [];
    assert.ok(change?.kind === 'notebook');
    const [cell] = change.cells;
    const text = cell!.edits.apply(cell!.before);
    assert.match(text, /^def \w+\(x\):\n {4}"""[^"]+"""\n {4}y = x \+ 1\n {4}return y\n\n\n\w+\(x\)$/);
  });

  test('a notebook: refused where a magic stands, or a value is shown in the middle', async () => {
    const book = notebookSource('a.ipynb', ['x = 1\nx', '%cd ..\ny = 2', 'z = 3']);
    const magic = await extract(book, { type: 'cells', first: 1, last: 1 });
    assert.match(magic.refusals[0]!.reason, /magic/);
    const shown = await extract(notebookSource('a.ipynb', ['x = 1\nx', 'z = 3']), {
      type: 'cells',
      first: 0,
      last: 1,
    });
    assert.match(shown.refusals.map(({ reason }) => reason).join(), /shows this value/);
  });
});
