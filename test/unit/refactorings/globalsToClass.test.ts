import assert from 'node:assert/strict';
import { globalsToClassAction } from '../../../src/actions/globalsToClass';
import type { Outcome } from '../../../src/actions/offer';
import type { ProgramSource } from '../../../src/program/source';
import { applied, notebookSource } from '../../support/analysis';
import { refactored } from '../../support/refactoring';

const convert = (
  source: ProgramSource | string,
  files: Readonly<Record<string, string>> = {},
): Promise<Outcome> => refactored(globalsToClassAction, source, files);

const STEP = 'count = 0\n\n\ndef step():\n    global count\n    count += 1\n\n\n';

const REFUSED: Readonly<Record<string, [code: string, reason: RegExp]>> = {
  exec: [`${STEP}exec("count = 5")\nstep()\nprint(count)\n`, /exec may bind any name/],
  'globals() by name': [`${STEP}step()\nprint(globals()["count"])\n`, /globals/],
  'only names that exec makes': ['exec("a = 1")\nprint(a)\n', /exec may bind/],
  'its own module': [`import sys\n${STEP}step()\nprint(sys.modules["__main__"].count)\n`, /own module/],
  'a test for being bound': [
    'def step():\n    global count\n    try:\n        count += 1\n    except NameError:\n        count = 1\nstep()\nprint(count)\n',
    /whether count is bound/,
  ],
  del: [`${STEP}step()\ndel count\n`, /count is unbound again/],
  'an assignment expression': [
    `${STEP}if (count := 3):\n    step()\nprint(count)\n`,
    /assignment expression/,
  ],
  'an except clause': [
    `${STEP}try:\n    step()\nexcept ValueError as count:\n    pass\nprint(1)\n`,
    /except clause binds count/,
  ],
  "a builtin's name": [
    'def f():\n    global max\n    max = len\nprint(max([1]))\nf()\nprint(max([1]))\n',
    /max may be the builtin/,
  ],
  'the function is handed on': [
    `${STEP}for f in [step]:\n    f()\nprint(count)\n`,
    /handed on, decorated or defined twice/,
  ],
  'the function is decorated': [
    'import functools\ncount = 0\n@functools.lru_cache\ndef step():\n    global count\n    count += 1\nstep()\n',
    /handed on, decorated/,
  ],
  'other processes': [
    `from multiprocessing import Pool\n${STEP}with Pool(1) as pool:\n    pool.apply(len, ([],))\nstep()\n`,
    /another process/,
  ],
  finalizers: [`${STEP}class A:\n    def __del__(self):\n        print(count)\nstep()\n`, /__del__/],
  'a private name': [
    '__count = 0\ndef step():\n    global __count\n    __count += 1\nstep()\n',
    /another name within a class/,
  ],
  'a declaration without a value': [
    'count: int\ndef step():\n    global count\n    count = 1\nstep()\nprint(count)\n',
    /without a value/,
  ],
};

suite('globals-to-class', () => {
  for (const [name, [code, reason]] of Object.entries(REFUSED)) {
    test(`refused: ${name}`, async () => {
      const outcome = await convert(code);
      assert.equal(outcome.status, 'refused');
      assert.match(outcome.refusals.map((refusal) => refusal.reason).join('\n'), reason);
    });
  }

  test('refused: somebody imports the script', async () => {
    const outcome = await convert(`${STEP}step()\n`, {
      'train.py': '',
      'other.py': 'from train import step\n',
    });
    assert.match(outcome.refusals.map(({ reason }) => reason).join(), /other\.py imports this file/);
  });

  test('nothing: variables that no function changes', async () => {
    assert.equal((await convert('rate = 2\ndef f():\n    return rate\nprint(f())\n')).status, 'nothing');
  });

  test('variables become attributes, functions methods, uses are updated', async () => {
    const code = [
      'import json',
      '',
      '# how often',
      'count = 0  # so far',
      'rows = []',
      '',
      '',
      'def step(x):',
      '    """One more."""',
      '    global count',
      '    count += 1  # here',
      '    rows.append(json.dumps(x))',
      '    if count < 2:',
      '        step(x)',
      '',
      '',
      'step(1)',
      'print(count, rows, f"{count=}")',
      '',
    ].join('\n');
    const outcome = await convert(code);
    assert.equal(
      applied(outcome)['train.py'],
      [
        'import json',
        '',
        '',
        'class State:',
        '    """``count`` and ``rows``, and what changes them."""',
        '',
        '    def __init__(self) -> None:',
        '        # how often',
        '        self.count = 0  # so far',
        '        self.rows = []',
        '',
        '    def step(self, x):',
        '        """One more."""',
        '        self.count += 1  # here',
        '        self.rows.append(json.dumps(x))',
        '        if self.count < 2:',
        '            self.step(x)',
        '',
        '',
        'state = State()',
        '',
        '',
        'state.step(1)',
        'print(state.count, state.rows, f"count={state.count!r}")',
        '',
      ].join('\n'),
    );
    // Nothing is left to do.
    assert.equal((await convert(applied(outcome)['train.py']!)).status, 'nothing');
  });

  test('a value that is computed stays where it is computed; a function that is handed on stays a function', async () => {
    const text = applied(
      await convert(
        'import os\nbase = len(os.sep)\ndef step():\n    global base\n    base += 1\ndef shown(x):\n    return x + base\nstep()\nprint(list(map(shown, [1])))\n',
      ),
    )['train.py']!;
    assert.match(text, /state = State\(\)\n+state\.base = len\(os\.sep\)\n/);
    assert.match(text, /\ndef shown\(x\):\n {4}return x \+ state\.base\n/);
    assert.match(text, /state\.step\(\)\nprint\(list\(map\(shown, \[1\]\)\)\)/);
  });

  test('two states that share no function are two classes', async () => {
    const text = applied(
      await convert(
        'seen = []\nhits = 0\ndef add(x):\n    seen.append(x)\ndef hit():\n    global hits\n    hits += 1\nadd(1)\nhit()\nprint(seen, hits)\n',
      ),
    )['train.py']!;
    assert.match(text, /class SeenState:/);
    assert.match(text, /class HitsState:/);
    assert.match(text, /print\(seen_state\.seen, hits_state\.hits\)/);
  });

  test('a notebook: a module beside it, cells import and call', async () => {
    const book = notebookSource('my book.ipynb', [
      'import json\ncount = 0',
      'def step(x):\n    global count\n    count += 1\n    return json.dumps(x)',
      'step(1)\nprint(count)',
    ]);
    const outcome = await convert(book);
    assert.equal(outcome.status, 'done', JSON.stringify(outcome.refusals));
    const files = outcome.status === 'done' ? outcome.change.files : [];
    const module = files.find((file) => file.kind === 'create');
    assert.ok(module?.kind === 'create');
    assert.equal(module.path, 'my_book_state.py');
    assert.match(module.content, /^"""State of my book\.ipynb\."""\n\nimport json\n\n\nclass State:/);
    const notebook = files.find((file) => file.kind === 'notebook');
    assert.ok(notebook?.kind === 'notebook');
    const texts = notebook.cells.map(({ before, edits }) => edits.apply(before));
    assert.deepEqual(texts, [
      'import json\n',
      'from my_book_state import State\nstate = State()',
      'state.step(1)\nprint(state.count)',
    ]);
  });

  test('a notebook: refused where a method needs what only the notebook has', async () => {
    const book = notebookSource('a.ipynb', [
      'count = 0\nrate = len([1])',
      'def step():\n    global count\n    count += rate',
      'step()',
    ]);
    const outcome = await convert(book);
    assert.match(outcome.refusals.map(({ reason }) => reason).join(), /rate is the notebook's/);
  });
});
