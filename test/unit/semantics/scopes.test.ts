import assert from 'node:assert/strict';
import type { ProgramFacts } from '../../../src/semantics/facts';
import { analyse, notebookSource } from '../../support/analysis';

/** Names read at module level or below that no inner scope binds, with when they are looked up. */
function free(facts: ProgramFacts): string[] {
  return facts.freeReferences.map(({ reference }) => `${reference.name}:${reference.time}`);
}

function bound(facts: ProgramFacts): string[] {
  return [...facts.moduleNames()];
}

const CASES: readonly { name: string; code: string; free: string[]; bound: string[] }[] = [
  {
    name: 'a comprehension has its own scope, its first iterable has not',
    code: 'a = [x + k for x in xs if x > k]',
    free: ['xs:now', 'k:now', 'k:now'],
    bound: ['a'],
  },
  {
    name: 'a generator looks names up later, but its first iterable now',
    code: 'g = (x + k for x in xs for y in ys)',
    free: ['xs:now', 'ys:later', 'k:later'],
    bound: ['g'],
  },
  {
    name: 'a walrus in a comprehension binds outside',
    code: 'b = [last := x for x in xs]',
    free: ['xs:now'],
    bound: ['last', 'b'],
  },
  {
    name: 'defaults and decorators are read now, bodies later',
    code: '@deco\ndef f(a=dflt) -> ret:\n    return a + glob\n',
    free: ['deco:now', 'dflt:now', 'ret:annotation', 'glob:later'],
    bound: ['f'],
  },
  {
    name: 'class bodies run now, methods do not see their names',
    code: 'class A(Base):\n    w = width\n    def m(self):\n        return w\n',
    free: ['Base:now', 'width:now', 'w:later'],
    bound: ['A'],
  },
  {
    name: 'a comprehension in a class body sees class names in its first iterable only',
    code: 'class A:\n    n = 3\n    a = [n for _ in range(n)]\n',
    free: ['range:now', 'n:now'],
    bound: ['A'],
  },
  {
    name: 'global binds at module level',
    code: 'def f():\n    global total\n    total = start\n',
    free: ['start:later'],
    bound: ['total', 'f'],
  },
  {
    name: 'nonlocal stays in the function around',
    code: 'def f():\n    n = 0\n    def g():\n        nonlocal n\n        n += step\n    return g\n',
    free: ['step:later'],
    bound: ['f'],
  },
  {
    name: 'a local bound further down is local everywhere',
    code: 'def f():\n    print(x)\n    x = 1\n',
    free: ['print:later'],
    bound: ['f'],
  },
  {
    name: 'except names and their end',
    code: 'try:\n    pass\nexcept E as e:\n    print(e)\n',
    free: ['E:now', 'print:now', 'e:now'],
    bound: ['e'],
  },
  {
    name: 'import a.b binds a',
    code: 'import a.b, c.d as e\nfrom m import x as y, z\n',
    free: [],
    bound: ['a', 'e', 'y', 'z'],
  },
  {
    name: 'for, with, unpacking and star',
    code: 'for i, (j, *k) in z: pass\nwith o() as (p, q): pass\n',
    free: ['z:now', 'o:now'],
    bound: ['i', 'j', 'k', 'p', 'q'],
  },
  {
    name: 'attribute and item targets are reads',
    code: 'a.b = c[d] = e\n',
    free: ['e:now', 'a:now', 'c:now', 'd:now'],
    bound: [],
  },
  { name: 'augmented assignment reads and binds', code: 'n += m\n', free: ['n:now', 'm:now'], bound: ['n'] },
  {
    name: 'match captures',
    code: 'match p:\n    case A(x=v) if v > lim: pass\n    case mod.K: pass\n',
    free: ['p:now', 'A:now', 'v:now', 'lim:now', 'mod:now'],
    bound: ['v'],
  },
  { name: 'lambda', code: 'f = lambda x, y=dflt: x + y + z\n', free: ['dflt:now', 'z:later'], bound: ['f'] },
  {
    name: 'a bare annotation binds nothing at module level',
    code: 'x: int\ny: int = 1\n',
    free: ['int:annotation', 'int:annotation'],
    bound: ['y'],
  },
  { name: 'type parameters', code: 'def f[T](x: T) -> T: ...\n', free: [], bound: ['f'] },
  {
    name: 'holes of f-strings, nested formats included',
    code: 'f"{a!r:>{b}}"\n',
    free: ['a:now', 'b:now'],
    bound: [],
  },
  { name: 'identifiers are compared in NFKC', code: 'ﬁ = 1\nfi\n', free: ['fi:now'], bound: ['fi'] },
];

suite('scopes and bindings', () => {
  for (const { name, code, free: reads, bound: binds } of CASES) {
    test(name, async () => {
      const { facts } = await analyse(code);
      assert.deepEqual(free(facts), reads);
      assert.deepEqual(bound(facts).sort(), [...binds].sort());
    });
  }

  test('escapes bind and read', async () => {
    const { facts } = await analyse(
      notebookSource('n.ipynb', ['files = !ls {folder}', '%%capture out\ny = 1', '%timeit z = 1']),
    );
    assert.deepEqual(bound(facts).sort(), ['files', 'out', 'y']);
  });
});

suite('unknown binders', () => {
  const binders = async (code: string): Promise<string[]> =>
    (await analyse(code)).facts.unknownBinders.map((binder) => binder.what);
  const silent = [
    'x = globals()["a"]',
    'print(globals().get("a"))',
    'y = "a" in globals()',
    'vars(obj)',
    'f = "{a}".format(**locals())',
    'def f():\n    return locals()',
    'for k in globals(): pass',
  ];
  for (const code of silent) {
    test(`only reads: ${code}`, async () => {
      assert.deepEqual(await binders(code), []);
    });
  }
  const firing: [string, string][] = [
    ['from numpy import *', 'from numpy import *'],
    ['exec("a = 1")', 'exec'],
    ['globals()["a"] = 1', 'globals()'],
    ['globals().update(a=1)', 'globals()'],
    ['del globals()["a"]', 'globals()'],
    ['fill(locals())', 'locals()'],
  ];
  for (const [code, what] of firing) {
    test(`may bind: ${code}`, async () => {
      assert.deepEqual(await binders(code), [what]);
    });
  }
});
