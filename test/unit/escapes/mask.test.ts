import assert from 'node:assert/strict';
import { maskEscapes, type MaskOptions } from '../../../src/program/escapes/mask';
import type { Escape } from '../../../src/program/program';

/** One escape as text, for short tables: kind, name, argument, and how the text in its span looks. */
function short(source: string, escape: Escape): string {
  const { kind, name, argument, span, isTransparent } = escape;
  return [
    kind,
    name,
    argument,
    source.slice(span.start, span.end),
    isTransparent ? 'transparent' : 'opaque',
  ].join('|');
}

/** `source` must be masked to `masked`, with these escapes (all of them, if given). */
function check(source: string, masked: string, escapes?: readonly string[], options?: MaskOptions): void {
  const result = maskEscapes(source, options);
  assert.equal(result.masked, masked);
  if (escapes) {
    assert.deepEqual(
      result.escapes.map((escape) => short(source, escape)),
      escapes,
    );
  }
}

function unchanged(...sources: string[]): void {
  for (const source of sources) check(source, source, []);
}

suite('Escapes: which lines they are', () => {
  test('line magics', () => {
    check('%matplotlib inline\nx = 1', `0${' '.repeat(17)}\nx = 1`, [
      'line-magic|matplotlib|inline|%matplotlib inline|opaque',
    ]);
    check('%cd  a  ', '0       ', ['line-magic|cd|a  |%cd  a  |opaque']);
    check('% cd a', '0     ', ['line-magic||cd a|% cd a|opaque']);
    check('x = 1\n%%time\ny', 'x = 1\n0     \ny', ['line-magic|%time||%%time|opaque']);
  });

  test('shell lines', () => {
    check('!ls -l\n!!pwd', '0     \n0    ', ['shell||ls -l|!ls -l|opaque', 'shell||pwd|!!pwd|opaque']);
  });

  test('help', () => {
    check('df.head?', '0       ', ['help||df.head|df.head?|opaque']);
    check('?df.head', '0       ', ['help||df.head|?df.head|opaque']);
    check('??', '0 ', ['help|||??|opaque']);
    check('%time?', '0     ', ['help||%time|%time?|opaque']);
    check('%%time?\nx = 1', '0      \nx = 1', ['help||%%time|%%time?|opaque']);
    check('x = np.*lo*?', '0           ', ['help||np.*lo*|x = np.*lo*?|opaque']);
    check('(a,\n b).c??', '0  \n       ', ['help||c|(a,\n b).c??|opaque']);
    check('a[-1].b?', '0       ', ['help||a[-1].b|a[-1].b?|opaque']);
    check('!ls foo?', '0       ', ['help||foo|!ls foo?|opaque']);
    unchanged('f(a)?', 'a ? b : c', 'df? ', 'df?  # why', '# df?', '"df?"', 'f(a?', '1?', 'a[b]?');
  });

  test('calls without brackets', () => {
    check(',f a b', '0     ', ['auto-call||f a b|,f a b|opaque']);
    check('if x:\n  ;f a\n  /f a', 'if x:\n  0   \n  0   ', [
      'auto-call||f a|;f a|opaque',
      'auto-call||f a|/f a|opaque',
    ]);
    unchanged('/ f', '//f', '/=f', ',f "a"', '/f (a', '/f a; b');
  });

  test('values', () => {
    check('x = !ls', 'x = 0  ', ['shell||ls|!ls|opaque']);
    check('a.b, c[0]=!!ls', 'a.b, c[0]=0   ', ['shell||ls|!!ls|opaque']);
    check('x: list = %who_ls', 'x: list = 0      ', ['line-magic|who_ls||%who_ls|opaque']);
    check('if y: x = !ls', 'if y: x = 0  ');
    check('f(a=1); x = !ls', 'f(a=1); x = 0  ');
    check('x = \\\n  !ls', 'x = \\\n  0  ');
    unchanged(
      'x = %1',
      'x = (!ls)',
      'x += !ls',
      'x == !ls',
      'x != ls',
      'x = y = !ls',
      'x = 1; y = !ls',
      'f(x=!ls)',
    );
  });

  test('not in strings, brackets, comments and continued lines', () => {
    unchanged(
      's = """\n%time\n!ls\n?x\n"""',
      "s = r'''\\'\n%time\n'''",
      's = "a \\\n%time"',
      'f(a,\n%b\n)',
      'x = [\n!ls\n]',
      'a = b \\\n  % c',
      'a = b \\\r\n  / c',
      '# %time\n#!ls',
      'f"""{\n%a\n}"""',
      'x = f"{a:\\\n%b}"',
    );
  });

  test('behind strings and brackets of every kind', () => {
    for (const before of [
      '"\\""',
      "r'\\''",
      '"""a"b""c\\""""',
      "b'%'",
      'Rb"("',
      'u"["',
      'f"{a[\'(\']}("',
      'f"{x!r:>{w}} {{("',
      'f"{x["a"]}"',
      "f'{f'{a}'}'",
      'rf"\\{x}"',
      'f"\\N{LEFT PARENTHESIS}"',
      'f"{x:%H:\'%M}"',
      't"{a}{{"',
      'f"{ {1: 2}[1] }"',
      '{(1): [2]}',
      'f"{(lambda x: 1)(2)}"',
      'f"{x=:[}"',
      'f""',
    ]) {
      check(`${before}\n%ls`, `${before}\n0  `);
    }
  });

  test('where a string or an f-string is cut off, the next line starts anew', () => {
    check('"a\n%ls', '"a\n0  ');
    check('f"a\n%ls', 'f"a\n0  ');
    check('f"{x:a\n%ls', 'f"{x:a\n0  ');
    check('f"{\'a\n}"\n%ls', 'f"{\'a\n}"\n0  ');
  });

  test('at their own indentation, so that no block becomes empty', () => {
    check('if x:\n\t!ls\n\n  # why\nelse:\n    %cd a', 'if x:\n\t0  \n\n  # why\nelse:\n    0    ');
  });

  test('over continued lines', () => {
    check('!a \\\n  b \\\n\nx', '0   \n     \n\nx', ['shell||a \\\n  b \\\n|!a \\\n  b \\\n|opaque']);
    check('x = !a # "\\\r\nb\r\ny', 'x = 0      \r\n \r\ny');
    check('%run a \\', '0       ');
  });

  test('with lone carriage returns and surrogate pairs', () => {
    check('!a 😀\r%b\rx', '0    \r0 \rx');
    check('é = !ls 😀', 'é = 0     ');
  });
});

suite('Escapes: magics with Python behind them', () => {
  test('the statement stays where it is', () => {
    check('%time x = f()', '0    ;x = f()', ['line-magic|time|x = f()|%time x = f()|transparent']);
    check('if a:\n  %time f(); g()', 'if a:\n  0    ;f(); g()');
    check('%timeit -n 10 -r3 -q f(-x)', `0${' '.repeat(19)};f(-x)`);
    check('%prun -D "a b" -s cumulative -- f()', `0${' '.repeat(30)};f()`);
    check('%time x = f(a, \\\n  b)\ny', '0    ;x = f(a, \\\n  b)\ny');
    check('%time \\\n x', '0     \\\n;x');
    check('%time\\\nx', '0   ;\\\nx');
  });

  test('as a value only blanks are left, if the magic returns the value', () => {
    check('y = %time f()', 'y =       f()', ['line-magic|time|f()|%time f()|transparent']);
    check('y = %time x = 1', 'y = 0    ;x = 1');
    check('y = %time f();', 'y = 0    ;f();');
    check('y = %timeit -o f()', 'y = 0         ;f()');
  });

  test('compound, cut off and missing statements are hidden', () => {
    check('%time', '0    ', ['line-magic|time||%time|opaque']);
    check('%time for i in a: b', '0                  ');
    check('%time f(a,\nb)', '0         \nb)');
    check('%time "a\nb', '0       \nb');
    check('%time # a', '0        ');
    check('%timeit -n 3', '0           ');
    check('%timeit -x f()', '0             ');
    check('%time ;f a', '0         ');
    const [escape] = maskEscapes('%time with a as b: c = d.e(f=g)').escapes;
    assert.deepEqual(
      [escape?.isTransparent, escape?.reads, escape?.bindsUnknown],
      [false, ['a', 'b', 'c', 'd', 'g'], true],
    );
  });

  test('an escape within ends the span of the outer one', () => {
    check('%time !ls', '0    ;0  ', ['line-magic|time|!ls|%time |transparent', 'shell||ls|!ls|opaque']);
    check('%time x = %time y', '0    ;x =       y', [
      'line-magic|time|x = %time y|%time x = |transparent',
      'line-magic|time|y|%time y|transparent',
    ]);
    check('%time pip list', '0    ;0       ', [
      'line-magic|time|pip list|%time |transparent',
      'auto-magic|pip|list|pip list|opaque',
    ]);
  });

  test('%timeit keeps its names to itself', () => {
    for (const source of ['%timeit x = 1', '%%timeit x = 1\nx']) {
      assert.equal(maskEscapes(source).escapes[0]?.isolated, true);
    }
    assert.equal(maskEscapes('%time x = 1').escapes[0]?.isolated, undefined);
  });
});

suite('Escapes: cell magics', () => {
  test('with a foreign body hide the cell to its end', () => {
    check('\n%%bash -e\nls "\n\n', '\n0        \n    \n\n', [
      'cell-magic|bash|-e|%%bash -e\nls "\n\n|opaque',
    ]);
    assert.equal(maskEscapes('%%html\r\n<b>\r\n').escapes[0]?.body, '<b>\r\n');
    assert.equal(maskEscapes('%%html').escapes[0]?.body, '');
  });

  test('with a Python body hide their line only', () => {
    check('%%time\nx = 1\n!ls', '0     \nx = 1\n0  ', [
      'cell-magic|time||%%time|transparent',
      'shell||ls|!ls|opaque',
    ]);
    check('%%capture out\n\n%%time\nx', '0            \n\n0     \nx');
    check('%%time\n%%bash\nls "', '0     \n0     \n    ');
    check('%%timeit -n 3 x = 1\nf(x)', '0            ;x = 1\nf(x)');
    check('%%prun -l 3 f()\n%%time\ng()', '0          ;f()\n0     \ng()');
    check('%%prun for i in a:\n    b', '0                 \n     ');
    assert.equal(maskEscapes('%%time\nx').escapes[0]?.body, undefined);
  });

  test('only on the first line, and only in cells', () => {
    check('# why\n%%bash\nx', '# why\n0     \nx', ['line-magic|%bash||%%bash|opaque']);
    check('%%bash\nx = 1\n!ls', '0     \nx = 1\n0  ', undefined, { cellMagics: false });
    check('  x = 1\n  !ls', '  x = 1\n  0  ', undefined, { cellMagics: false });
    check('pip install x', 'pip install x', [], { cellMagics: false });
  });
});

suite('Escapes: indented cells', () => {
  test('the margin is taken off with form feeds', () => {
    check('  x = 1\n\n  if x:\n    !ls', ' \fx = 1\n\n \fif x:\n \f  0  ');
    check(' import os\nx = 1', '\fimport os\nx = 1');
    check('  %%time\n    x = 1\n  y', ' \f0     \n   \fx = 1\n \fy');
  });

  test('but not off the lines of a string, which would change', () => {
    check('  x = """\n  a"""', '  x = """\n  a"""');
    check('  x = """\na"""', ' \fx = """\na"""');
    check('  %time x = """ \\\n  a"""\n  y', '  0    ;x = """ \\\n  a"""\n  y');
  });
});

suite('Escapes: automagic', () => {
  test('a magic without its sign, alone in its cell', () => {
    check('\npip install -U x\n', '\n0               \n', [
      'auto-magic|pip|install -U x|pip install -U x|opaque',
    ]);
    for (const source of [
      'cd ..',
      'cd /data',
      'cd -',
      'cd "a b"',
      'ls -la',
      'ls *.csv',
      'run a.py',
      'cat a.txt',
      'ls ~',
    ]) {
      check(source, `0${' '.repeat(source.length - 1)}`);
    }
    check('%%capture\npip install x', '0        \n0            ');
    check('time f(x)', '0   ;f(x)', ['auto-magic|time|f(x)|time f(x)|transparent']);
  });

  test('not where it is or may be Python', () => {
    unchanged(
      'ls',
      'pwd',
      'ls = 1',
      'ls - 1',
      'ls -= 1',
      'cat, dog',
      'pip(x)',
      'pip (x)',
      'ls [0]',
      'time - start',
    );
    unchanged(
      'time -start',
      'ls in x',
      'ls if x else y',
      'ls.sort()',
      'ls # x',
      'ls / 2',
      'ls * 2',
      'foo bar',
    );
    unchanged('pip install x\nimport x', 'pip install x\n\n');
  });
});
