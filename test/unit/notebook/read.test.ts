import assert from 'node:assert/strict';
import {
  outputOf,
  readNotebook,
  type NotebookCell,
  type NotebookFile,
} from '../../../src/program/notebook/read';
import type { NotebookError } from '../../../src/program/notebook/tree';
import { notebookOf, serialise } from './support';

function read(notebook: unknown): NotebookFile {
  const result = readNotebook(typeof notebook === 'string' ? notebook : serialise(notebook));
  assert.ok(!('reason' in result), 'reason' in result ? result.reason : '');
  return result;
}

function refused(text: string): NotebookError {
  const result = readNotebook(text);
  assert.ok('reason' in result);
  assert.doesNotMatch(result.reason, /\.$/);
  return result;
}

const cell = (json: string): NotebookCell =>
  read(`{"cells": [${json}], "nbformat": 4, "nbformat_minor": 5}`).cells[0]!;

suite('readNotebook: cells', () => {
  test('reads what Jupyter writes', () => {
    const notebook = read({
      cells: [
        { cell_type: 'markdown', id: 'a', metadata: {}, source: ['# Title\n', 'text'] },
        {
          cell_type: 'code',
          execution_count: 7,
          id: 'b',
          metadata: { tags: ['x'] },
          outputs: [{ output_type: 'stream', text: ['1\n'] }, { output_type: 'error' }],
          source: ['x = 1\n', 'x'],
        },
        { cell_type: 'raw', id: 'c', metadata: {}, source: [] },
      ],
      metadata: {
        kernelspec: { name: 'python3', language: 'python' },
        language_info: { name: 'python', version: '3.11.7' },
      },
      nbformat: 4,
      nbformat_minor: 5,
    });
    assert.equal(notebook.nbformat, 4);
    assert.equal(notebook.nbformatMinor, 5);
    assert.equal(notebook.readOnly, undefined);
    assert.equal(notebook.language, 'python');
    assert.equal(notebook.languageVersion, '3.11.7');
    assert.equal(notebook.kernelName, 'python3');
    const [title, code, raw] = notebook.cells;
    assert.deepEqual(title, {
      index: 0, type: 'markdown', id: 'a', languageId: undefined, source: '# Title\ntext', executionCount: null, metadata: {}, outputs: [],
    }); // prettier-ignore
    assert.equal(code!.source, 'x = 1\nx');
    assert.equal(code!.executionCount, 7);
    assert.deepEqual(code!.metadata, { tags: ['x'] });
    assert.deepEqual(
      code!.outputs.map((output) => outputOf(notebook, output)),
      [{ output_type: 'stream', text: ['1\n'] }, { output_type: 'error' }],
    );
    assert.equal(raw!.source, '');
    assert.equal(raw!.type, 'raw');
  });

  const sources: [string, string][] = [
    ['"source": "a\\nb"', 'a\nb'],
    ['"source": ["a\\n", "b"]', 'a\nb'],
    ['"source": ["a", "b"]', 'ab'],
    ['"source": ["a\\nb\\n", "", "c"]', 'a\nb\nc'],
    ['"source": []', ''],
    ['"source": [""]', ''],
    ['"source": ""', ''],
    ['"source": null', ''],
    ['"metadata": {}', ''],
    ['"source": "a\\r\\nb\\rc"', 'a\r\nb\rc'],
    ['"source": "\\u00e9\\ud83d\\ude00\\ud83d"', 'é😀\ud83d'],
    ['"source": "x", "source": "y"', 'y'],
    ['"source": "\\u2028\u2028\\u0000"', '\u2028\u2028\0'],
  ];
  for (const [member, source] of sources) {
    test(`the source of {${member}}`, () => {
      assert.equal(cell(`{"cell_type": "code", ${member}}`).source, source);
    });
  }

  test('what is missing or odd is filled in', () => {
    assert.deepEqual(cell('{"cell_type": "code", "metadata": null, "outputs": null, "execution_count": "3", "id": 5}'), {
      index: 0, type: 'code', id: undefined, languageId: undefined, source: '', executionCount: null, metadata: {}, outputs: [],
    }); // prettier-ignore
    assert.equal(cell('{}').type, 'raw');
    assert.equal(cell('{"cell_type": "cell"}').type, 'raw');
    assert.equal(cell('{"cell_type": "heading"}').type, 'markdown');
    assert.equal(cell('{"cell_type": "code", "execution_count": 1.5}').executionCount, null);
    assert.equal(cell('{"cell_type": "code", "execution_count": 0}').executionCount, 0);
  });

  test('repeated ids are kept as they are', () => {
    const notebook = read({ ...notebookOf([]), cells: [{ id: 'a' }, { id: 'a' }] });
    assert.deepEqual(
      notebook.cells.map(({ id }) => id),
      ['a', 'a'],
    );
  });

  test('the language of one cell', () => {
    const language = (metadata: string): string | undefined =>
      cell(`{"cell_type": "code", "metadata": ${metadata}}`).languageId;
    assert.equal(language('{"vscode": {"languageId": "sql"}}'), 'sql');
    assert.equal(language('{"vscode": {"languageId": ""}}'), undefined);
    assert.equal(language('{"vscode": {"languageId": 3}}'), undefined);
    assert.equal(language('{"vscode": "sql"}'), undefined);
    assert.equal(language('{"vscode": null}'), undefined);
    assert.equal(language('{}'), undefined);
  });

  test('NaN in metadata and outputs', () => {
    const notebook = read(
      '{"cells":[{"metadata":{"x":NaN},"outputs":[Infinity,{"y":-Infinity}]}],"nbformat":4,"nbformat_minor":5}',
    );
    assert.deepEqual(notebook.cells[0]!.metadata, { x: NaN });
    assert.deepEqual(
      notebook.cells[0]!.outputs.map((output) => outputOf(notebook, output)),
      [Infinity, { y: -Infinity }],
    );
  });

  test('byte-order mark, CRLF, tabs, one line', () => {
    const text = serialise(notebookOf([['a\n', 'b']]));
    for (const variant of [
      `\ufeff${text}`,
      text.replaceAll('\n', '\r\n'),
      text.replaceAll('\n', '\r'),
      text.replaceAll('\n', '\n\t'),
    ]) {
      assert.equal(read(variant).cells[0]!.source, 'a\nb');
    }
    assert.equal(read(JSON.stringify(notebookOf([['a\n', 'b']]))).cells[0]!.source, 'a\nb');
  });

  test('no cells, and repeated keys', () => {
    assert.deepEqual(read({ ...notebookOf([]) }).cells, []);
    assert.deepEqual(read('{"cells": [{"source": "a"}], "cells": [], "nbformat": 4}').cells, []);
  });
});

suite('readNotebook: formats', () => {
  test('format 3: worksheets', () => {
    const notebook = read({
      metadata: { name: 'old' },
      nbformat: 3,
      nbformat_minor: 0,
      worksheets: [
        {
          cells: [
            { cell_type: 'heading', level: 1, metadata: {}, source: ['Title'] },
            { cell_type: 'code', collapsed: false, input: ['x = 1\n', 'x'], language: 'python', metadata: {}, outputs: [{ output_type: 'pyout' }], prompt_number: 3 },
            { cell_type: 'code', input: 'puts 1', language: 'ruby', metadata: { tags: [] }, outputs: [] },
          ],
          metadata: {},
        },
        { cells: [{ cell_type: 'markdown', source: 'second sheet' }] },
      ],
    }); // prettier-ignore
    assert.deepEqual(
      notebook.cells.map(({ index, type, source }) => [index, type, source]),
      [
        [0, 'markdown', 'Title'],
        [1, 'code', 'x = 1\nx'],
        [2, 'code', 'puts 1'],
        [3, 'markdown', 'second sheet'],
      ],
    );
    assert.equal(notebook.cells[1]!.executionCount, 3);
    assert.deepEqual(
      notebook.cells[1]!.outputs.map((output) => outputOf(notebook, output)),
      [{ output_type: 'pyout' }],
    );
    assert.equal(notebook.cells[1]!.languageId, undefined);
    assert.equal(notebook.cells[2]!.languageId, 'ruby');
    assert.match(notebook.readOnly!, /format 3 can be read but not changed/);
  });

  test('format 2', () => {
    const notebook = read({
      metadata: {},
      nbformat: 2,
      worksheets: [
        {
          cells: [
            { cell_type: 'code', input: 'a', prompt_number: 1 },
            { cell_type: 'html', source: 'b' },
          ],
        },
      ],
    });
    assert.deepEqual(
      notebook.cells.map(({ type, source }) => [type, source]),
      [
        ['code', 'a'],
        ['markdown', 'b'],
      ],
    );
    assert.match(notebook.readOnly!, /format 2/);
  });

  test('before format 4 there may be no worksheets, and worksheets without cells', () => {
    assert.deepEqual(read('{"nbformat": 3}').cells, []);
    assert.deepEqual(read('{"nbformat": 3, "worksheets": [{}, {"cells": [{}]}]}').cells.length, 1);
  });

  test('a missing format number is taken from the shape', () => {
    assert.equal(read('{"cells": []}').nbformat, 4);
    assert.equal(read('{"cells": []}').nbformatMinor, 0);
    assert.equal(read('{"cells": []}').readOnly, undefined);
    assert.equal(read('{"worksheets": []}').nbformat, 3);
  });

  test('formats to come, and mixtures, can be read only', () => {
    assert.match(read('{"cells": [], "nbformat": 5}').readOnly!, /format 5/);
    assert.match(read('{"cells": [{"input": "a"}], "nbformat": 3}').readOnly!, /format 3/);
    assert.match(read('{"worksheets": [{"cells": []}], "nbformat": 4}').readOnly!, /worksheets/);
  });
});

suite('readNotebook: refused', () => {
  const cases: [string, RegExp, number, number][] = [
    ['', /file is empty/, 0, 0],
    ['\ufeff \n', /file is empty/, 0, 0],
    ['[]', /not a JSON object/, 0, 0],
    ['"x"', /not a JSON object/, 0, 0],
    ['{}', /no list of cells/, 0, 0],
    ['{"cells": {}}', /no list of cells/, 0, 0],
    ['{"cells": {}, "worksheets": [{"cells": []}]}', /no list of cells/, 0, 0],
    ['{"worksheets": [{"cells": {}}]}', /no list of cells/, 0, 0],
    ['{"nbformat": 4}', /no list of cells/, 0, 0],
    ['{"worksheets": [1]}', /no list of cells/, 0, 0],
    ['{"cells": [], "nbformat": 1}', /format 1 cannot be read/, 0, 0],
    ['{"cells": [{},\n  7]}', /cell at index 1 is not a JSON object/, 1, 2],
    ['{"cells": [null]}', /cell at index 0 is not/, 0, 11],
    ['{"worksheets": [{"cells": [{}]}, {"cells": [{}, []]}]}', /cell at index 2 is not/, 0, 48],
    ['{"cells": [{"source": 5}]}', /source of the cell at index 0/, 0, 22],
    ['{"cells": [{"source": {}}]}', /source of the cell at index 0/, 0, 22],
    ['{"cells": [{"source": true}]}', /source of the cell at index 0/, 0, 22],
    ['{"cells": [{}, {"source": ["a", 1]}]}', /source of the cell at index 1/, 0, 26],
    ['{"cells": [{"source": [["a"]]}]}', /source of the cell at index 0/, 0, 22],
    ['{\n "cells": [\r\n  {"source": "é" "x"}]}', /not valid JSON: expected ',' or '}'/, 2, 17],
    ['{"cells": [', /not valid JSON: the text ends too early/, 0, 11],
    ['{"cells": []}\n}', /not valid JSON: there is more text/, 1, 0],
    ['{"cells": [{\n<<<<<<< HEAD\n"source": ""\n=======\n', /merge conflict/, 1, 0],
    ['version https://git-lfs.github.com/spec/v1\n', /not valid JSON/, 0, 0],
    ['{"cells": [{"source": "a\nb"}]}', /not valid JSON: there is a line break/, 0, 24],
  ];
  for (const [text, reason, line, character] of cases) {
    test(JSON.stringify(text), () => {
      const error = refused(text);
      assert.match(error.reason, reason);
      assert.deepEqual([error.line, error.character], [line, character]);
    });
  }
});

suite('readNotebook: language', () => {
  const languageOf = (metadata: unknown): string => read({ ...notebookOf([]), metadata }).language;
  const cases: [unknown, string][] = [
    [{}, 'python'],
    [null, 'python'],
    [{ kernelspec: null, language_info: [] }, 'python'],
    [{ kernelspec: { name: 'python3' } }, 'python'],
    [{ kernelspec: { name: 'my-venv', display_name: 'My env' } }, 'python'],
    [{ kernelspec: { name: 'conda-env-r4-py', language: '' } }, 'python'],
    [{ kernelspec: { name: 'python3', language: 'Python' } }, 'python'],
    [{ kernelspec: { name: 'xpython' }, language_info: { name: 'ipython' } }, 'python'],
    [{ kernelspec: { name: 'xpython', language: 'xpython' } }, 'python'],
    [{ language_info: { name: 'python3' } }, 'python'],
    [{ kernelspec: { name: 'ir', language: 'R' } }, 'r'],
    [{ kernelspec: { name: 'ir' } }, 'r'],
    [{ kernelspec: { name: 'IR' } }, 'r'],
    [{ kernelspec: { name: 'julia-1.9' } }, 'julia'],
    [{ language_info: { name: 'R' } }, 'r'],
    [{ language_info: { name: 'julia' }, kernelspec: { name: 'python3' } }, 'julia'],
    [{ kernelspec: { name: 'deno', language: 'typescript' } }, 'typescript'],
    [{ kernelspec: { name: '.net-csharp', language: 'C#' } }, 'c#'],
    [{ kernelspec: { name: '.net-powershell' } }, 'powershell'],
    [{ kernelspec: { name: 'xcpp17' } }, 'c++'],
    [{ kernelspec: { name: 'bash' } }, 'bash'],
    [{ kernelspec: { name: 'pysparkkernel', language: '' }, language_info: { name: 'pyspark' } }, 'pyspark'],
    [{ kernelspec: { name: 'sagemath', language: '' }, language_info: { name: 'python' } }, 'sage'],
    [{ kernelspec: { name: 'sagemath' } }, 'sage'],
    [{ kernelspec: { name: 'sagemath', language: 'sage' }, language_info: { name: 'python' } }, 'sage'],
    [{ kernelspec: { name: 'SageMath-10.0', language: 'python' } }, 'sage'],
    [{ kernelspec: { name: 'sagemaker-python' } }, 'python'],
    [{ kernelspec: { name: 'sos', language: 'sos' } }, 'sos'],
    [{ language: 'Julia' }, 'julia'],
    [{ kernelspec: { language: 3, name: [] } }, 'python'],
  ];
  for (const [metadata, language] of cases) {
    test(`${JSON.stringify(metadata)} is ${language}`, () => {
      assert.equal(languageOf(metadata), language);
    });
  }
});
