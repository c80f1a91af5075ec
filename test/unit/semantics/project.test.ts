import assert from 'node:assert/strict';
import { importedNames } from '../../../src/semantics/moduleIndex';
import { modulePath } from '../../../src/semantics/project';
import { type Value } from '../../../src/semantics/values';
import { analyseInProject } from '../../support/analysis';

type Files = Readonly<Record<string, string | readonly string[]>>;

/** What the calls of a program call, in order of evaluation. */
async function callees(files: Files, path: string): Promise<string[]> {
  const { facts, context } = await analyseInProject(files, path);
  return facts.units.flatMap((unit) =>
    unit.summary.calls.map(({ node }) =>
      context.evaluator.valuesOf(node.func, unit).map(spoken).join(' or '),
    ),
  );
}

function spoken(value: Value): string {
  switch (value.kind) {
    case 'qualified':
      return value.name;
    case 'function':
    case 'class':
    case 'object':
      return `${value.kind} ${value.node.name} of ${value.unit.facts.program.path}`;
    case 'member':
      return `${spoken(value.receiver)}.${value.name}`;
    default:
      return value.kind;
  }
}

suite('The modules of a project', () => {
  test('what an import of a module means', () => {
    const has = (...paths: string[]) => ({ root: '', has: (path: string) => paths.includes(path) });
    const package_ = has('pkg/__init__.py', 'pkg/sub/__init__.py', 'pkg/sub/m.py', 'pkg/n.py', 'n.py');
    assert.equal(modulePath(package_, 'pkg/sub/m.py', '..n'), 'pkg/n.py');
    assert.equal(modulePath(package_, 'pkg/sub/m.py', '.'), 'pkg/sub/__init__.py');
    assert.equal(modulePath(package_, 'pkg/sub/m.py', 'pkg.n'), 'pkg/n.py');
    assert.equal(modulePath(package_, 'pkg/sub/m.py', 'n'), 'n.py');
    assert.equal(modulePath(package_, 'pkg/n.py', '...n'), undefined);
    assert.equal(modulePath(package_, 'pkg/n.py', '..'), undefined);
    assert.equal(modulePath(has('src/pkg/a.py'), 'notebooks/x.ipynb', 'pkg.a'), 'src/pkg/a.py');
    // A namespace package has no file of its own.
    assert.equal(modulePath(has('src/pkg/a.py'), 'x.py', 'pkg'), undefined);
    assert.equal(
      modulePath({ ...has('a/src/p/x.py', 'b/p/x.py'), root: 'a' }, 'a/t/m.py', 'p.x'),
      'a/src/p/x.py',
    );
    // Unrelated folders are none of its business.
    assert.equal(modulePath(has('other/helpers.py'), 'code/main.py', 'helpers'), undefined);
    assert.equal(modulePath(has('code/helpers.py'), 'code/main.py', 'helpers'), 'code/helpers.py');
    assert.equal(
      modulePath(has('work/pkg/__init__.py', 'work/pkg/a.py', 'work/b.py'), 'work/pkg/a.py', 'b'),
      'work/b.py',
    );
  });

  test('names in import statements', () => {
    const text =
      'import a.b as c, d\nfrom . import (x,  # note\n  y as z)\nfrom .m import *\nif 1:\n    import e\nimported = 3\n';
    assert.deepEqual([...importedNames(text)], ['a', 'a.b', 'd', '.', '.x', '.y', '.m', 'e']);
  });

  test('functions, classes, aliases and constants of other modules', async () => {
    const files = {
      'main.py':
        'import helpers as h\nfrom helpers import Net, load, read\nh.load()\nload()\nNet()\nread()\nh.np.load()\nh.absent()\nNet().step()\n',
      'helpers.py':
        'import numpy as np\nfrom pandas import read_csv as read\nclass Net:\n    def step(self): pass\ndef load(): pass\n',
    };
    assert.deepEqual(await callees(files, 'main.py'), [
      'function load of helpers.py',
      'function load of helpers.py',
      'class Net of helpers.py',
      'pandas.read_csv',
      'numpy.load',
      'helpers.absent',
      'class Net of helpers.py',
      'function step of helpers.py',
    ]);
  });

  test('a package hands its names on, with stars, too', async () => {
    const files = {
      'run.ipynb': ['from pkg import Net, other\n', 'Net()\nother.go()\nimport pkg.deep\npkg.deep.go()\n'],
      'pkg/__init__.py': 'from .net import *\nfrom . import other\n',
      'pkg/net.py': 'class Net: pass\n',
      'pkg/other.py': 'def go(): pass\n',
      'pkg/deep.py': 'from .other import go\n',
    };
    assert.deepEqual(await callees(files, 'run.ipynb'), [
      'class Net of pkg/net.py',
      'function go of pkg/other.py',
      'function go of pkg/other.py',
    ]);
  });

  test('a star import may hide a builtin', async () => {
    const files = { 'main.py': 'from files import *\nopen()\nprint()\n', 'files.py': 'def open(): pass\n' };
    assert.deepEqual(await callees(files, 'main.py'), ['function open of files.py', 'builtins.print']);
  });

  test('a name bound twice, deleted, or by a condition', async () => {
    const files = {
      'main.py': 'from m import a, b, c\na()\nb()\nc()\n',
      'm.py':
        'import json\ndef a(): pass\na = json.load\nif json:\n    b = json.loads\nelse:\n    b = json.dumps\nc = 1\ndel c\n',
    };
    assert.deepEqual(await callees(files, 'main.py'), ['json.load', 'json.loads or json.dumps', 'unknown']);
  });

  test('imports in a circle, and of oneself, end', async () => {
    const files = {
      'a.py': 'from b import x\nimport a\nx()\na.y()\n',
      'b.py': 'from a import x\n',
    };
    assert.deepEqual(await callees(files, 'a.py'), ['b.x', 'a.y']);
  });

  test('a class of one module that derives from one of another', async () => {
    const files = {
      'main.py': 'from models import Net\nnet = Net()\nnet.save()\nnet.forward()\n',
      'models.py': 'import base\nclass Net(base.Base):\n    def forward(self): pass\n',
      'base.py': 'class Base:\n    def save(self): pass\n',
    };
    assert.deepEqual((await callees(files, 'main.py')).slice(1), [
      'function save of base.py',
      'function forward of models.py',
    ]);
  });

  test('who imports whom', async () => {
    const files = {
      'pkg/__init__.py': '',
      'pkg/log.py': 'x = 1\n',
      'pkg/run.py': 'from . import log\n',
      'explore.ipynb': ['# import pkg.run\nfrom pkg.log import x'],
    };
    const importers = async (path: string): Promise<readonly string[]> =>
      (await analyseInProject(files, path)).context.project!.importers;
    assert.deepEqual(await importers('pkg/log.py'), ['pkg/run.py', 'explore.ipynb']);
    assert.deepEqual(await importers('pkg/run.py'), []);
    assert.deepEqual(await importers('pkg/__init__.py'), ['pkg/run.py', 'explore.ipynb']);
  });
});
