import assert from 'node:assert/strict';
import fc from 'fast-check';
import { applyCellEdits } from '../../../src/program/notebook/cell-edits';
import { insertCodeCell } from '../../../src/program/notebook/insert-cell';
import { readNotebook } from '../../../src/program/notebook/read';
import {
  done,
  itemsOf,
  notebooks,
  serialise,
  sources,
  styles,
  withoutSources,
  type PlainNotebook,
} from './support';

/** More for a thorough run: `PROPERTY_RUNS=50000 npx mocha ...`. */
const RUNS = Number(process.env['PROPERTY_RUNS'] ?? 500);

const shapes = fc.constantFrom('list' as const, 'string' as const);
const anyNotebook = shapes.chain((shape) => fc.tuple(fc.constant(shape), notebooks(shape)));

function sourcesIn(text: string): string[] {
  const notebook = readNotebook(text);
  assert.ok(!('reason' in notebook));
  return notebook.cells.map((cell) => cell.source);
}

function withSource(notebook: PlainNotebook, cell: number, source: string): PlainNotebook {
  const cells = notebook.cells.map((each, i) =>
    i === cell ? { ...each, source: Array.isArray(each.source) ? itemsOf(source) : source } : each,
  );
  return { ...notebook, cells };
}

suite('notebook edits: properties of files as programs write them', function () {
  this.timeout(RUNS * 100);

  test('an edit gives the bytes that the program itself would have written', () => {
    fc.assert(
      fc.property(
        anyNotebook,
        styles,
        fc.array(fc.tuple(fc.nat(4), sources), { maxLength: 3 }),
        ([, notebook], style, edits) => {
          const changes = new Map(edits.map(([cell, source]) => [cell % notebook.cells.length, source]));
          const text = serialise(notebook, style);
          const result = done(
            applyCellEdits(
              text,
              [...changes].map(([cell, newSource]) => ({ cell, newSource })),
            ),
          );
          let expected = notebook;
          for (const [cell, source] of changes) expected = withSource(expected, cell, source);
          assert.equal(result, serialise(expected, style));
        },
      ),
      { numRuns: RUNS },
    );
  });

  test('setting the former source back restores every byte', () => {
    fc.assert(
      fc.property(anyNotebook, styles, fc.nat(4), sources, ([, notebook], style, at, newSource) => {
        const cell = at % notebook.cells.length;
        const text = serialise(notebook, style);
        const former = sourcesIn(text)[cell]!;
        const there = done(applyCellEdits(text, [{ cell, newSource }]));
        assert.equal(done(applyCellEdits(there, [{ cell, newSource: former }])), text);
      }),
      { numRuns: RUNS },
    );
  });

  test('a new cell gives the bytes that the program itself would have written', () => {
    fc.assert(
      fc.property(anyNotebook, styles, fc.nat(5), sources, ([shape, notebook], style, at, source) => {
        const index = at % (notebook.cells.length + 1);
        const result = done(insertCodeCell(serialise(notebook, style), index, source, 'new'));
        const cell = {
          cell_type: 'code',
          execution_count: null,
          ...(notebook.nbformat_minor >= 5 ? { id: 'new' } : {}),
          metadata: {},
          outputs: [],
          source: shape === 'list' ? itemsOf(source) : source,
        };
        assert.equal(
          result,
          serialise({ ...notebook, cells: notebook.cells.toSpliced(index, 0, cell) }, style),
        );
      }),
      { numRuns: RUNS },
    );
  });
});

suite('notebook edits: properties of any file', function () {
  this.timeout(RUNS * 100);

  const blank = fc.constantFrom('', ' ', '\n  ', '\r\n\t');
  /** A string literal in which characters are escaped or not, as it comes. */
  const literal = fc
    .tuple(sources, fc.array(fc.boolean(), { minLength: 1, maxLength: 5 }))
    .map(([source, escapes]) => {
      let i = 0;
      const units = Array.from(source, (c) => {
        if (!escapes[i++ % escapes.length]) return JSON.stringify(c).slice(1, -1);
        return c
          .split('')
          .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
          .join('');
      });
      return `"${units.join('')}"`;
    });
  const list = fc
    .tuple(fc.array(fc.tuple(literal, blank, blank), { maxLength: 6 }), blank)
    .map(([items, tail]) => `[${items.map(([item, a, b]) => b + item + a).join(',')}${tail}]`);
  const source = fc.oneof(literal, list, fc.constant('null'), fc.constant(undefined));
  const cell = fc.tuple(source, fc.constantFrom('code', 'markdown'), blank).map(([value, type, space]) => {
    const members = [
      `"cell_type":${space}"${type}"`,
      `"metadata":{"source":["no"]}`,
      `"odd": [NaN,-Infinity]`,
    ];
    if (value !== undefined) members.splice(1, 0, `"source"${space}: ${value}`);
    return `{${members.join(`,${space}`)}${space}}`;
  });
  const text = fc
    .tuple(fc.array(fc.tuple(cell, blank), { minLength: 1, maxLength: 4 }), blank)
    .map(
      ([cells, space]) =>
        `{${space}"cells": [${cells.map(([c, s]) => s + c).join(',')}${space}],"nbformat":4,"nbformat_minor":5}`,
    );

  test('an edit changes that source and nothing else', () => {
    fc.assert(
      fc.property(text, fc.nat(3), sources, (before, at, newSource) => {
        const old = sourcesIn(before);
        const index = at % old.length;
        const after = done(applyCellEdits(before, [{ cell: index, newSource }]));
        assert.deepEqual(sourcesIn(after), old.with(index, newSource));
        const hadSource =
          withoutSources(before).split('SOURCE').length === withoutSources(after).split('SOURCE').length;
        if (hadSource) assert.equal(withoutSources(after), withoutSources(before));
        if (old[index] === newSource) assert.equal(after, before);
      }),
      { numRuns: RUNS },
    );
  });

  test('a new cell leaves all text before and after it as it was', () => {
    fc.assert(
      fc.property(text, fc.nat(4), sources, (before, at, newSource) => {
        const old = sourcesIn(before);
        const index = at % (old.length + 1);
        const after = done(insertCodeCell(before, index, newSource, 'new'));
        assert.deepEqual(sourcesIn(after), old.toSpliced(index, 0, newSource));
        let same = 0;
        while (same < before.length && before[same] === after[same]) same++;
        assert.ok(after.endsWith(before.slice(same)), 'is an insertion');
      }),
      { numRuns: RUNS },
    );
  });

  test('lines that stay keep their spelling', () => {
    fc.assert(
      fc.property(
        fc.array(
          literal.filter((l) => !l.includes('\\n') && !/u000a/.test(l)),
          { minLength: 2, maxLength: 6 },
        ),
        fc.nat(5),
        (lines, at) => {
          const index = at % lines.length;
          const list = lines.map((l, i) => (i === lines.length - 1 ? l : `${l.slice(0, -1)}\\n"`));
          const before = `{"cells":[{"cell_type":"code","source":[${list.join(', ')}]}],"nbformat":4,"nbformat_minor":4}`;
          const [old] = sourcesIn(before);
          const parts = old!.split('\n');
          // Unique, so that it is the line of that index that changes.
          const newSource = parts.with(index, 'changed!').join('\n');
          const after = done(applyCellEdits(before, [{ cell: 0, newSource }]));
          const expected = list.with(index, index === list.length - 1 ? '"changed!"' : '"changed!\\n"');
          // An empty last line is no line, and no item.
          if (parts.at(-1) === '' && index !== list.length - 1) expected.pop();
          if (parts.at(-1) !== '')
            assert.equal(
              after,
              before.replace(list.join(', '), () => expected.join(', ')),
            );
          assert.deepEqual(sourcesIn(after), [newSource]);
        },
      ),
      { numRuns: RUNS },
    );
  });

  test('no text makes the reader throw', () => {
    const pieces = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '"cells"',
      '"source"',
      '"nbformat"',
      '4',
      '-',
      '1e',
      'NaN',
      'null',
      '"\\u',
      '"',
      '\\',
      ' ',
      '\n',
      '"worksheets"',
      '"cell_type"',
      '"code"',
      '\ufeff',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.array(pieces).map((p) => p.join('')),
          fc.string(),
        ),
        (broken) => {
          readNotebook(broken);
        },
      ),
      { numRuns: RUNS },
    );
    fc.assert(
      fc.property(text, fc.nat(), fc.nat(3), pieces, (valid, at, cut, added) => {
        const place = at % valid.length;
        readNotebook(valid.slice(0, place) + added + valid.slice(place + cut));
      }),
      { numRuns: RUNS },
    );
  });
});
