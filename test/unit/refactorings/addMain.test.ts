import assert from 'node:assert/strict';
import { addMainAction } from '../../../src/actions/addMain';
import type { Outcome } from '../../../src/actions/offer';
import type { ProgramSource } from '../../../src/program/source';
import { applied, notebookSource } from '../../support/analysis';
import { refactored } from '../../support/refactoring';

const add = (
  source: ProgramSource | string,
  files: Readonly<Record<string, string>> = {},
): Promise<Outcome> => refactored(addMainAction, source, files);

const TEXT = async (code: string): Promise<string> => {
  const outcome = await add(code);
  return applied(outcome)['train.py'] ?? `${outcome.status}: ${outcome.refusals[0]?.reason}`;
};

const REFUSED: Readonly<Record<string, [code: string, reason: RegExp]>> = {
  'exec binds who knows what': ['exec("x = 1")\nprint(x)\n', /exec may bind any name/],
  'locals are listed': ['x = len([1])\nprint("{x}".format(**locals()))\n', /locals would work/],
  'dir is printed': ['x = len([1])\nprint(dir())\n', /dir/],
  'eval binds or reads names': ['x = len([1])\nprint(eval("x"))\n', /eval would work/],
  'all names are listed in a function': ['def f():\n    print(globals())\nf()\n', /globals\(\) lists/],
  'a name of the module with an annotation that runs': [
    'def f():\n    return x\nx: print("now") = len([1])\nprint(f())\n',
    /x is annotated/,
  ],
  'a name of the module with an annotation of what runs': [
    'def f():\n    return x\nkind = int if len([1]) else str\nx: kind = len([1])\nprint(f())\n',
    /x is annotated/,
  ],
  'an annotation of a name of the module within a condition': [
    'def f():\n    return x\nif len([1]):\n    x: int = 2\nprint(f())\n',
    /x is annotated/,
  ],
  'a star import that may bring another name that is read above': [
    'from math import floor\nprint(floor(2.5))\nfrom numpy import *\nprint(floor(2.5))\n',
    /this star import may bring another floor, which is read above/,
  ],
  'a star import in a condition below what runs': [
    'print(1)\nimport os\nos.environ["A"] = "1"\nif os.sep:\n    from math import *\nprint(pi)\n',
    /cannot stand in a function/,
  ],
  'its own frame': ['import sys\nprint(sys._getframe().f_code)\n', /looked at/],
  'a server finds the app': [
    'from flask import Flask\napp = Flask("x")\nprint(app)\n',
    /flask may import this file/,
  ],
  'a decorator of an object that tools look up': [
    'import typer\napp = typer.Typer()\n@app.command()\ndef f():\n    print(1)\napp()\n',
    /looked up in this module/,
  ],
  'its own module by name': ['import __main__\nx = len([1])\nprint(__main__.x)\n', /names its own module/],
  finalizers: [
    'class Held:\n    def __del__(self):\n        print("gone")\nheld = Held()\nprint(1)\n',
    /__del__/,
  ],
  'processes that start the script again': [
    'import multiprocessing\nmultiprocessing.set_start_method("spawn")\nprint("loaded")\nif __name__ == "__main__":\n    print(1)\n',
    /may run this once more/,
  ],
  'global at module level': ['global x\nx = len([1])\nprint(x)\n', /global at module level/],
  'names for importers': ['print(1)\n__all__ = [str(1)]\n', /which of its names others import/],
  'no Python': ['x = = 1\n', /the code is/],
};

suite('add-main', () => {
  for (const [name, [code, reason]] of Object.entries(REFUSED)) {
    test(`refused: ${name}`, async () => {
      const outcome = await add(code);
      assert.equal(outcome.status, 'refused');
      assert.match(outcome.refusals.map((refusal) => refusal.reason).join('\n'), reason);
    });
  }

  test('refused: a notebook, and package is named', async () => {
    const outcome = await add(notebookSource('a.ipynb', ['print(1)']));
    assert.match(outcome.refusals[0]!.reason, /package/);
  });

  test('refused: somebody imports the script', async () => {
    const files = { 'train.py': '', 'other.py': 'from train import x\n' };
    const outcome = await add('x = len([1])\nprint(x)\n', files);
    assert.match(outcome.refusals[0]!.reason, /other\.py imports this file/);
  });

  test('nothing: a module that only binds names, and a script with its guard', async () => {
    assert.equal((await add('import re\nWORD = re.compile("a")\nT = type(WORD)\n')).status, 'nothing');
    const code = 'def main():\n    print(1)\n\n\nif __name__ == "__main__":\n    main()\n';
    assert.equal((await add(code)).status, 'nothing');
    // What it writes itself is of that kind: a second time changes nothing.
    const once = await TEXT('import os\nx = os.getpid()\ndef f():\n    return x\nprint(f() > 0)\n');
    assert.match(once, /def main\(\) -> int:/);
    assert.equal((await add(once)).status, 'nothing');
  });

  test('what runs moves with its comments; what functions read stays the name of the module', async () => {
    const text = await TEXT(
      [
        '#!/usr/bin/env python',
        '"""Trains."""',
        'import json',
        '',
        'LIMIT = 3',
        '',
        '# the raw table',
        'rows = json.load(open("a.json"))  # big',
        'mean = sum(rows) / len(rows)',
        '',
        '',
        'def scaled(v):',
        '    """By the mean."""',
        '    return v / mean',
        '',
        '',
        'note = """a',
        '  b""" + str(mean)',
        'if rows:',
        '    print(scaled(1), LIMIT, note)  # shown',
        '# the end',
        '',
      ].join('\n'),
    );
    assert.equal(
      text,
      [
        '#!/usr/bin/env python',
        '"""Trains."""',
        'import json',
        '',
        'LIMIT = 3',
        '',
        '',
        'def scaled(v):',
        '    """By the mean."""',
        '    return v / mean',
        '',
        '',
        'def main() -> int:',
        '    """Runs the script; returns the exit status."""',
        '    global mean',
        '    # the raw table',
        '    rows = json.load(open("a.json"))  # big',
        '    mean = sum(rows) / len(rows)',
        '',
        '',
        '    note = """a',
        '  b""" + str(mean)',
        '    if rows:',
        '        print(scaled(1), LIMIT, note)  # shown',
        '    return 0',
        '',
        '',
        '# the end',
        '',
        '',
        'if __name__ == "__main__":',
        '    raise SystemExit(main())',
        '',
      ].join('\n'),
    );
  });

  test("a builtin's name, an except clause, and a class in the middle stay the module's", async () => {
    const text = await TEXT(
      'print(max([1]))\nmax = len\nprint(max([1]))\ntry:\n    int("x")\nexcept ValueError as e:\n    print(e)\n' +
        'base = dict if max([1]) else list\nclass Model(base):\n    size = base\nprint(Model.__qualname__)\n',
    );
    assert.match(text, /global .*\bmax\b/);
    assert.match(text, /global .*\bModel\b/);
    assert.match(text, / {4}class Model\(base\):\n {8}size = base\n/);
  });

  test('an annotation of a name of the module stands above main, as it was written', async () => {
    const text = await TEXT(
      'import json\ndef f():\n    return x\nx: dict[str, int] = json.loads("{}")  # raw\nn : "int" = len(x)\nprint(f(), n)\n',
    );
    assert.match(text, /\n\n\nx: dict\[str, int\]\n\n\ndef main/);
    assert.match(text, / {4}global x\n {4}x = json\.loads\("\{\}"\) {2}# raw\n {4}n : "int" = len\(x\)/);
    assert.equal((await add(text)).status, 'nothing');
  });

  test('an annotation over several lines goes as a whole', async () => {
    const text = await TEXT(
      'import json\nfrom typing import Dict\ndef f():\n    return x\nx: Dict[\n    str, int\n] = json.loads(\n    "{}"\n)\nprint(f())\n',
    );
    assert.match(text, /\nx: Dict\[\n {4}str, int\n\]\n\n\ndef main/);
    assert.match(text, / {4}x = json\.loads\(\n {8}"\{\}"\n {4}\)\n {4}print/);
  });

  test('the same import stands once at the top, with a comment where it has one', async () => {
    const text = await TEXT(
      'import os\nprint(os.sep)\nimport os\nprint(os.sep)\nimport os  # again\nimport os, sys\n\ndef f():\n    return os, sys\nprint(f())\n',
    );
    assert.ok(text.startsWith('import os\nimport os  # again\nimport os, sys\n'), text);
  });

  test('a star import in between: the import below it is not the one above', async () => {
    const text = await TEXT('import os\nfrom evil import *\nprint(os.sep)\nimport os\nprint(os.sep)\n');
    assert.match(text, /print\(os\.sep\)\n {4}import os\n {4}print/);
  });

  test('a definition is not made before what would miss it', async () => {
    const text = await TEXT('print(len([1]))\ndef print(x):\n    pass\nprint(2)\n');
    assert.match(text, / {4}def print\(x\):/);
    const guarded = await TEXT(
      'try:\n    f()\nexcept NameError:\n    print(1)\ndef f():\n    return 2\nf()\n',
    );
    assert.match(guarded, / {4}def f\(\):/);
    const defaults = await TEXT('import cfg\ncfg.load()\ndef f(x=cfg.x):\n    return x\nprint(f())\n');
    assert.match(defaults, / {4}def f\(x=cfg\.x\):/);
  });

  test("a name that a class's body binds as well stays the module's", async () => {
    const text = await TEXT('x = len([1])\nclass A:\n    x = x\nprint(A.x)\n');
    assert.match(text, /global x\b/);
  });

  test('the command line is parsed from what main is given', async () => {
    const code =
      'import argparse\nparser = argparse.ArgumentParser()\nparser.add_argument("--n")\nargs = parser.parse_args()\nprint(args.n)\n';
    const text = await TEXT(code);
    assert.match(text, /def main\(arguments: "list\[str\] \| None" = None\) -> int:/);
    assert.match(text, /args = parser\.parse_args\(arguments\)\n/);
    assert.doesNotMatch(text, /global/);
    assert.doesNotMatch(await TEXT(`${code}import sys\nprint(sys.argv)\n`), /arguments/);
  });

  test("the author's guard is not doubled, and its main keeps its name", async () => {
    const text = await TEXT(
      'x = len([1])\nprint(x)\n\ndef main():\n    print(2)\n\nif __name__ == "__main__":\n    # go\n    main()\n',
    );
    assert.match(text, /def run\(\) -> int:/);
    assert.match(text, /\n {4}print\(x\)\n\n {4}# go\n {4}main\(\)\n {4}return 0\n/);
    assert.equal(text.match(/__name__/g)?.length, 1);
  });

  test('line breaks and tabs stay', async () => {
    const text = await TEXT('import os\r\nfor x in os.sep:\r\n\tprint(x)\r\n');
    assert.match(text, /\r\n\tfor x in os\.sep:\r\n\t\tprint\(x\)\r\n\treturn 0\r\n/);
    assert.doesNotMatch(text, /[^\r]\n/);
  });
});
