import assert from 'node:assert/strict';
import type { Analysis } from '../../../src/actions/engine';
import { addParameter, whyNoParameter } from '../../../src/refactorings/hidden-input';
import type { ProjectView } from '../../../src/semantics/project';
import { analyse, applied, notebookSource } from '../../support/analysis';

const READ = 'import json\nrows = json.load(open("r.json"))\n';

function first(analysis: Analysis) {
  const finding = analysis.findings.find(({ rule }) => rule === 'hidden-input');
  assert.ok(finding, 'there is no finding');
  return finding;
}

/** The program after the first fix, without its first two lines. */
async function fixed(rest: string): Promise<string> {
  const analysis = await analyse(READ + rest);
  const text = applied(addParameter(analysis, first(analysis)))['program.py']!;
  assert.ok(text.startsWith(READ));
  return text.slice(READ.length);
}

suite('hidden-input', () => {
  const cases: readonly (readonly [string, string])[] = [
    ['def f():\n    return rows\nf()\n', 'def f(rows):\n    return rows\nf(rows)\n'],
    [
      'def f(a):\n    return rows\nf(1)\nf(a=1)\n',
      'def f(a, rows):\n    return rows\nf(1, rows)\nf(a=1, rows=rows)\n',
    ],
    [
      'def f(a=1):\n    return rows\nf()\nf(2)\n',
      'def f(a=1, *, rows):\n    return rows\nf(rows=rows)\nf(2, rows=rows)\n',
    ],
    ['def f(*a):\n    return rows\nf(1, 2)\n', 'def f(*a, rows):\n    return rows\nf(1, 2, rows=rows)\n'],
    ['def f(*, a):\n    return rows\nf(a=1)\n', 'def f(*, a, rows):\n    return rows\nf(a=1, rows=rows)\n'],
    [
      'def f(a, **b):\n    return rows\nf(1)\n',
      'def f(a, *, rows, **b):\n    return rows\nf(1, rows=rows)\n',
    ],
    ['def f(*a, **b):\n    return rows\nf(1)\n', 'def f(*a, rows, **b):\n    return rows\nf(1, rows=rows)\n'],
    ['def f(a, /):\n    return rows\nf(1)\n', 'def f(a, /, rows):\n    return rows\nf(1, rows)\n'],
    [
      'def f(a: int = (1),):\n    return rows\nf(((2)),)\n',
      'def f(a: int = (1), *, rows):\n    return rows\nf(((2)), rows=rows)\n',
    ],
    [
      'def f(\n    a,  # one, )\n):\n    return rows\nf(\n    1,  # )\n)\n',
      'def f(\n    a, rows  # one, )\n):\n    return rows\nf(\n    1, rows  # )\n)\n',
    ],
    [
      'def f(n):\n    return f(n - 1) if n else rows\nf(3)\n',
      'def f(n, rows):\n    return f(n - 1, rows) if n else rows\nf(3, rows)\n',
    ],
  ];
  for (const [before, after] of cases) {
    test(before.replaceAll('\n', '; '), async () => {
      assert.equal(await fixed(before), after);
    });
  }

  test('in the cells of a notebook, with a note on who reads the variable now', async () => {
    const cells = [
      READ,
      'def f(a):\n    return rows',
      '[markdown] f(1)',
      'def g():\n    return f(1)',
      'g()\nf(2)',
    ];
    const analysis = await analyse(notebookSource('n.ipynb', cells));
    const outcome = addParameter(analysis, first(analysis));
    assert.deepEqual(applied(outcome), {
      'n.ipynb#1': 'def f(a, rows):\n    return rows',
      'n.ipynb#3': 'def g():\n    return f(1, rows)',
      'n.ipynb#4': 'g()\nf(2, rows)',
    });
    assert.deepEqual(
      outcome.notes.map(({ cell, line, message }) => [cell, line, message]),
      [[3, 0, 'g reads rows of the module to hand it in']],
    );
  });

  test('a module that others import is left alone', async () => {
    const analysis = await analyse(`${READ}def f():\n    return rows\nprint(f())\n`);
    const project = (importers: readonly string[]): ProjectView => ({
      importers,
      moduleNamed: () => undefined,
    });
    const within = (importers: readonly string[]): Analysis => ({
      ...analysis,
      context: { ...analysis.context, project: project(importers) },
    });
    assert.equal(whyNoParameter(within([]), first(analysis)), undefined);
    assert.match(whyNoParameter(within(['app.py']), first(analysis)) ?? '', /^app\.py imports this module/);
    assert.equal(addParameter(within(['app.py']), first(analysis)).status, 'refused');
  });

  test('says where the function is used as a value', async () => {
    const analysis = await analyse(`${READ}def f():\n    return rows\nprint(f(),\n      f)\n`);
    assert.equal(whyNoParameter(analysis, first(analysis)), 'f is used as a value in line 6');
  });
});
