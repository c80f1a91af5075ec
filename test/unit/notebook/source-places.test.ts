import assert from 'node:assert/strict';
import fc from 'fast-check';
import { SourcePlaces } from '../../../src/program/notebook/source-places';

/** A notebook whose cells have these sources, written as given. */
function notebook(...sources: string[]): string {
  const cells = sources.map((source) => `{"cell_type": "code", "source": ${source}, "metadata": {}}`);
  return `{"cells": [\n${cells.join(',\n')}],\n "metadata": {}, "nbformat": 4, "nbformat_minor": 5}`;
}

function spelled(text: string, cell: number, start: number, end: number): string {
  const span = SourcePlaces.of(text)!.spanOf(cell, { start, end })!;
  return text.slice(span.start, span.end);
}

suite('places of sources in a notebook', () => {
  test('in a string and in a list of lines', () => {
    for (const source of [
      '"x = 1\\ny = 22\\n"',
      '["x = 1\\n",\n "y = 22\\n"]',
      '["x = 1", "\\ny = 2", "2\\n"]',
    ]) {
      const text = notebook('["z"]', source);
      assert.equal(spelled(text, 1, 0, 1), 'x');
      assert.equal(spelled(text, 1, 6, 11), source.includes('"2') ? 'y = 2' : 'y = 22'.slice(0, 5));
    }
  });

  test('escapes count as what they stand for', () => {
    const text = notebook('["a = \\"\\u00e9\\ud83d\\ude00\\t\\\\\\"; b\\n"]');
    // a = "é😀<tab>\"; b
    assert.equal(spelled(text, 0, 4, 5), '\\"');
    assert.equal(spelled(text, 0, 5, 6), '\\u00e9');
    assert.equal(spelled(text, 0, 6, 8), '\\ud83d\\ude00');
    assert.equal(spelled(text, 0, 8, 10), '\\t\\\\');
    assert.equal(spelled(text, 0, 13, 14), 'b');
  });

  test('over several lines, the quotes between them within', () => {
    assert.equal(spelled(notebook('["f(\\n",\n "1)"]'), 0, 0, 5), 'f(\\n",\n "1)');
  });

  test('behind the last character, in an empty cell, without a source, without a cell', () => {
    const text = notebook('["ab"]', '[]', '""');
    const places = SourcePlaces.of(text)!;
    assert.equal(places.spanOf(0, { start: 2, end: 2 })!.start, text.indexOf('ab') + 2);
    assert.equal(text[places.spanOf(1, { start: 0, end: 0 })!.start], '{');
    assert.equal(text[places.spanOf(2, { start: 0, end: 0 })!.start], '"');
    assert.equal(places.spanOf(3, { start: 0, end: 0 }), undefined);
    assert.equal(SourcePlaces.of('{'), undefined);
  });

  test('every part of any source is spelled there', () => {
    const lines = fc.array(fc.string({ unit: 'binary', maxLength: 6 }), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(lines, fc.nat(), fc.nat(), (list, a, b) => {
        const source = list.join('');
        if (source === '') return;
        const start = a % source.length;
        const end = start + 1 + (b % (source.length - start));
        const text = spelled(notebook(JSON.stringify(list)), 0, start, end);
        assert.equal((JSON.parse(`["${text}"]`) as string[]).join(''), source.slice(start, end));
      }),
    );
  });
});
