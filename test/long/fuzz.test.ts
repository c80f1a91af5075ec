import assert from 'node:assert/strict';
import { fuzz, fuzzLine } from '../fuzz/fuzz';

suite('Mutated programs', function () {
  this.timeout(7_200_000);

  test('analysis, offers and fixes never throw', async () => {
    const figures = await fuzz(0, 20_000);
    console.log(`      ${fuzzLine(figures)}`);
    assert.deepEqual(figures.problems, []);
  });
});
