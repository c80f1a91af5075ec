import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readNotebook } from '../../../src/program/notebook/read';
import { savedOutput } from '../../../src/program/notebook/outputs';
import { removeOutputs } from '../../../src/program/notebook/remove-outputs';
import { notebookSource } from '../../../src/program/notebook/toSource';
import { LONGEST_TEXT, textOfOutput } from '../../../src/program/outputs';
import type { OutputRemoval } from '../../../src/text/change';
import { PLAIN, type Style, serialise } from './support';

const partsOf = (output: unknown): readonly (readonly [string, string])[] => {
  const json = `  ${JSON.stringify(output)} `;
  return savedOutput(json, { start: 2, end: json.length - 1 }).parts.map(({ type, text }) => [type, text]);
};

function notebook(outputs: readonly unknown[], style: Style = PLAIN): string {
  const cell = {
    cell_type: 'code',
    execution_count: 1,
    id: 'a',
    metadata: { k: [1] },
    outputs,
    source: ['x\n', 'y'],
  };
  const text = { cell_type: 'markdown', id: 'b', metadata: {}, source: 'é' };
  return serialise({ cells: [text, cell, cell], metadata: {}, nbformat: 4, nbformat_minor: 5 }, style);
}

const stream = (text: string) => ({ name: 'stdout', output_type: 'stream', text: [text] });
const picture = {
  data: { 'image/png': 'iVBO', 'text/plain': ['<Figure>'] },
  metadata: {},
  output_type: 'display_data',
};

/** The removal of some outputs of the cell at index 1. */
function removal(text: string, indexes: readonly number[]): OutputRemoval {
  const file = readNotebook(text);
  if ('reason' in file) throw new Error(file.reason);
  const outputs = notebookSource('n.ipynb', file).cells[1]!.outputs ?? [];
  return {
    cell: 1,
    count: outputs.length,
    removed: indexes.map((index) => ({ index, text: textOfOutput(outputs[index]!) })),
  };
}

suite('Saved outputs', () => {
  test('parts with text', () => {
    assert.deepEqual(partsOf(stream('a\n')), [['stream', 'a\n']]);
    assert.deepEqual(partsOf({ output_type: 'stream', text: 'a\u001b[0m"é' }), [['stream', 'a\u001b[0m"é']]);
    assert.deepEqual(partsOf(picture), [['text/plain', '<Figure>']]);
    assert.deepEqual(
      partsOf({
        output_type: 'execute_result',
        data: {
          'text/html': ['<b>', 'x'],
          'application/json': { a: [1] },
          'application/vnd.plotly.v1+json': {},
        },
      }),
      [
        ['text/html', '<b>x'],
        ['application/json', '{"a":[1]}'],
      ],
    );
    assert.deepEqual(partsOf({ output_type: 'error', ename: 'E', evalue: 'no', traceback: ['a', 'b'] }), [
      ['error', 'E: no\na\nb'],
    ]);
  });
  test('format 3', () => {
    assert.deepEqual(
      partsOf({ output_type: 'pyout', prompt_number: 1, text: ['1'], html: '<b>', png: 'iVBO' }),
      [
        ['text/plain', '1'],
        ['text/html', '<b>'],
      ],
    );
    assert.deepEqual(partsOf({ output_type: 'pyerr', ename: 'E', evalue: '', traceback: [] }), [
      ['error', 'E'],
    ]);
  });
  test('what has another shape gives nothing', () => {
    for (const odd of [
      {},
      { output_type: 'stream' },
      { output_type: 'stream', text: 3 },
      { data: { 'text/plain': {} } },
    ]) {
      assert.deepEqual(partsOf(odd), []);
    }
    assert.deepEqual(partsOf([1]), []);
  });
  test('long texts are cut off', () => {
    assert.equal(partsOf(stream('a'.repeat(LONGEST_TEXT + 5)))[0]![1].length, LONGEST_TEXT);
  });
  test('they are plain data, for threads', () => {
    const file = readNotebook(notebook([stream('a'), picture]));
    if ('reason' in file) throw new Error(file.reason);
    const source = notebookSource('n.ipynb', file);
    assert.deepEqual(structuredClone(source), source);
    assert.equal(source.cells[1]!.outputs!.length, 2);
    assert.equal('outputs' in source.cells[0]!, false);
  });

  const STYLES: Readonly<Record<string, Style>> = {
    'as Jupyter writes': PLAIN,
    'on one line': { ...PLAIN, indent: undefined },
    'on one line with blanks': { ...PLAIN, indent: undefined, comma: ', ' },
    'Windows, ASCII': { ...PLAIN, isAscii: true, lineBreak: '\r\n' },
  };
  for (const [name, style] of Object.entries(STYLES)) {
    test(`only the outputs go: ${name}`, () => {
      const all = [stream('a'), picture, stream('b'), stream('c')];
      fc.assert(
        fc.property(fc.subarray([0, 1, 2, 3], { minLength: 1 }), (gone) => {
          const text = notebook(all, style);
          const left = all.filter((_, index) => !gone.includes(index));
          const [head, tail] = [notebook(all, style), notebook(left, style)];
          const after = removeOutputs(text, [removal(text, gone)]);
          assert.equal(typeof after, 'string');
          // The last cell has all outputs still: its text is that of the old file.
          const second = (json: string): number => json.lastIndexOf('cell_type');
          assert.equal(after, tail.slice(0, second(tail)) + head.slice(second(head)));
        }),
      );
    });
  }
  test('of an unusual layout only what must go', () => {
    const text =
      '{"cells":[{"cell_type":"code","metadata":{},"source":"","execution_count":null,"outputs":[ {"output_type":"stream","name":"stdout","text":"a"} ,\n\t{"output_type":"stream","name":"stdout","text":"b"}]}],"nbformat":4,"nbformat_minor":2}';
    const cut = (index: number): string | object =>
      removeOutputs(text, [{ cell: 0, count: 2, removed: [{ index, text: `stream\n${'ab'[index]}` }] }]);
    assert.equal(cut(0), text.replace(/ \{"output_type":"stream","name":"stdout","text":"a"\} ,\n\t/, ' '));
    assert.equal(cut(1), text.replace(/ ,\n\t\{"output_type":"stream","name":"stdout","text":"b"\}/, ''));
  });
  test('other outputs than expected are an error', () => {
    const text = notebook([stream('a'), stream('b')]);
    assert.throws(() => removeOutputs(notebook([stream('a')]), [removal(text, [0])]), /are not those/);
    assert.throws(
      () => removeOutputs(notebook([stream('b'), stream('b')]), [removal(text, [0])]),
      /are not those/,
    );
  });
  test('old formats are refused', () => {
    const text = '{"worksheets":[{"cells":[]}],"nbformat":3,"nbformat_minor":0,"metadata":{}}';
    const result = removeOutputs(text, [{ cell: 0, count: 0, removed: [] }]);
    assert.match((result as { reason: string }).reason, /format 3/);
    assert.equal(removeOutputs(text, []), text);
  });
});
