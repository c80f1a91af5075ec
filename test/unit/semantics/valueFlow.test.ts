import assert from 'node:assert/strict';
import { scriptSource } from '../../../src/program/source';
import { Analyzer } from '../../../src/semantics/analyzer';
import { type FlowUse, ValueFlow } from '../../../src/semantics/valueFlow';
import { Evaluator } from '../../../src/semantics/values';
import { notebookSource } from '../../support/analysis';
import { testParser } from '../../support/parser';

/**
 * Follows what `make()` gives. A visitor that carries on through everything but calls of `end`; gives the calls of
 * `seen(...)` by their text, and the escapes.
 */
async function follow(code: string | readonly string[]): Promise<string[]> {
  const source = typeof code === 'string' ? scriptSource('p.py', code) : notebookSource('n.ipynb', code);
  const facts = new Analyzer(await testParser()).analyze(source);
  const flow = new ValueFlow(new Evaluator(facts));
  const [start] = facts.callsNamed('make');
  assert.ok(start);
  const heard = new Set<string>();
  const textOf = ({ operation, unit }: FlowUse): string =>
    unit.unit.text.slice(operation.start, operation.end);
  flow.follow(start.call, start.unit, {
    use(use) {
      const text = textOf(use);
      if (use.type === 'argument' && text.startsWith('seen(')) {
        heard.add(
          `${text}${use.path.length > 0 ? ` at ${use.path.join('/')}` : ''}${use.isCertain ? '' : '?'}`,
        );
        return 'end';
      }
      return text.startsWith('end') ? 'end' : 'carry';
    },
    escape: ({ reason }) => void heard.add(reason),
  });
  return [...heard].sort();
}

suite('ValueFlow', () => {
  const CASES: readonly (readonly [name: string, code: string, heard: readonly string[]])[] = [
    ['names', 'a = make()\nb = a\nseen(b)\n', ['seen(b)']],
    ['a name that is bound anew', 'a = make()\na = 1\nseen(a)\n', []],
    ['a name that may be bound anew', 'a = make()\nif x:\n    a = 1\nseen(a)\n', ['seen(a)']],
    ['a loop that comes round again', 'a = 0\nfor i in x:\n    seen(a)\n    a = make()\n', ['seen(a)']],
    ['operations', 'seen(-make().real[0] + 1)\n', ['seen(-make().real[0] + 1)']],
    ['what the visitor ends', 'a = end(make())\nseen(a)\n', []],
    ['a walrus', 'if (a := make()):\n    seen(a)\n', ['seen(a)']],
    ['unpacking', 'a, b = 1, make()\nseen(a)\nseen(b)\n', ['seen(b)']],
    ['unpacking of the value', 'a, b = make()\nseen(a)\nseen(b)\n', ['seen(a)', 'seen(b)']],
    ['a star', 'a, *b = 1, 2, make()\nseen(a)\nseen(b)\n', ['seen(b) at *']],
    ['an item by its index', 'a = [1, make()]\nb = (1, make())\nseen(b[0])\n', []],
    ['an item by its key', 'a = {"x": make(), "y": 1}\nseen(a["x"])\nseen(a["y"])\n', ['seen(a["x"])']],
    ['a container as a whole', 'a = {"x": make()}\nseen(a)\n', ["seen(a) at 'x"]],
    ['append', 'a = []\na.append(make())\nfor b in a:\n    seen(b)\n', ['seen(b)']],
    ['a read before the append', 'a = []\nseen(a)\na.append(make())\n', []],
    ['extend', 'a = []\na.extend([make()])\nseen(a[0])\n', ['seen(a[0])']],
    ['setdefault', 'a = {}\na.setdefault(k, []).append(make())\nseen(a[k][0])\n', ['seen(a[k][0])']],
    ['item assignment', 'a = {}\na["x"] = make()\nseen(a["x"])\nseen(a["y"])\n', ['seen(a["x"])']],
    ['enumerate', 'for i, a in enumerate([make()]):\n    seen(i)\n    seen(a)\n', ['seen(a)']],
    ['zip', 'for a, b in zip(x, [make()]):\n    seen(a)\n    seen(b)\n', ['seen(b)']],
    ['items of a dict', 'for k, v in {"x": make()}.items():\n    seen(k)\n    seen(v)\n', ['seen(v)']],
    ['a comprehension', 'a = [-b for b in [make()]]\nseen(a)\n', ['seen(a) at *']],
    ['a dict comprehension', 'a = {k: make() for k in x}\nseen(a["y"])\n', ['seen(a["y"])']],
    ['an argument', 'def f(a, b):\n    seen(a)\n    seen(b)\nf(1, b=make())\n', ['seen(b)']],
    [
      'star arguments',
      'def f(*a, **k):\n    seen(a[0])\n    seen(a[1])\n    seen(k["z"])\nf(1, make())\n',
      ['seen(a[1])'],
    ],
    ['keyword arguments', 'def f(**k):\n    seen(k["z"])\n    seen(k["y"])\nf(z=make())\n', ['seen(k["z"])']],
    [
      'there and back, by the same call',
      'def f(a):\n    return a\nx = f(make())\ny = f(1)\nseen(x)\nseen(y)\n',
      ['seen(x)'],
    ],
    [
      'returned to all calls',
      'def f():\n    return make()\nseen(f())\na = f()\nseen(a)\n',
      ['seen(a)', 'seen(f())'],
    ],
    ['returned among others', 'def f():\n    return 1, make()\na, b = f()\nseen(a)\nseen(b)\n', ['seen(b)']],
    ['yielded', 'def f():\n    yield make()\nfor a in f():\n    seen(a)\n', ['seen(a)']],
    [
      'a coroutine',
      'async def f():\n    return make()\nasync def g():\n    seen(await f())\n',
      ['seen(await f())'],
    ],
    ['a lambda with a name', 'f = lambda: make()\nseen(f())\n', ['seen(f())']],
    ['map', 'def f(x):\n    return make()\nfor a in map(f, x):\n    seen(a)\n', ['seen(a)']],
    ['a global', 'def f():\n    global a\n    a = make()\ndef g():\n    seen(a)\n', ['seen(a)']],
    [
      'a variable of the function around',
      'def f():\n    a = 1\n    def g():\n        nonlocal a\n        a = make()\n    g()\n    seen(a)\n',
      ['seen(a)'],
    ],
    [
      'a global, bound above the first binding of the module',
      'def f():\n    global a\n    a = make()\na = None\nf()\nseen(a)\n',
      ['seen(a)'],
    ],
    ['a closure', 'def f():\n    a = make()\n    def g():\n        seen(a)\n    g()\n', ['seen(a)']],
    ['recursion', 'def f(a):\n    seen(a)\n    f(a)\nf(make())\n', ['limit', 'seen(a)']],
    [
      'an attribute, by class',
      'class A:\n    def f(self):\n        self.x = make()\n    def g(self):\n        seen(self.x)\nclass B:\n    def g(self):\n        seen(self.x + 1)\n',
      ['seen(self.x)'],
    ],
    [
      'an attribute of an object',
      'class A:\n    def __init__(self, x):\n        self.x = x\na = A(make())\nseen(a.x)\nseen(a.y)\n',
      ['seen(a.x)'],
    ],
    ['an attribute of who knows what', 'a = thing()\na.x = make()\nseen(a.x)\nseen(a.y)\n', ['seen(a.x)']],
    [
      'an unknown receiver',
      'class A:\n    def f(self):\n        self.x = make()\ndef g(a):\n    seen(a.x)\n',
      ['seen(a.x)?'],
    ],
    [
      'a dataclass',
      'from dataclasses import dataclass\n@dataclass\nclass A:\n    x: int\n    y: int\na = A(x=make(), y=1)\nseen(a.x)\nseen(a.y)\n',
      ['seen(a.x)'],
    ],
    [
      'a static method, a class method',
      'class A:\n    @staticmethod\n    def f(a):\n        seen(a)\n    @classmethod\n    def g(cls, b):\n        A.f(b)\nA.g(make())\n',
      ['seen(a)'],
    ],
    ['returned to nobody', 'def f():\n    return make()\n', ['returned']],
    ['a function that is handed on', 'def f():\n    return make()\nrun(f)\n', ['returned']],
    ['yielded to nobody', 'def f():\n    yield make()\n', ['yielded']],
    ['raised', 'raise make()\n', ['raised']],
    ['stored in a parameter', 'def f(a):\n    a["x"] = make()\n', ['stored']],
    [
      'stored in a parameter, seen by the caller',
      'def f(a):\n    a["x"] = make()\nb = {}\nf(b)\nseen(b["x"])\n',
      ['seen(b["x"])'],
    ],
    ['an argument that cannot be told', 'def f(a):\n    pass\nf(*x, make())\n', ['passed']],
    [
      'an attribute that a base class may read',
      'from other import Base\nclass A(Base):\n    def f(self):\n        self.x = make()\n',
      ['inherited'],
    ],
  ];
  for (const [name, code, heard] of CASES) {
    test(name, async () => assert.deepEqual(await follow(code), heard));
  }

  test('across cells, the same text in two of them', async () => {
    assert.deepEqual(await follow(['a = make()', 'seen(a)', 'a = 1', 'seen(a)']), ['seen(a)']);
  });
});
