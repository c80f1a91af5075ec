import assert from 'node:assert/strict';
import { applyCellEdits } from '../../../src/program/notebook/cell-edits';
import { readNotebook } from '../../../src/program/notebook/read';
import { done, itemsOf, notebookOf, serialise } from './support';

/** Bounds on processor time, for a slow and busy machine; they catch work that is not linear. */
suite('notebooks of many megabytes', function () {
  this.timeout(180_000);

  function timed<T>(limit: number, work: () => T): T {
    const start = process.cpuUsage();
    const result = work();
    const { user, system } = process.cpuUsage(start);
    const took = (user + system) / 1000;
    assert.ok(took < limit, `took ${Math.round(took)} ms`);
    return result;
  }

  function withOutputs(data: unknown, count: number): string {
    const notebook = notebookOf(Array.from({ length: count }, (_, i) => [`plot(${i})\n`, 'é']));
    for (const cell of notebook.cells)
      cell['outputs'] = [{ output_type: 'display_data', data, metadata: {} }];
    return serialise(notebook);
  }

  test('20 MB of images', () => {
    const text = withOutputs({ 'image/png': 'iVBORw0KGgo/+A=='.repeat(12_500) }, 100);
    assert.ok(text.length > 20_000_000);
    const notebook = timed(2000, () => readNotebook(text));
    assert.ok(!('reason' in notebook) && notebook.cells.length === 100);
    const edited = timed(4000, () => applyCellEdits(text, [{ cell: 50, newSource: 'x\né' }]));
    assert.equal(done(edited).length, text.length - 'plot(50)'.length + 1);
  });

  test('20 MB of numbers', () => {
    const text = withOutputs(
      { 'application/vnd.plotly.v1+json': [{ x: Array.from({ length: 10_000 }, (_, i) => i + 0.125) }] },
      100,
    );
    assert.ok(text.length > 15_000_000);
    assert.ok(!('reason' in timed(4000, () => readNotebook(text))));
  });

  for (const shape of ['list', 'string'] as const) {
    test(`a cell of 5 MB as a ${shape}`, () => {
      const source = Array.from(
        { length: 100_000 },
        (_, i) => `value_${i} = "é" * ${i} + "some more text in this line"\n`,
      ).join('');
      const text = serialise(notebookOf([shape === 'list' ? itemsOf(source) : source]));
      const notebook = timed(4000, () => readNotebook(text));
      assert.ok(!('reason' in notebook) && notebook.cells[0]!.source === source);
      const newSource = `first\n${source.replace('value_5000 ', 'other ')}last`;
      const result = timed(10000, () => applyCellEdits(text, [{ cell: 0, newSource }]));
      assert.equal(result, serialise(notebookOf([shape === 'list' ? itemsOf(newSource) : newSource])));
    });

    test(`a line of 5 MB in a ${shape}`, () => {
      const source = `x = "${'é\\n"'.repeat(1_250_000)}"`;
      const text = serialise(notebookOf([shape === 'list' ? [source] : source]));
      const result = timed(10000, () => applyCellEdits(text, [{ cell: 0, newSource: `${source}\ny` }]));
      assert.equal(result, serialise(notebookOf([shape === 'list' ? [`${source}\n`, 'y'] : `${source}\ny`])));
    });
  }

  test('10,000 cells, all changed', () => {
    const text = serialise(notebookOf(Array.from({ length: 10_000 }, () => ['a'])));
    const changes = Array.from({ length: 10_000 }, (_, cell) => ({ cell, newSource: 'é\nb' }));
    const result = timed(10000, () => applyCellEdits(text, changes));
    assert.equal(result, serialise(notebookOf(changes.map(() => ['é\n', 'b']))));
  });
});
