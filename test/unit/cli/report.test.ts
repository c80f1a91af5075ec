import assert from 'node:assert/strict';
import type { Diagnostic } from '../../../src/cli/diagnostics';
import { hasColour, processIo } from '../../../src/cli/io';
import { printable, shownPlace } from '../../../src/cli/places';
import { checkJson } from '../../../src/cli/report/checkJson';
import { checkText } from '../../../src/cli/report/checkText';
import type { Severity } from '../../../src/rules/rule';

function diagnostic(path: string, cell: number | null, severity: Severity, message = 'is bad'): Diagnostic {
  return {
    path,
    cell,
    range: { start: { line: 2, character: 4 }, end: { line: 2, character: 9 } },
    rule: 'some-rule',
    severity,
    message,
    fixes: [{ title: 'Mend', kind: 'keeps' }],
  };
}

suite('cli: reports of check', () => {
  test('text counts from one and names the cell', () => {
    const diagnostics = [
      diagnostic('a.py', null, 'error'),
      diagnostic('n.ipynb', 0, 'hint'),
      diagnostic('n.ipynb', 3, 'hint'),
      diagnostic('n.ipynb', 3, 'information'),
    ];
    assert.equal(
      checkText({ files: 5, diagnostics }),
      [
        'a.py:3:5: error is bad (some-rule)\n',
        'n.ipynb:cell 1:3:5: hint is bad (some-rule)\n',
        'n.ipynb:cell 4:3:5: hint is bad (some-rule)\n',
        'n.ipynb:cell 4:3:5: information is bad (some-rule)\n',
        '4 findings in 2 of 5 files: 1 error, 1 information, 2 hints\n',
      ].join(''),
    );
  });

  test('text of nothing', () => {
    assert.equal(checkText({ files: 1, diagnostics: [] }), 'No findings in 1 file\n');
    assert.equal(checkText({ files: 0, diagnostics: [] }), 'No Python scripts or notebooks here\n');
  });

  test('text in colour says the same', () => {
    const report = { files: 1, diagnostics: [diagnostic('a.py', null, 'warning')] };
    const coloured = checkText(report, true);
    assert.match(coloured, /\x1b\[33mwarning\x1b\[0m/);
    assert.equal(coloured.replace(/\x1b\[\d+m/g, ''), checkText(report));
  });

  test('text of a file never commands the terminal or breaks the line', () => {
    const text = checkText({
      files: 1,
      diagnostics: [diagnostic('a\n.py', null, 'error', 'path "\x1b[2J\r\n"')],
    });
    assert.equal(text.split('\n').length, 3);
    assert.ok(!text.includes('\x1b'));
  });

  test('JSON is the contract', () => {
    const one = diagnostic('a/n.ipynb', 3, 'error');
    assert.deepEqual(JSON.parse(checkJson({ files: 2, diagnostics: [one] })), {
      version: 1,
      files: 2,
      diagnostics: [
        {
          path: 'a/n.ipynb',
          cell: 3,
          range: { start: { line: 2, character: 4 }, end: { line: 2, character: 9 } },
          rule: 'some-rule',
          severity: 'error',
          message: 'is bad',
          fixes: [{ title: 'Mend', kind: 'keeps' }],
        },
      ],
    });
  });
});

suite('cli: places', () => {
  test('are one-based', () => {
    assert.equal(shownPlace({ path: 'a.py', cell: null, line: 0 }), 'a.py:1');
    assert.equal(shownPlace({ path: 'n.ipynb', cell: 0, line: 1, character: 0 }), 'n.ipynb:cell 1:2:1');
  });

  test('control characters are spelled out, other text is not', () => {
    assert.equal(printable('é\t"\u0007\u009b'), 'é\\t"\\x07\\x9b');
  });
});

suite('cli: terminal', () => {
  test('colour', () => {
    assert.equal(hasColour({}, true), true);
    assert.equal(hasColour({}, false), false);
    assert.equal(hasColour({ NO_COLOR: '1' }, true), false);
    assert.equal(hasColour({ NO_COLOR: '' }, true), true);
    assert.equal(hasColour({ TERM: 'dumb' }, true), false);
    assert.equal(hasColour({ FORCE_COLOR: '1', NO_COLOR: '1' }, false), true);
    assert.equal(hasColour({ FORCE_COLOR: '0' }, true), false);
  });

  function terminal(isTTY: boolean) {
    const written: string[] = [];
    const listeners: ((error: NodeJS.ErrnoException) => void)[] = [];
    const stream = (name: string) => ({
      isTTY,
      columns: 12,
      write: (text: string) => written.push(`${name}:${text}`),
      on: (_event: 'error', listener: (error: NodeJS.ErrnoException) => void) => listeners.push(listener),
    });
    const io = processIo({ stdout: stream('out'), stderr: stream('err'), env: {}, cwd: () => '/' });
    return { io, written, fail: (code: string) => listeners[0]!(Object.assign(new Error(code), { code })) };
  }

  test('a status line is cut, and gone before anything else is printed', () => {
    const { io, written } = terminal(true);
    io.status('checking 1/200 file.py');
    io.out('result\n');
    io.status(undefined);
    io.err('problem');
    assert.deepEqual(written, ['err:\r\x1b[Kchecking 1/', 'err:\r\x1b[K', 'out:result\n', 'err:problem\n']);
  });

  test('no status line where nobody looks', () => {
    const { io, written } = terminal(false);
    io.status('checking');
    assert.deepEqual(written, []);
  });

  test('a reader that goes away is no error, a full disk is one', () => {
    const { io, written, fail } = terminal(false);
    fail('EPIPE');
    io.out('result');
    assert.deepEqual(written, []);
    assert.throws(() => fail('ENOSPC'), /ENOSPC/);
  });
});
