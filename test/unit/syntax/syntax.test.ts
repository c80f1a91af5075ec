import assert from 'node:assert/strict';
import type { Statement } from '../../../src/syntax/ast';
import { type CellSyntax, UnitCache, parseCell } from '../../../src/syntax/cell';
import { decodeString } from '../../../src/syntax/strings';
import { maskEscapes } from '../../../src/program/escapes/mask';
import { testParser } from '../../support/parser';

async function parse(source: string): Promise<CellSyntax> {
  const { syntax, tree } = parseCell(
    { source, ...maskEscapes(source) },
    await testParser(),
    new UnitCache(),
    'cell',
  );
  tree.delete();
  return syntax;
}

async function statement(source: string): Promise<Statement> {
  const { problem, units } = await parse(source);
  assert.equal(problem, undefined, source);
  return units[0]!.unit.statement;
}

suite('validity', () => {
  const notPython3 = [
    'print "x"',
    'print >>f, x',
    'exec "a = 1"',
    'if a <> b: pass',
    'x = 0777',
    'x = 10L',
    'raise E, "x"',
    'try:\n    pass\nexcept E, e:\n    pass',
    'def f((a, b)): pass',
    'x = ur"a"',
  ];
  // The grammar lets all of these pass.
  const empty = ['if x:\n# c\ny = 1', 'try:\n    x = 1\nexcept E:\n', 'def f():\n\n', 'for i in x:\n# c\n'];
  // A line's end where no statement can end is a blank for the grammar, and any line further in belongs to a block.
  const misplaced = [
    'a =\n\nb = 1',
    'a = # YOUR CODE\nb = 1',
    'a = 1 +\n2',
    'x.\ny()',
    'from a import b,\nc',
    'import a\n  .b',
    'if a:\n    b\n  c',
    'if a:\n    b\n      c',
    'if a: b\n    c',
    'if a:\n  b\n  else:\n    c',
    'if a:\n\tb\n        c',
    'x = 1\n  y = 2',
    'x = 1; if a: b',
    'if a: if b: c',
    '@a b\ndef f(): pass',
    'def f():\n  pass\n x = 1',
    'try:\n  a\n except E:\n  b',
    'match a:\n  case 1:\n    b\n   case 2:\n    c',
    'x = 1 \\',
  ];
  const loose = [
    'f(,)',
    'f(a=1, b)',
    'f(**a, b)',
    'f(a=1, a=2)',
    'import a, b,',
    'with a, : pass',
    'from a import b.c',
    'from __future__ import speed',
    'try:\n    a',
    'del f(x)',
    'with a as f(): pass',
    '[yield x]',
    'a := 1',
    'x = *a',
    'x = (*a)',
    '*a = 1',
    'x = **a',
    'x = 1_',
    "x = 'a' b'b'",
    "x = '\\x1'",
    "x = b'é'",
    'x = `y`',
    'f(await=1)',
    'def f(a=1, b): pass',
    'def f(*): pass',
    'def f(a, a): pass',
    'a, b += 1',
    '(a, b): int = 1',
    'k: str: 1',
    'f"{x!z}"',
  ];
  const elsewhere = [
    'return 1',
    'if a:\n    return',
    'class A:\n    yield 1',
    'break',
    'for i in a:\n    def f():\n        continue',
    'for i in a:\n    pass\nelse:\n    break',
    'def f():\n    await g()',
    'def f():\n    return (i for i in await g())',
    'def f():\n    from a import *',
  ];
  for (const source of [...empty, ...misplaced, ...loose, ...elsewhere]) {
    test(`no Python: ${source.replaceAll('\n', ' / ')}`, async () => {
      assert.ok((await parse(source)).problem, 'accepted');
    });
  }
  const wellPlaced = [
    'a = (1 +\n2)',
    'a = 1 + \\\n2',
    'if a: b; c',
    'if a:\n    b; c;\n    d\nelif e: f\nelse:\n\tg',
    'x = 1;\ny = 2',
    '  x = 1\n  if x:\n    y\n  z = 3',
    'if a:\n\tb\n\tc',
    'if a:\n    b\n        # c\n  # d\n    e',
    'if a:\n    b\n\n# c\n\n    d',
    '@a\n# b\n@c(\n)\n\nclass D:\n    @e\n    def f(self): return (\n1)',
    's = """\na\n  b"""\nt = f"""{\nx}\n"""',
    'with (\n  a as b,\n):\n  c',
    'with (a, b,): pass',
    'match a:\n  case [1,\n2]:\n    b\n  case _: c',
    'for i in a:\n  try:\n    break\n  finally:\n    continue\nelse: b',
    'f(a=1, *b, **c)',
    'f(*a, b, **c, d=1)',
    'def f(a, /, b=1, *c, d, e=2, **g): yield',
    'def f(a, *, b): return lambda: (yield)',
    'del (a, [b, c]), d[0], e.f',
    'x = [y := 1, y ** 2]',
    'while chunk := f(): pass',
    '(a): int = 1',
    '(a) += 1',
    'a, *b = *c, 1',
    'x = [*f(a), *b.c, *d[0], *e + g]',
    'x = {*f(a)}',
    'for x in *a.b, c: pass',
    'await f()',
    'def f(): return (i for i in a if await g(i))',
    'f"{x:=10}"',
    'def f(*a: *Ts): pass',
    'async def f():\n    async with a: await b',
    "x = '\\N{DASH}\\u00e9' r'\\x1'\ny = b'\\u1'",
    'x = 0xFF_FF + 1_0.5e-3j + 0_0',
  ];
  for (const source of wellPlaced) {
    test(`Python: ${source.replaceAll('\n', ' / ')}`, async () => {
      assert.equal((await parse(source)).problem, undefined);
    });
  }
  for (const source of notPython3) {
    test(`no Python 3: ${source.replaceAll('\n', ' / ')}`, async () => {
      const { problem, units } = await parse(source);
      assert.ok(problem, 'accepted');
      assert.equal(units.length, 0);
    });
  }
  const fine = [
    'x = 0',
    'x = 00',
    'x = 0o17',
    'print(x)',
    'match = 1',
    'type = 2',
    'raise E("x") from e',
    'x = 1_000',
    'a @= b',
  ];
  for (const source of fine) {
    test(`Python 3: ${source}`, async () => {
      assert.equal((await parse(source)).problem, undefined);
    });
  }
  test('an error is placed', async () => {
    const { problem } = await parse('x = 1\ny = = 2\n');
    assert.equal(problem?.kind, 'syntax-error');
    assert.ok(problem.offset >= 6 && problem.offset <= 12, String(problem.offset));
  });
});

suite('lowering', () => {
  test('chained assignment, unpacking and star', async () => {
    const node = await statement('a = b, *c = f(x)');
    assert.ok(node.kind === 'Assign');
    assert.deepEqual(
      node.targets.map((target) => target.kind),
      ['Name', 'Tuple'],
    );
    assert.equal(node.value.kind, 'Call');
  });

  test('f-string: text, holes, format specification, debug form', async () => {
    const node = await statement('x = f"a{{{b!r:>{w}}{c=}" "d"');
    assert.ok(node.kind === 'Assign' && node.value.kind === 'Str');
    const [formatted, plain] = node.value.tokens;
    assert.deepEqual(
      formatted!.pieces.map((piece) =>
        piece.kind === 'text' ? piece.value : [piece.conversion, piece.isDebug, piece.format.length],
      ),
      ['a{', ['r', false, 2], [undefined, true, 0]],
    );
    assert.equal(plain!.pieces[0]?.kind, 'text');
    assert.equal(node.value.value, undefined);
  });

  test('adjacent literals are one value, blanks within are kept', async () => {
    const node = await statement('x = ("a  b"\n     \' c\')');
    assert.ok(node.kind === 'Assign' && node.value.kind === 'Str');
    assert.equal(node.value.value, 'a  b c');
  });

  test('match: captures are bound, dotted names and classes are read', async () => {
    const node = await statement(
      'match p:\n    case Point(x=0, y=yy) | [a, *r] if a: pass\n    case {"k": v, **rest}: pass\n    case m.N as n: pass\n    case _: pass\n',
    );
    assert.ok(node.kind === 'Match');
    assert.deepEqual(
      node.cases.map(({ pattern }) => [pattern.captures.map((c) => c.id), pattern.isIrrefutable]),
      [
        [['yy', 'a', 'r'], false],
        [['v', 'rest'], false],
        [['n'], false],
        [[], true],
      ],
    );
  });

  test('a format that aligns binds nothing', async () => {
    const node = await statement('f"{x:=10} {y:={w}}"');
    assert.ok(node.kind === 'Expr' && node.value.kind === 'Str');
    const holes = node.value.tokens[0]!.pieces.filter((piece) => piece.kind === 'hole');
    assert.deepEqual(
      holes.map(({ expression, format }) => [expression?.kind, format.map((piece) => piece.kind)]),
      [
        ['Name', ['text']],
        ['Name', ['text', 'hole']],
      ],
    );
  });

  test('a star is around what it unpacks', async () => {
    const node = await statement('x = [*f(a).b]');
    assert.ok(node.kind === 'Assign' && node.value.kind === 'List');
    const [star] = node.value.elements;
    assert.ok(
      star?.kind === 'Starred' && star.value.kind === 'Attribute' && star.value.value.kind === 'Call',
    );
    assert.deepEqual([star.start, star.end, star.value.start, star.value.value.func.start], [5, 12, 6, 6]);
  });

  test('with: brackets hold items, unless they hold a tuple', async () => {
    const items = async (source: string): Promise<string> => {
      const node = await statement(`with ${source}: pass\n`);
      assert.equal(node.kind, 'With');
      const parts = node.items;
      return parts.map(({ context, target }) => context.kind + (target ? ` as ${target.kind}` : '')).join();
    };
    assert.equal(await items('(f(\n    1,\n) as g,\n)'), 'Call as Name');
    assert.equal(await items('(a as b, c as d,)'), 'Name as Name,Name as Name');
    assert.equal(await items('(a,)'), 'Name');
    assert.equal(await items('(a, b)'), 'Name,Name');
    assert.equal(await items('(a, b) as c'), 'Tuple as Name');
    assert.equal(await items('((a, b))'), 'Tuple');
  });

  test('what is nested too deeply for any recursion is a problem of its statement', async () => {
    for (const source of [
      `x = ${'('.repeat(1000)}1${')'.repeat(1000)}`,
      `x = 1${' + 1'.repeat(5000)}`,
      `x = a${'.b'.repeat(5000)}`,
      `${'if x:\n  pass\nel'.repeat(5000)}se:\n  pass`,
    ]) {
      assert.equal((await parse(`${source}\n`)).problem?.message, 'nested too deeply', source.slice(0, 20));
    }
    assert.equal((await parse(`x = 1${' + 1'.repeat(400)}\n`)).problem, undefined);
    assert.equal((await parse(`${'if x:\n  pass\nel'.repeat(400)}se:\n  pass\n`)).problem, undefined);
  });

  test('an attribute of type(x) is assigned, which the grammar takes for a type alias', async () => {
    const node = await statement('type(x).name = 1');
    assert.ok(node.kind === 'Assign' && node.targets[0]?.kind === 'Attribute');
    const call = node.targets[0].value;
    assert.ok(call.kind === 'Call' && call.func.kind === 'Name');
    assert.deepEqual([call.func.id, call.args.length, call.start, call.end], ['type', 1, 0, 7]);
    assert.equal((await statement('type X[T] = list[T]')).kind, 'TypeAlias');
  });

  test('offsets count from the statement, in UTF-16 units', async () => {
    const { units } = await parse('"😀"\nx = y\n');
    const second = units[1]!;
    assert.equal(second.start, 5);
    assert.deepEqual([second.unit.statement.start, second.unit.statement.end], [0, 5]);
  });

  test('escapes become values, and their statement reaches to their end', async () => {
    const { units } = await parse('files = !ls data\n%matplotlib inline\nif x:\n    !pwd\n');
    assert.deepEqual(
      units.map(({ unit }) => unit.text),
      ['files = !ls data', '%matplotlib inline', 'if x:\n    !pwd'],
    );
    const first = units[0]!.unit.statement;
    assert.ok(first.kind === 'Assign');
    assert.equal(first.value.kind, 'Escape');
  });

  test('comments are collected, wherever they stand', async () => {
    const source = '# top\nx = [  # one\n    1,\n]  # after\ndef f():\n    # in\n    pass\n';
    const { comments } = await parse(source);
    assert.deepEqual(comments.map(({ start, end }) => source.slice(start, end)).sort(), [
      '# after',
      '# in',
      '# one',
      '# top',
    ]);
  });
});

suite('string literals', () => {
  test('escapes', () => {
    assert.equal(decodeString('a\\n\\x41\\u00e9\\U0001F600\\101\\\\\\q\\\n', false), 'a\nAé😀A\\\\q');
    assert.equal(decodeString('a\\n', true), 'a\\n');
    assert.equal(decodeString('a\r\nb', false), 'a\nb');
  });
  test('what needs the Unicode database or is malformed has no value', () => {
    assert.equal(decodeString('\\N{BULLET}', false), undefined);
    assert.equal(decodeString('\\x4', false), undefined);
    assert.equal(decodeString('\\ud83d\\ude00', false), undefined);
    assert.equal(decodeString('\\U00110000', false), undefined);
  });
});
