import assert from 'node:assert/strict';
import { maskEscapes } from '../../../src/program/escapes/mask';
import { expandedNames, namesIn } from '../../../src/program/escapes/names';

/** The names that the first escape of a cell reads and binds; `...` stands for names nobody knows. */
function effects(source: string): { reads: string; binds: string } {
  const [escape] = maskEscapes(source).escapes;
  assert.ok(escape, source);
  return {
    reads: escape.reads.join(' '),
    binds: [...escape.binds, ...(escape.bindsUnknown ? ['...'] : [])].join(' '),
  };
}

function check(source: string, reads: string, binds: string): void {
  assert.deepEqual(effects(source), { reads, binds }, source);
}

suite('Escapes: names in code', () => {
  test('without attributes, keywords, strings and names of arguments', () => {
    assert.deepEqual(namesIn('a.b + f(x, key=y)["z"] if not c else 1e5'), ['a', 'f', 'x', 'y', 'c']);
    assert.deepEqual(namesIn('x = y == z'), ['x', 'y', 'z']);
    assert.deepEqual(namesIn('f"{a!r:{b}} c {{d}}" + r"e"'), ['a', 'b']);
    assert.deepEqual(namesIn('a # b\nc'), ['a', 'c']);
    assert.deepEqual(namesIn('é + _1'), ['é', '_1']);
    assert.deepEqual(namesIn(''), []);
  });
});

suite('Escapes: expansion of variables', () => {
  const cases: readonly (readonly [command: string, names: string])[] = [
    ['ls {a} $b ${c}', 'a b c'],
    ['ls $a.b/$c', 'a c'],
    ['ls $$a {{b}} {c}', 'c'],
    ["ls '$a' $b", 'b'],
    ["echo it's $a", 'a'],
    ["echo $a it's", ''],
    ['echo $1 $_x', '_x'],
    ['ls {a[1:2]} {d["k"]} {f(x, y=z)}', 'a d f x z'],
    ['ls {x:y}', 'x y'],
    ['ls {a if b else c}', 'a b c'],
    ["awk '{print $1}' $a", ''],
    ['find . -exec rm {} \\; $a', ''],
    ['echo { $a', ''],
    ['echo } $a', ''],
    ['echo {a {b}}', ''],
    ['echo {a!r} {b!x', ''],
    ['echo {a!r:>3}', 'a'],
    ['', ''],
  ];
  for (const [command, names] of cases) {
    test(command === '' ? 'of nothing' : command, () => {
      assert.equal(expandedNames(command).join(' '), names);
    });
  }
});

suite('Escapes: names they read and bind', () => {
  test('shell and help lines', () => {
    check('!cp {src} $dst.txt', 'src dst', '');
    check('!cp {src} \\\n  $dst', 'src dst', '');
    check('x = !ls $d', 'd', '');
    check('df.head?', 'df', '');
    check('?df.head', 'df', '');
    check('a[0].b??', 'a', '');
    check('np.*lo*?', 'np', '');
    check('*foo*?', '', '');
    check('%time?', '', '');
    check(',f a b', 'f', '');
    check('/f.g a b', 'f a b', '');
  });

  test('magics that bind what they are told', () => {
    check('%store a b', 'a b', '');
    check('%store -r a b', '', 'a b');
    check('%store -r', '', '...');
    check('%store -d a', '', '');
    check('%sc -l files=ls $d', 'd', 'files');
    check('%macro m 1-3', '', 'm');
    check('%xdel a', 'a', 'a');
    check('%timeit -v res f()', '', 'res');
    check('%%capture out --no-stderr\nx', '', 'out');
    check('%%capture --no-stdout\nx', '', '');
    check('%%bash --out o --err=e -s "$a" {b}\nls', 'a b', 'o e');
    check('%%script --proc p --bg python\nx', '', 'p');
    check('%%! --out o\nls', '', 'o');
    check('%%sx --out=o\nls', '', 'o');
    check('%%system --out o\nls', '', 'o');
  });

  test('magics that bind names nobody can list', () => {
    for (const source of [
      '%run a.py',
      '%pylab inline',
      '%load a.py',
      '%reset -f',
      '%edit x',
      '%%cython\ncdef int x',
    ]) {
      check(source, '', '...');
    }
    check('%run {name}.py', 'name', '...');
    for (const source of [
      '%cd a',
      '%load_ext x',
      '%autoreload 2',
      '%matplotlib inline',
      '%%python\nx = 1',
      '%pip install x',
    ]) {
      check(source, '', '');
    }
  });

  test('magics of packages', () => {
    check('%lprun -f model.fit -f g model.fit(x)', 'model g', '');
    check('%R -i a,b -o c plot(a)', 'a b', 'c');
    check('%%R -i a -i b -o c,d\nx', 'a b', 'c d');
    check('%Rpush a b', 'a b', '');
    check('%Rpull a b', '', 'a b');
    check('%%bigquery df --project p --params $q\nselect 1', 'q', 'df');
    check('%%bigquery --project p\nselect 1', '', '');
    check('%%cache a.pkl x y\nx = 1', '', 'x y');
    check('%%spark -o df\nx', '', 'df');
  });

  test('SQL', () => {
    check('%sql res << select * from t', 't', 'res');
    check('%%sql res <<\nselect a::int from df join d2 on x = :y', 'df d2 y', 'res');
    check("%%sql engine\nselect {{ col }}, {other} where a = '$b'", 'engine col other b', '');
    check('%sql --persist df', 'df', '');
    check('%sql sqlite://', '', '');
  });

  test('unknown magics may read and bind every word, and with a body anything', () => {
    check('%foo a, b=3 --c "d" $e', 'e a b', 'a b');
    check('%%foo a\nx = 1', 'a', 'a ...');
    check('%constructor a', 'a', 'a');
    check('%%__proto__\nx', '', '...');
  });
});
