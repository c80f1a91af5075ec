import assert from 'node:assert/strict';
import { withFolder } from '../../support/folders';
import { run } from '../../support/run';
import { PYTHON, fixed, printed, sampleOf } from './fixing';
import { NO_GRAD_PROGRAMS, WEIGHTS_ONLY_PROGRAMS } from './programs';

/** Fixes are computed for real programs, which then run before and after. */
suite('Fixes of the inference rules, run', function () {
  this.timeout(300_000);

  suiteSetup(async function () {
    const { status, stderr } = await run(PYTHON, ['-c', 'import torch'], { cwd: '.' });
    // Only an environment that was meant to be without torch may leave these out.
    if (status !== 0 && process.env['GRADUATE_TORCH'] === '0') this.skip();
    assert.equal(status, 0, stderr);
  });

  for (const [name, program] of sampleOf(NO_GRAD_PROGRAMS)) {
    test(`no_grad: ${name}`, async () => {
      const { text, count } = await fixed(program, 'inference-without-no-grad');
      assert.ok(count > 0);
      assert.equal(text.match(/with torch\.no_grad\(\):/g)?.length, count);
      await withFolder(async (folder) => {
        const before = await printed(program, folder);
        const after = await printed(text, folder);
        assert.equal(withoutGraph(after), withoutGraph(before));
        // The one difference that the fix's title announces.
        assert.doesNotMatch(after, /grad_fn/);
      });
    });
  }

  for (const [name, program] of sampleOf(WEIGHTS_ONLY_PROGRAMS)) {
    test(`weights only: ${name}`, async () => {
      const { text, count } = await fixed(program, 'unsafe-model-load');
      assert.ok(count > 0);
      await withFolder(async (folder) => {
        assert.equal(await printed(text, folder), await printed(program, folder));
      });
    });
  }
});

function withoutGraph(text: string): string {
  return text.replaceAll(/, (?:grad_fn=<\w+>|requires_grad=True)/g, '');
}
