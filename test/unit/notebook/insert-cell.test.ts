import assert from 'node:assert/strict';
import { insertCodeCell } from '../../../src/program/notebook/insert-cell';
import { done, notebookOf, PLAIN, serialise } from './support';

const insert = (text: string, index: number, source: string, id?: string): string =>
  done(insertCodeCell(text, index, source, id));

suite('insertCodeCell', () => {
  test('first, between and last', () => {
    const text = serialise(notebookOf([['a'], ['b\n', 'c']]));
    assert.equal(insert(text, 0, 'x\ny'), serialise(notebookOf([['x\n', 'y'], ['a'], ['b\n', 'c']])));
    assert.equal(insert(text, 1, 'x\ny'), serialise(notebookOf([['a'], ['x\n', 'y'], ['b\n', 'c']])));
    assert.equal(insert(text, 2, 'x\ny'), serialise(notebookOf([['a'], ['b\n', 'c'], ['x\n', 'y']])));
  });

  test('into a notebook without cells', () => {
    for (const indent of [undefined, 0, 1, 2, '\t']) {
      for (const lineBreak of ['\n', '\r\n'] as const) {
        const style = { ...PLAIN, indent, lineBreak };
        assert.equal(
          insert(serialise(notebookOf([]), style), 0, 'a\nb'),
          serialise(notebookOf([['a\n', 'b']]), style),
        );
        assert.equal(insert(serialise(notebookOf([]), style), 0, ''), serialise(notebookOf([[]]), style));
      }
    }
    assert.equal(
      insert('{"cells": [\n]}', 0, 'a'),
      '{"cells": [{"cell_type": "code","execution_count": null,"metadata": {},"outputs": [],"source": ["a"]}]}',
    );
  });

  test('keys in the order of the closest code cell', () => {
    const text =
      '{"cells":[{"cell_type":"markdown","source":[]},{"source":["a"],"outputs":[],"extra":1,"cell_type":"code"}],"nbformat":4,"nbformat_minor":5}';
    assert.equal(
      insert(text, 0, 'x', 'new'),
      text.replace(
        '[{',
        '[{"source":["x"],"outputs":[],"cell_type":"code","execution_count":null,"id":"new","metadata":{}},{',
      ),
    );
  });

  test('without a code cell, in the layout of another', () => {
    const text = '{"cells" : [{ "cell_type" : "markdown", "source" : "a" }]}';
    assert.equal(
      insert(text, 1, 'x\ny'),
      '{"cells" : [{ "cell_type" : "markdown", "source" : "a" },{ "cell_type" : "code", "execution_count" : null, "metadata" : {}, "outputs" : [], "source" : "x\\ny" }]}',
    );
  });

  test('an id from format 4.5 on only', () => {
    const text = (minor: number): string => `{"cells":[],"nbformat":4,"nbformat_minor":${minor}}`;
    assert.match(insert(text(5), 0, '', 'new'), /"id":"new"/);
    assert.match(insert(text(6), 0, '', 'new'), /"id":"new"/);
    assert.doesNotMatch(insert(text(5), 0, ''), /"id"/);
    assert.doesNotMatch(insert(text(4), 0, '', 'new'), /"id"/);
    assert.doesNotMatch(insert('{"cells":[]}', 0, '', 'new'), /"id"/);
    // Where it is not written, it need not be one.
    assert.doesNotMatch(insert(text(4), 0, '', 'no id'), /"id"/);
  });

  test('escapes like the file', () => {
    const text = '{"cells":[],"title":"\\u00e9"}';
    assert.match(insert(text, 0, 'ü'), /"\\u00fc"/);
    assert.match(insert('{"cells":[],"title":"é"}', 0, 'ü'), /"ü"/);
  });

  const refused = (text: string, index: number, id?: string): string => {
    const result = insertCodeCell(text, index, 'x', id);
    assert.ok(typeof result !== 'string');
    return result.reason;
  };

  test('refused', () => {
    const text = '{"cells":[{"id":"a"}],"nbformat":4,"nbformat_minor":5}';
    assert.match(refused(text, 2), /no place for a cell at index 2/);
    assert.match(refused(text, -1), /no place/);
    assert.match(refused(text, 0.5), /no place/);
    assert.match(refused(text, NaN), /no place/);
    assert.match(refused(text, 0, 'a'), /already has a cell with the id "a"/);
    assert.match(refused(text, 0, 'a b'), /not a cell id/);
    assert.match(refused(text, 0, ''), /not a cell id/);
    assert.match(refused(text, 0, 'a'.repeat(65)), /not a cell id/);
    assert.match(refused('{"cells":[],"nbformat":3}', 0), /format 3/);
    assert.match(refused('{"worksheets":[]}', 0), /format 3/);
    assert.match(refused('{"worksheets":[],"nbformat":4}', 0), /worksheets/);
    assert.match(refused('{"cells":[', 0), /not valid JSON/);
  });
});
