import assert from 'node:assert/strict';
import { fuzz, fuzzLine } from '../fuzz/fuzz';

/** The first of the inputs that `npm run test:long` takes. */
suite('Mutated programs: a sample', function () {
  this.timeout(900_000);

  test('analysis, offers and fixes never throw', async () => {
    const figures = await fuzz(0, 500);
    console.log(`      ${fuzzLine(figures)}`);
    assert.deepEqual(figures.problems, []);
    assert.ok(figures.programs > 300, 'most inputs are no programs');
    assert.ok(figures.resolved > 50, 'hardly any fix was tried');
  });
});
