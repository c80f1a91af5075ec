import assert from 'node:assert/strict';
import type { Diagnostic } from '../support/contract';
import { judge } from './judge';
import { readMarks } from './markedFile';
import { readPercent, toNotebook } from './percentNotebook';
import type { CaseFile } from './ruleCases';

function scriptOf(content: string): CaseFile {
  return { ...readMarks(content), origin: 'rule/a.py', path: 'a.py', cells: undefined };
}

function notebookOf(content: string): CaseFile {
  const marked = readMarks(content);
  return { ...marked, origin: 'rule/a.nb.py', path: 'a.ipynb', cells: readPercent(marked.text) };
}

function finding(path: string, rule: string, line: number, cell: number | null = null): Diagnostic {
  const place = { line, character: 0 };
  return { path, cell, rule, severity: 'hint', message: '', fixes: [], range: { start: place, end: place } };
}

suite('The format of the labelled cases', () => {
  test('marks are cut, lines and columns stay', () => {
    const file = readMarks('#! only: a-b, c\nx = 1  #! a-b, c\n#!/bin/sh\ny = "#~ c"\nz = 2 #~ a-b\n');
    assert.equal(file.text, '\nx = 1\n#!/bin/sh\ny = "#~ c"\nz = 2\n');
    assert.deepEqual([...file.only!], ['a-b', 'c']);
    assert.deepEqual(
      file.marks.map(({ line, rule, kind }) => [line, rule, kind]),
      [
        [1, 'a-b', 'finding'],
        [1, 'c', 'finding'],
        [4, 'a-b', 'trap'],
      ],
    );
  });

  test('a line may hold a finding and a trap', () => {
    const { text, marks } = readMarks('x = 1  #! a  #~ b');
    assert.equal(text, 'x = 1');
    assert.deepEqual(marks.map(({ rule, kind }) => [rule, kind]).sort(), [
      ['a', 'finding'],
      ['b', 'trap'],
    ]);
  });

  test('notebooks: cells, counts and outputs', () => {
    const cells = readPercent(
      '\n# %% [markdown]\n# Title\n# %% [count=2] [output=a [b]\\nc] [error=E: no]\nx\n\n',
    );
    assert.deepEqual(
      cells.map(({ type, source, line, count }) => [type, source, line, count]),
      [
        ['markdown', 'Title', 1, null],
        ['code', 'x', 3, 2],
      ],
    );
    const { cells: written } = JSON.parse(toNotebook(cells)) as { cells: { outputs?: object[] }[] };
    assert.deepEqual(written[1]!.outputs, [
      { name: 'stdout', output_type: 'stream', text: ['a [b]\n', 'c\n'] },
      { ename: 'E', evalue: 'no', output_type: 'error', traceback: ['E: no'] },
    ]);
  });

  test('what is missed, wrong, or of no rule', () => {
    const file = scriptOf('a  #! r\nb  #! r\nc  #~ r\nd  #! unknown\ne\n');
    const found = [
      finding('a.py', 'r', 0),
      finding('a.py', 'r', 0),
      finding('a.py', 'r', 2),
      finding('a.py', 's', 4),
    ];
    const { scores, mistakes } = judge([file], found, new Set(['r', 's']));
    assert.deepEqual(scores.get('r'), { rule: 'r', hits: 1, missed: 1, wrong: 1, traps: 1, trapsPassed: 0 });
    assert.equal(scores.get('s')!.wrong, 1);
    assert.equal(mistakes.length, 3);
  });

  test('rules that a file does not name are not judged in it', () => {
    const file = scriptOf('#! only: r\na\n');
    const { scores } = judge([file], [finding('a.py', 's', 1)], new Set(['r', 's']));
    assert.equal(scores.get('s')!.wrong, 0);
  });

  test('a mark on a cell means somewhere in it', () => {
    const file = notebookOf('# %%  #! r\nx\ny\n# %%\nz\n');
    const met = judge([file], [finding('a.ipynb', 'r', 1, 0)], new Set(['r'])).scores.get('r')!;
    assert.deepEqual([met.hits, met.wrong], [1, 0]);
    const other = judge([file], [finding('a.ipynb', 'r', 0, 1)], new Set(['r'])).scores.get('r')!;
    assert.deepEqual([other.hits, other.missed, other.wrong], [0, 1, 1]);
  });

  test('suppressions of rules that do not exist yet are not judged', () => {
    const file = scriptOf('a  # graduate: ignore[later]\nb  # graduate: ignore[r]\n');
    const found = [0, 1].map((line) => finding('a.py', 'unused-suppression', line));
    const { scores } = judge([file], found, new Set(['unused-suppression', 'r']));
    assert.equal(scores.get('unused-suppression')!.wrong, 1);
  });
});
