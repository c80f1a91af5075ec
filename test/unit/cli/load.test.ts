import assert from 'node:assert/strict';
import { programOf, textKindOf } from '../../../src/cli/load';
import { notebookText } from './support';

suite('cli: loading', () => {
  test('only Python source may name its encoding', () => {
    for (const path of ['a.py', 'sub.x/a.pyw', 'bin/train', 'train'])
      assert.equal(textKindOf(path), 'python', path);
    for (const path of ['config.yaml', 'n.ipynb', 'a.py/pyproject.toml', 'x.txt', '.env']) {
      assert.equal(textKindOf(path), 'json', path);
    }
  });

  test('a script is one cell without an index', () => {
    assert.deepEqual(programOf('train', 'x = 1'), {
      path: 'train',
      kind: 'script',
      isPython: true,
      cells: [{ index: null, kind: 'code', source: 'x = 1', executionCount: null }],
    });
  });

  test('cells of other languages are foreign', () => {
    const notebook = JSON.parse(notebookText('#md T', 'a = 1', 'select 1', 'b = 2')) as {
      cells: { metadata: object }[];
    };
    notebook.cells[2]!.metadata = { vscode: { languageId: 'sql' } };
    notebook.cells[3]!.metadata = { vscode: { languageId: 'python' } };
    const program = programOf('n.ipynb', JSON.stringify(notebook));
    assert.ok('cells' in program);
    assert.deepEqual(
      program.cells.map((cell) => cell.kind),
      ['markdown', 'code', 'foreign', 'code'],
    );
  });

  test('what is no notebook has a reason and a place', () => {
    const problem = programOf('n.ipynb', '{\n  "cells": 1\n}');
    assert.ok('reason' in problem);
    assert.equal(problem.line, 0);
  });
});
