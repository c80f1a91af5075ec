import assert from 'node:assert/strict';
import { analyse, notebookSource, places } from '../../support/analysis';

const FRAME = 'import pandas as pd\nframe = pd.read_csv(path)\n';

/** One-based lines of a rule's findings. */
async function lines(text: string, rule: string, path?: string): Promise<number[]> {
  const source = path === undefined ? text : { ...notebookSource(path, [text]), kind: 'script' as const };
  return places(await analyse(source), rule).map((place) => Number(/(\d+):/.exec(place)![1]));
}

suite('state rules', () => {
  suite('stay silent', () => {
    const silent: readonly (readonly [string, string])[] = [
      ['global-statement', 'x = 1\ndef f():\n    global x\n    return x'],
      ['global-statement', 'global x\nx = 1'],
      ['global-statement', 'class A:\n    global x\n    x = 1'],
      ['global-statement', 'def f():\n    x = 1\n    def g():\n        nonlocal x\n        x = 2'],
      ['mutable-global', 'def f():\n    undefined.append(1)'],
      ['mutable-global', 'import x\ndef f():\n    x.items.append(1)'],
      ['mutable-global', 'def g(): pass\ndef f():\n    g.calls = 1'],
      ['mutable-global', 'class A: pass\ndef f():\n    A.total = 1'],
      ['mutable-global', 'x = make()\ndef f():\n    x.polish(1)'],
      ['mutable-global', 'x = make()\ndef f():\n    g(x)'],
      ['mutable-global', 'x = "a"\ndef f():\n    x.append(1)'],
      ['mutable-global', 'x = []\nx.append(1)'],
      ['mutable-global', 'x = []\ny = [x.append(n) for n in z]'],
      ['mutable-global', 'x = open(p)\ndef f():\n    x.write("a")'],
      ['mutable-global', 'import queue\nx = queue.Queue()\ndef f():\n    x.put(1)'],
      ['hidden-input', 'x = [1, 2]\ndef f():\n    return x'],
      ['hidden-input', 'x = 1\nx = 1\ndef f():\n    return x'],
      ['hidden-input', 'if flag():\n    x = 1\nelse:\n    x = 2\ndef f():\n    return x'],
      ['hidden-input', 'import numpy as np\nx = np.arange(3) * 2\ndef f():\n    return x'],
      ['hidden-input', 'import scipy\nx = parse(scipy.__version__)\ndef f():\n    return x'],
      ['hidden-input', 'def make():\n    def g(): pass\n    return g\nx = make()\ndef f():\n    return x()'],
      [
        'hidden-input',
        'def make(g):\n    return wrap(g)\ndef h(): pass\nx = make(h)\ndef f():\n    return x()',
      ],
      ['hidden-input', 'class A: pass\nx = A()\ndef f(a):\n    return a is x'],
      ['hidden-input', `${FRAME}def f(frame):\n    return frame`],
      ['hidden-input', `${FRAME}def f():\n    frame = 1\n    return frame`],
      ['hidden-input', `${FRAME}y = [frame for _ in z]`],
      ['hidden-input', `${FRAME}def f(a=frame):\n    return a`],
      ['hidden-input', `${FRAME}def f():\n    global frame\n    return frame`],
      ['hidden-input', `${FRAME}def f():\n    frame["a"] = 1`],
      [
        'hidden-input',
        'try:\n    import x\n    HAS = True\nexcept ImportError:\n    HAS = False\ndef f():\n    return HAS',
      ],
    ];
    for (const [rule, text] of silent) {
      test(`${rule}: ${text.replaceAll('\n', '; ')}`, async () => {
        assert.deepEqual(await lines(text, rule), []);
      });
    }

    test('hidden-input in tests', async () => {
      assert.deepEqual(
        await lines(`${FRAME}def test():\n    return frame`, 'hidden-input', 'tests/test_a.py'),
        [],
      );
    });
  });

  suite('report', () => {
    const reported: readonly (readonly [string, string, readonly number[]])[] = [
      ['global-statement', 'def f():\n    global x\n    x: int = 1', [2]],
      ['global-statement', 'def f():\n    global x\n    match y:\n        case x:\n            pass', [2]],
      ['global-statement', 'class A:\n    def f(self):\n        global x\n        x += 1', [3]],
      ['mutable-global', 'x = []\ndef f():\n    if y:\n        x.append(1)\n    x.append(2)', [4]],
      ['mutable-global', 'x = {}\nasync def f():\n    x["a"] = 1', [3]],
      ['mutable-global', 'x = {}\ndef f():\n    x.setdefault("a", []).append(1)', [3]],
      ['mutable-global', 'class A: pass\nx = A()\ndef f():\n    x.y.z = 1', [4]],
      [
        'mutable-global',
        'x = []\nclass A:\n    def f(self):\n        x.append(1)\n    def g(self):\n        x.append(1)',
        [4, 6],
      ],
      ['hidden-input', `${FRAME}def f():\n    y = 1\n    return frame, frame`, [5]],
      ['hidden-input', `${FRAME}def f():\n    return lambda: frame`, [4]],
      ['hidden-input', `${FRAME}def f():\n    return frame\ndef g():\n    return frame`, [4, 6]],
      ['hidden-input', 'def f():\n    return x\nx = 1\nx = 2', [2]],
      ['hidden-input', 'def f():\n    return x\ndef g():\n    global x\n    x = load()', [2]],
      ['hidden-input', 'X = open("a").read()\ndef f():\n    return X', [3]],
      ['hidden-input', 'ROWS = open("a").read()\ndef f():\n    return ROWS', [3]],
      ['hidden-input', 'import sys\nname = sys.argv[1]\ndef f():\n    return name', [4]],
    ];
    for (const [rule, text, expected] of reported) {
      test(`${rule}: ${text.replaceAll('\n', '; ')}`, async () => {
        assert.deepEqual(await lines(text, rule), expected);
      });
    }

    test('over cells, and beside a cell that does not parse', async () => {
      const source = notebookSource('a.ipynb', [FRAME, 'def f(:', 'def g():\n    return frame']);
      assert.deepEqual(places(await analyse(source), 'hidden-input'), ['2/2:11 information']);
    });
  });
});
