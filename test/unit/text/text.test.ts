import assert from 'node:assert/strict';
import fc from 'fast-check';
import { EditSet, OverlapError, type TextEdit } from '../../../src/text/edit';
import { LineIndex } from '../../../src/text/position';

suite('positions', () => {
  test('lines end at every kind of break, and columns count UTF-16 units', () => {
    const index = new LineIndex('a\r\nb\rc\n😀x');
    assert.equal(index.lineCount, 4);
    assert.deepEqual(index.positionAt(3), { line: 1, character: 0 });
    assert.deepEqual(index.positionAt(5), { line: 2, character: 0 });
    assert.deepEqual(index.positionAt(9), { line: 3, character: 2 });
    assert.equal(index.offsetAt({ line: 3, character: 2 }), 9);
  });

  test('a form feed ends no line', () => {
    assert.equal(new LineIndex('a\fb').lineCount, 1);
  });

  test('places outside are clamped', () => {
    const index = new LineIndex('ab\ncd');
    assert.equal(index.offsetAt({ line: 9, character: 9 }), 5);
    assert.equal(index.offsetAt({ line: -1, character: 3 }), 0);
    assert.deepEqual(index.positionAt(99), { line: 1, character: 2 });
  });

  test('offset to position and back', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('a', '\n', '\r', '\r\n', '😀', '\f')), fc.nat(40), (parts, at) => {
        const text = parts.join('');
        const offset = Math.min(at, text.length);
        const index = new LineIndex(text);
        assert.equal(index.offsetAt(index.positionAt(offset)), offset);
      }),
      { seed: 1 },
    );
  });
});

suite('edits', () => {
  const edit = (start: number, end: number, newText: string): TextEdit => ({ span: { start, end }, newText });

  test('overlapping edits cannot be made', () => {
    assert.throws(() => new EditSet([edit(0, 3, ''), edit(2, 4, '')]), OverlapError);
    assert.throws(() => new EditSet([edit(0, 3, ''), edit(1, 1, 'x')]), OverlapError);
    assert.throws(() => new EditSet([edit(0, 3, 'a'), edit(0, 3, 'a')]), OverlapError);
  });

  test('insertions at one place keep their order, and stay outside a replacement beside them', () => {
    const edits = new EditSet([edit(1, 2, 'X'), edit(1, 1, 'a'), edit(1, 1, 'b'), edit(2, 2, 'c')]);
    assert.equal(edits.apply('012'), '0abXc2');
  });

  test('the inverse restores the text', () => {
    const pieces = fc.array(
      fc.record({ skip: fc.nat(5), remove: fc.nat(4), text: fc.string({ maxLength: 4 }) }),
    );
    fc.assert(
      fc.property(fc.string({ minLength: 80, maxLength: 90 }), pieces, (text, list) => {
        let at = 0;
        const edits: TextEdit[] = [];
        for (const { skip, remove, text: newText } of list) {
          const start = at + skip;
          const end = start + remove;
          if (end > text.length) break;
          edits.push(edit(start, end, newText));
          at = end;
        }
        const set = new EditSet(edits);
        const after = set.apply(text);
        assert.equal(set.inverse(text).apply(after), text);
      }),
      { seed: 2 },
    );
  });
});
