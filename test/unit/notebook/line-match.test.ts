import assert from 'node:assert/strict';
import fc from 'fast-check';
import { matchLines } from '../../../src/program/notebook/line-match';

const match = (before: string, after: string): number[] => [...matchLines([...before], [...after])];

suite('matchLines', function () {
  this.timeout(30_000);

  test('equal, empty, all new', () => {
    assert.deepEqual(match('abc', 'abc'), [0, 1, 2]);
    assert.deepEqual(match('', 'ab'), [-1, -1]);
    assert.deepEqual(match('ab', ''), []);
    assert.deepEqual(match('ab', 'cd'), [-1, -1]);
  });

  test('inserted, removed, replaced', () => {
    assert.deepEqual(match('abc', 'aXbc'), [0, -1, 1, 2]);
    assert.deepEqual(match('abc', 'ac'), [0, 2]);
    assert.deepEqual(match('abcde', 'aXcYe'), [0, -1, 2, -1, 4]);
    assert.deepEqual(match('abcabc', 'XabcYabcZ'), [-1, 0, 1, 2, -1, 3, 4, 5, -1]);
  });

  test('matched lines are equal and their order stays', () => {
    const lines = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 30 });
    fc.assert(
      fc.property(lines, lines, (before, after) => {
        const result = [...matchLines(before, after)];
        let last = -1;
        result.forEach((old, i) => {
          if (old < 0) return;
          assert.ok(old > last);
          assert.equal(before[old], after[i]);
          last = old;
        });
        assert.deepEqual(
          [...matchLines(before, before)],
          before.map((_, i) => i),
        );
      }),
    );
  });

  test('long texts: changes far apart leave the rest matched', function () {
    const before = Array.from({ length: 100_000 }, (_, i) => (i % 3 === 0 ? '' : `line ${i}`));
    const after = before.toSpliced(90_000, 1, 'new', 'new').toSpliced(100, 50).toSpliced(0, 1, 'first');
    const result = matchLines(before, after);
    assert.equal([...result].filter((old) => old < 0).length, 3);
    for (let i = 0; i < after.length; i++) if (result[i]! >= 0) assert.equal(before[result[i]!], after[i]);
  });

  test('long texts without anything in common, or with nothing unique, end soon', function () {
    const before = Array.from({ length: 50_000 }, (_, i) => `a${i}`);
    const after = Array.from({ length: 50_000 }, (_, i) => `b${i}`);
    assert.ok(matchLines(before, after).every((old) => old < 0));
    const repeated = Array.from({ length: 50_000 }, (_, i) => `r${i % 7}`);
    const other = Array.from({ length: 50_000 }, (_, i) => `r${(i * 3) % 7}`);
    assert.equal(matchLines(repeated, ['x', ...other, 'y']).length, 50_002);
  });
});
