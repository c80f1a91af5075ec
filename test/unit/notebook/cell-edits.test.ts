import assert from 'node:assert/strict';
import { applyCellEdits } from '../../../src/program/notebook/cell-edits';
import { done, notebookOf, PLAIN, serialise } from './support';

/** A notebook of one cell with this source, as JSON text. */
const around = (source: string): string =>
  `{"cells":[{"cell_type":"code","source":${source}}],"nbformat":4,"nbformat_minor":4}`;

const edit = (text: string, newSource: string, cell = 0): string =>
  done(applyCellEdits(text, [{ cell, newSource }]));

/** The JSON of the only cell's source after an edit; all around it must be as before. */
function sourceAfter(source: string, newSource: string): string {
  const [before, after] = around('|').split('|') as [string, string];
  const text = edit(around(source), newSource);
  assert.ok(text.startsWith(before) && text.endsWith(after), text);
  return text.slice(before.length, text.length - after.length);
}

suite('applyCellEdits: shape and layout', () => {
  const cases: [string, string, string, string][] = [
    ['a string stays a string', '"a\\nb"', 'a\nc', '"a\\nc"'],
    ['an empty string', '""', 'a\n', '"a\\n"'],
    ['a string becomes empty', '"a"', '', '""'],
    ['a list stays a list', '["a\\n","b"]', 'a\nc', '["a\\n","c"]'],
    ['blanks stay where lines stay', '[ "a\\n" ,  "b\\n",\t"c" ]', 'a\nx\nc', '[ "a\\n" ,  "x\\n",\t"c" ]'],
    [
      'an inserted line takes the white space in front',
      '["a\\n", "b\\n",\n"c"]',
      'a\nx\nb\nc',
      '["a\\n", "x\\n", "b\\n",\n"c"]',
    ],
    [
      'the white space behind the line before it',
      '["a\\n",  "b\\n",\t"c"]',
      'a\nb\nx\nc',
      '["a\\n",  "b\\n",\t"x\\n",\t"c"]',
    ],
    [
      'a new line in front of one that gains a line break',
      '["a\\n", "b\\n",\t"c"]',
      'a\nx\nc\nd',
      '["a\\n", "x\\n",\t"c\\n",\t"d"]',
    ],
    ['a first line', '[\n "a\\n",\n "b"\n]', 'x\na\nb', '[\n "x\\n",\n "a\\n",\n "b"\n]'],
    ['a last line', '[\n "a\\n",\n "b"\n]', 'a\nb\nc', '[\n "a\\n",\n "b\\n",\n "c"\n]'],
    ['a removed first line', '[\n "a\\n",\n "b"\n]', 'b', '[\n "b"\n]'],
    ['a removed last line', '[\n "a\\n",\n "b"\n]', 'a', '[\n "a"\n]'],
    ['all lines removed', '[\n "a\\n",\n "b"\n]', '', '[]'],
    ['a line break at the end', '["a\\n","b"]', 'a\nb\n', '["a\\n","b\\n"]'],
    ['the line break at the end removed', '["a\\n","b\\n"]', 'a\nb', '["a\\n","b"]'],
    ['CRLF in the source', '["a\\r\\n","b"]', 'a\r\nc\r\nb', '["a\\r\\n","c\\r\\n","b"]'],
    [
      'CRLF in the layout',
      '[\r\n  "a\\n",\r\n  "b"\r\n]',
      'a\nx\nb',
      '[\r\n  "a\\n",\r\n  "x\\n",\r\n  "b"\r\n]',
    ],
    ['a lone CR ends no item', '["a\\rb\\n"]', 'a\rc\nd', '["a\\rc\\n","d"]'],
    ['null becomes a list', 'null', 'a\nb', '["a\\n","b"]'],
    ['items without line breaks', '["a","b\\n","c"]', 'ab\nd', '["a","b\\n","d"]'],
    ['items without line breaks, changed', '["a","b\\n","c"]', 'aX\nc', '["aX\\n","c"]'],
    ['an item of several lines stays', '["a\\nb\\n","c"]', 'a\nb\nd', '["a\\nb\\n","d"]'],
    [
      'an item of several lines is split where it changes',
      '["a\\nb\\n","c"]',
      'a\nX\nc',
      '["a\\n","X\\n","c"]',
    ],
    ['empty items between kept lines stay', '["a\\n","","b\\n","c"]', 'a\nb\nd', '["a\\n","","b\\n","d"]'],
    ['empty items behind the last line stay with it', '["a\\n","b\\n",""]', 'x\nb\n', '["x\\n","b\\n",""]'],
    ['only empty items', '["",""]', 'a', '["a"]'],
    ['an item that ends in \\u000a', '["a\\u000a","b"]', 'a\nc', '["a\\u000a","c"]'],
  ];
  for (const [name, source, newSource, expected] of cases) {
    test(name, () => {
      assert.equal(sourceAfter(source, newSource), expected);
      // Read back and written again it does not change any more.
      assert.equal(edit(around(expected), newSource), around(expected));
    });
  }

  test('the same source gives the same text, whatever its form', () => {
    for (const [source, value] of [
      ['["a","b\\n",  "\\u0061"]', 'ab\na'],
      ['[ ]', ''],
      ['["",""]', ''],
      ['null', ''],
      ['"\\u0061\\/"', 'a/'],
    ] as const) {
      assert.equal(edit(around(source), value), around(source));
    }
    assert.equal(done(applyCellEdits(around('"x"'), [])), around('"x"'));
  });

  test('an empty list in an indented file', () => {
    for (const indent of [0, 1, 2, 4, '\t']) {
      for (const lineBreak of ['\n', '\r\n'] as const) {
        const style = { ...PLAIN, indent, lineBreak };
        const [empty, filled] = [notebookOf([[]]), notebookOf([['a\n', 'b']])];
        assert.equal(edit(serialise(empty, style), 'a\nb'), serialise(filled, style));
        assert.equal(edit(serialise(filled, style), ''), serialise(empty, style));
      }
    }
  });

  test('a list on one line in an indented file is laid out like the others', () => {
    const text = serialise(notebookOf([['a'], ['b\n', 'c']]), PLAIN).replace(/\[\s+"a"\s+\]/, '["a"]');
    assert.match(text, /\["a"\]/);
    assert.equal(
      edit(text, 'a\nx'),
      serialise(
        notebookOf([
          ['a\n', 'x'],
          ['b\n', 'c'],
        ]),
      ),
    );
    // One line for another needs no layout.
    assert.equal(edit(text, 'z'), text.replace('["a"]', '["z"]'));
  });

  test('lists on one line stay there if the file has them so', () => {
    const text =
      '{\n  "cells": [\n    {\n      "source": []\n    },\n    {\n      "source": ["a\\n", "b"]\n    }\n  ]\n}\n';
    assert.equal(edit(text, 'x\ny'), text.replace('[]', '["x\\n", "y"]'));
  });

  test('one cell per line', () => {
    const text =
      '{\n "cells": [\n  {"cell_type": "code", "source": []},\n  {"cell_type": "code", "source": ["a"]}\n ]\n}\n';
    assert.equal(edit(text, 'x\ny'), text.replace('[]', '["x\\n", "y"]'));
  });

  test('a cell without source gets one', () => {
    const text = '{"cells": [{"cell_type": "code", "metadata": {}}]}';
    assert.equal(edit(text, 'a'), '{"cells": [{"cell_type": "code", "metadata": {}, "source": ["a"]}]}');
    const indented = '{\n  "cells": [\n    {\n      "cell_type": "code"\n    }\n  ]\n}';
    assert.equal(
      edit(indented, 'a'),
      indented.replace('"code"', '"code",\n      "source": [\n        "a"\n      ]'),
    );
    const strings = '{"cells":[{"cell_type":"code"},{"source":"x"}]}';
    assert.equal(edit(strings, 'a\nb'), '{"cells":[{"cell_type":"code","source":"a\\nb"},{"source":"x"}]}');
  });

  test('of two cells as close the earlier one is the model', () => {
    const text = '{"cells":[{"source":"x"},{"cell_type":"code"},{"source":["x"]}]}';
    assert.equal(edit(text, 'a', 1), text.replace('"code"', '"code","source":"a"'));
    const other = '{"cells":[{"source":["x"]},{"cell_type":"code"},{"source":"x"}]}';
    assert.equal(edit(other, 'a', 1), other.replace('"code"', '"code","source":["a"]'));
  });

  test('lists are as deep in their cells as those of other cells', () => {
    const text =
      '{\n "cells": [\n  {\n   "source": []\n  },\n  {\n   "source": [\n         "a\\n",\n         "b"\n   ]\n  }\n ]\n}';
    assert.equal(edit(text, 'x\ny'), text.replace('[]', '[\n         "x\\n",\n         "y"\n   ]'));
  });

  test('of repeated sources the one that counts is changed', () => {
    assert.equal(
      edit('{"cells":[{"source":"a","source":"b"}]}', 'c'),
      '{"cells":[{"source":"a","source":"c"}]}',
    );
  });

  test('several cells, in any order, Markdown too', () => {
    const text = serialise(notebookOf([['a'], ['b'], ['c']]));
    const result = applyCellEdits(text, [
      { cell: 2, newSource: 'z' },
      { cell: 0, newSource: 'x' },
    ]);
    assert.equal(result, serialise(notebookOf([['x'], ['b'], ['z']])));
  });

  test('a byte-order mark, outputs and NaN stay', () => {
    const text =
      '\ufeff{"cells":[{"source":"a","outputs":[NaN,{"x":1e400, "x":"\\u00E9"}]}],"z":[1,2 ,3]}\n\n';
    assert.equal(edit(text, 'b'), text.replace('"a"', '"b"'));
  });
});

suite('applyCellEdits: spelling', () => {
  const cases: [string, string, string, string][] = [
    ['escaped where the source is', '["\\u00e9\\n","b"]', 'é\nü', '["\\u00e9\\n","\\u00fc"]'],
    ['escapes in upper case', '["\\u00E9\\n","b"]', 'é\nü', '["\\u00E9\\n","\\u00FC"]'],
    ['as it is where the source is', '["é\\n","b"]', 'é\nü', '["é\\n","ü"]'],
    ['as it is where nothing tells', '["a"]', 'é😀', '["é😀"]'],
    ['as it is where both occur', '["é\\u00e9"]', 'ü', '["ü"]'],
    ['a pair is escaped as a pair', '["\\u00e9\\n"]', 'é\n😀', '["\\u00e9\\n","\\ud83d\\ude00"]'],
    ['a pair tells', '["\\ud83d\\ude00"]', 'é', '["\\u00e9"]'],
    ['half a pair does not tell', '["\\ud83d"]', 'é', '["é"]'],
    ['half a pair is always escaped', '["é\\n"]', 'é\n\ud83d', '["é\\n","\\ud83d"]'],
    ['control characters do not tell', '["\\u0007\\n"]', '\x07\né', '["\\u0007\\n","é"]'],
    ['an escaped backslash does not tell', '["\\\\u00e9\\n"]', '\\u00e9\né', '["\\\\u00e9\\n","é"]'],
    [
      'an escape behind an escaped backslash tells',
      '["\\\\\\u00e9\\n"]',
      '\\é\nü',
      '["\\\\\\u00e9\\n","\\u00fc"]',
    ],
    ['other spellings of lines that stay', '["\\u0061\\/\\n","b"]', 'a/\nc', '["\\u0061\\/\\n","c"]'],
    ['other spellings in a string', '"\\u0061\\u000ab\\nc\\/"', 'a\nX\nc/', '"\\u0061\\u000aX\\nc\\/"'],
    ['a last line that gains a line break', '["a\\n","\\u0062"]', 'a\nb\nc', '["a\\n","\\u0062\\n","c"]'],
    ['a line that loses its line break', '["\\u0061\\n","b"]', 'a', '["\\u0061"]'],
    ['a line of two items', '["\\u0061","\\/\\n","c"]', 'a/', '["\\u0061\\/"]'],
    [
      'what JSON demands',
      '[]',
      '"\\\b\f\n\r\t\x00\x1f\x7f/',
      '["\\"\\\\\\b\\f\\n","\\r\\t\\u0000\\u001f\x7f/"]',
    ],
    ['line separators of Unicode', '["é"]', '\u2028\x85', '["\u2028\x85"]'],
  ];
  for (const [name, source, newSource, expected] of cases) {
    test(name, () => {
      assert.equal(sourceAfter(source, newSource), expected);
    });
  }

  test('the rest of the file tells where the source does not', () => {
    const style = { ...PLAIN, isAscii: true };
    const notebook = (source: string[]): unknown => notebookOf([source, ['é']]);
    assert.equal(edit(serialise(notebook(['a']), style), 'ü\x7f'), serialise(notebook(['ü\x7f']), style));
  });

  test('a line is the one that it was, not one that is equal', () => {
    const text = around('["\\u0078\\n","a\\n","x\\n","b\\n","\\u0078"]');
    assert.equal(edit(text, 'x\na\nx\nc\nx'), text.replace('"b', '"c'));
    assert.equal(edit(text, 'a\nx\nb\nx'), text.replace('"\\u0078\\n",', ''));
  });
});

suite('applyCellEdits: refused', () => {
  const reason = (text: string, ...changes: [number, string][]): string => {
    const result = applyCellEdits(
      text,
      changes.map(([cell, newSource]) => ({ cell, newSource })),
    );
    assert.ok(typeof result !== 'string');
    return result.reason;
  };

  test('no such cell', () => {
    assert.match(reason(around('"a"'), [1, 'b']), /no cell at index 1/);
    assert.match(reason(around('"a"'), [-1, 'b']), /no cell at index -1/);
    assert.match(reason(around('"a"'), [0.5, 'b']), /no cell at index 0.5/);
  });

  test('a cell named twice', () => {
    assert.match(reason(around('"a"'), [0, 'b'], [0, 'c']), /index 0 is changed twice/);
    assert.match(reason(around('"a"'), [0, 'a'], [0, 'c']), /index 0 is changed twice/);
  });

  test('other formats', () => {
    const old = '{"nbformat":3,"worksheets":[{"cells":[{"cell_type":"code","input":["a"]}]}]}';
    assert.match(reason(old, [0, 'b']), /format 3 can be read but not changed/);
    assert.equal(edit(old, 'a'), old);
    assert.match(
      reason('{"nbformat":3,"cells":[{"cell_type":"code","source":["a"]}]}', [0, 'b']),
      /format 3/,
    );
    assert.match(
      reason('{"nbformat":5,"cells":[{"cell_type":"code","source":["a"]}]}', [0, 'b']),
      /format 5/,
    );
  });

  test('not a notebook', () => {
    assert.match(reason('{"cells":[}', [0, 'b']), /not valid JSON/);
    assert.match(reason('{"cells":[{"source":"a"},3]}', [0, 'b']), /index 1 is not a JSON object/);
  });

  test('a cell without any member', () => {
    assert.match(reason('{"cells":[{}]}', [0, 'b']), /empty JSON object/);
  });
});
