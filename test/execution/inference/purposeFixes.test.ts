import assert from 'node:assert/strict';
import { withFolder } from '../../support/folders';
import { fixed, printed, ran, sampleOf } from './fixing';
import {
  type Changed,
  DEVICE_PROGRAMS,
  EVAL_PROGRAMS,
  FORWARD_PROGRAMS,
  FRAME_PROGRAMS,
} from './purposePrograms';

/** Fixes that change what a program does: it does what the fix's title says, and nothing else. */
suite('Fixes on purpose of the inference rules, run', function () {
  this.timeout(300_000);

  const table: readonly (readonly [string, Readonly<Record<string, Changed>>])[] = [
    ['inference-without-eval', EVAL_PROGRAMS],
    ['device-bound-load', DEVICE_PROGRAMS],
    ['frame-into-torch-model', FRAME_PROGRAMS],
    ['direct-forward-call', FORWARD_PROGRAMS],
  ];
  for (const [rule, programs] of table) {
    for (const [name, { program, before, after }] of sampleOf(programs)) {
      test(`${rule}: ${name}`, async () => {
        const { text, count } = await fixed(program, rule);
        assert.ok(count > 0);
        await withFolder(async (folder) => {
          const was = await ran(program, folder);
          assert.match(`${was.stdout.toString('utf8')}${was.stderr}`, before);
          assert.equal(await printed(text, folder), after);
        });
      });
    }
  }
});
