import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import type { CheckOutput } from '../support/contract';
import { notebookText } from '../unit/cli/support';
import { inPlace } from './support';

const ABSOLUTE = 'import pandas as pd\n\nd = "é😀"; data = pd.read_csv("/Users/petra/data.csv")\n';
const RELATIVE = 'import pandas as pd\n\ndata = pd.read_csv("data.csv")\n';

suite('graduate check', () => {
  test('JSON: a script, places in UTF-16 code units', () =>
    inPlace({ 'sub/a.py': ABSOLUTE }, async (place) => {
      const answer = await place.run(['check', '--format', 'json']);
      assert.equal(answer.stderr, '');
      assert.equal(answer.status, 0);
      const output = answer.json as CheckOutput;
      assert.deepEqual(Object.keys(output), ['version', 'files', 'diagnostics']);
      assert.deepEqual([output.version, output.files, output.diagnostics.length], [1, 1, 1]);
      const [{ message, ...rest }] = output.diagnostics as [CheckOutput['diagnostics'][number]];
      assert.ok(message);
      assert.deepEqual(rest, {
        path: 'sub/a.py',
        cell: null,
        range: { start: { line: 2, character: 30 }, end: { line: 2, character: 53 } },
        rule: 'hard-coded-path',
        severity: 'warning',
        fixes: [{ title: 'Move to config (adds PyYAML)', kind: 'keeps' }],
      });
    }));

  test('JSON: a notebook, the cell as an index of all cells', () =>
    inPlace({ 'n.ipynb': notebookText('#md Title', 'import pandas as pd', RELATIVE) }, async (place) => {
      const { diagnostics } = (await place.run(['check', '--format=json', 'n.ipynb'])).json as CheckOutput;
      assert.deepEqual(
        diagnostics.map(({ path: file, cell, range }) => [file, cell, range.start]),
        [['n.ipynb', 2, { line: 2, character: 19 }]],
      );
    }));

  test('text is for people: one-based, with a summary', () =>
    inPlace({ 'n.ipynb': notebookText('#md Title', RELATIVE), 'a.py': 'x = 1\n' }, async (place) => {
      const answer = await place.run(['check']);
      assert.equal(
        answer.stdout,
        [
          'n.ipynb:cell 2:3:20: hint Path "data.csv" is hard-coded (hard-coded-path)\n',
          '1 finding in 1 of 2 files: 1 hint\n',
        ].join(''),
      );
      assert.equal(answer.stderr, '');
    }));

  test('--fail-on', () =>
    inPlace({ 'a.py': ABSOLUTE }, async (place) => {
      const statuses = [];
      for (const severity of ['error', 'warning', 'information', 'hint']) {
        statuses.push((await place.run(['check', '--fail-on', severity])).status);
      }
      assert.deepEqual(statuses, [0, 1, 1, 1]);
    }));

  test('an error makes the status 1', () =>
    inPlace({ 'n.ipynb': notebookText('print(total)', 'total = 1') }, async (place) => {
      const answer = await place.run(['check', '--format', 'json']);
      assert.equal(answer.status, 1);
      assert.equal((answer.json as CheckOutput).diagnostics[0]?.severity, 'error');
    }));

  test('what cannot be read is told in one line each, and the rest is checked', () =>
    inPlace(
      {
        'a.py': RELATIVE,
        'broken.ipynb': '{"cells": [\n  {"cell_type": ]}',
        'empty.ipynb': '',
        'latin.py': Buffer.from('x = 1\ny = "é"\n', 'latin1'),
        'nul.py': 'x = 1\0\n',
        'odd.py': '# coding: klingon\n',
        'utf16.py': Buffer.from('\ufeffx = 1\n', 'utf16le'),
      },
      async (place) => {
        const answer = await place.run(['check', '.', 'gone.py', '--format', 'json']);
        assert.equal(answer.status, 2);
        const output = answer.json as CheckOutput;
        assert.deepEqual([output.files, output.diagnostics.length], [1, 1]);
        assert.deepEqual(
          answer.complaints.map((line) => /^graduate: ([a-z0-9]+\.\w+)(?::\d+)*: \S/.exec(line)?.[1]),
          ['gone.py', 'broken.ipynb', 'empty.ipynb', 'latin.py', 'nul.py', 'odd.py', 'utf16.py'],
        );
      },
    ));

  // Root may read everything.
  if (process.getuid?.() !== 0) {
    test('a file without read permission', () =>
      inPlace({ 'a.py': 'x = 1\n' }, async (place) => {
        fs.chmodSync(path.join(place.folder, 'a.py'), 0);
        const answer = await place.run(['check']);
        assert.deepEqual([answer.status, answer.stderr], [2, 'graduate: a.py: no permission\n']);
      }));
  }

  test('what is not Python 3 is noted and no failure', () =>
    inPlace(
      { 'old.py': 'import os\nprint "x"\n', 'n.ipynb': notebookText('x = 1', 'def f(:\n    pass') },
      async (place) => {
        const answer = await place.run(['check']);
        assert.equal(answer.status, 0);
        assert.deepEqual(answer.complaints, [
          'n.ipynb:cell 2:1:7: not valid Python, not checked',
          'old.py:2:1: print statement is not Python 3, not checked',
        ]);
        assert.equal(answer.stdout, 'No findings in 2 files\n');
      },
    ));

  test('notebooks of other languages are left alone', () =>
    inPlace(
      { 'r.ipynb': notebookText('x <- read.csv("/Users/petra/x.csv")').replaceAll('python', 'R') },
      async (place) => {
        const answer = await place.run(['check', '--format', 'json']);
        assert.deepEqual([answer.status, answer.stderr], [0, '']);
        assert.deepEqual(answer.json, { version: 1, files: 1, diagnostics: [] });
      },
    ));

  test('.gitignore, environments and checkpoints are left out', () =>
    inPlace(
      {
        '.gitignore': 'scratch/\n',
        'scratch/a.py': ABSOLUTE,
        'env/pyvenv.cfg': '',
        'env/a.py': ABSOLUTE,
        '.ipynb_checkpoints/a.ipynb': notebookText(ABSOLUTE),
        'b.py': '',
      },
      async (place) => {
        assert.equal((await place.run(['check'])).stdout, 'No findings in 1 file\n');
        assert.match((await place.run(['check', 'scratch/a.py'])).stdout, /^1 finding /m);
      },
    ));

  test('no colour and no progress where nobody looks; colour on demand', () =>
    inPlace({ 'a.py': ABSOLUTE }, async (place) => {
      const plain = await place.run(['check']);
      assert.ok(!plain.stdout.includes('\x1b') && !plain.stderr.includes('\r'));
      assert.ok((await place.run(['check'], { env: { FORCE_COLOR: '1' } })).stdout.includes('\x1b['));
    }));

  test('two runs print the same', () =>
    inPlace({ 'b/x.py': ABSOLUTE, 'a/x.py': RELATIVE, 'c.ipynb': notebookText(RELATIVE) }, async (place) => {
      const [first, second] = [await place.run(['check']), await place.run(['check'])];
      assert.equal(first.stdout, second.stdout);
    }));
});
