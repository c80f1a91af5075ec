import assert from 'node:assert/strict';
import fc from 'fast-check';
import { composeEdits } from '../../../src/text/compose';
import { EditSet } from '../../../src/text/edit';

const replace = (start: number, end: number, newText: string) => ({ span: { start, end }, newText });

suite('composed edits', () => {
  test('an edit of what an edit wrote', () => {
    const sets = [new EditSet([replace(1, 2, 'xyz')]), new EditSet([replace(2, 3, '')])];
    assert.deepEqual(composeEdits(3, sets).edits, [replace(1, 2, 'xz')]);
  });

  test('what stays is in no edit', () => {
    const text = 'a\nb\nc\nd\n';
    const sets = [new EditSet([replace(0, 1, 'A')]), new EditSet([replace(6, 7, 'D')])];
    assert.deepEqual(composeEdits(text.length, sets).edits, [replace(0, 1, 'A'), replace(6, 7, 'D')]);
  });

  test('none', () => {
    assert.equal(composeEdits(5, []).isEmpty, true);
  });

  test('the same as one after the other, for any edits', () => {
    const cuts = fc.array(fc.tuple(fc.nat(30), fc.nat(4), fc.string({ maxLength: 4 })), { maxLength: 4 });
    fc.assert(
      fc.property(fc.string({ maxLength: 30 }), fc.array(cuts, { maxLength: 4 }), (text, rounds) => {
        const sets: EditSet[] = [];
        let now = text;
        for (const round of rounds) {
          const edits = [];
          let from = 0;
          for (const [start, length, newText] of [...round].sort((a, b) => a[0] - b[0])) {
            const at = Math.max(start, from);
            if (at + length > now.length) continue;
            edits.push(replace(at, at + length, newText));
            // Apart, so that insertions at one place have no order to lose.
            from = at + length + 1;
          }
          const set = new EditSet(edits);
          sets.push(set);
          now = set.apply(now);
        }
        assert.equal(composeEdits(text.length, sets).apply(text), now);
      }),
      { numRuns: 500 },
    );
  });
});
