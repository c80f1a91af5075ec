import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { Engine } from '../../../src/actions/engine';
import { offersAt, resolveOffer } from '../../../src/actions/table';
import { scriptSource } from '../../../src/program/source';
import { memoryWorkspace } from '../../support/analysis';
import { withFolder } from '../../support/folders';
import { testParser } from '../../support/parser';
import { run } from '../../support/run';
import { NO_GRAD_PROGRAMS, WEIGHTS_ONLY_PROGRAMS } from './programs';

const PYTHON = process.env.GRADUATE_PYTHON ?? 'python3';

/** Fixes are computed for real programs, which then run before and after. */
suite('Fixes of the inference rules, run', function () {
  this.timeout(300_000);

  suiteSetup(async function () {
    const { status } = await run(PYTHON, ['-c', 'import torch'], { cwd: '.' });
    if (status !== 0) this.skip();
  });

  for (const [name, program] of Object.entries(NO_GRAD_PROGRAMS)) {
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

  for (const [name, program] of Object.entries(WEIGHTS_ONLY_PROGRAMS)) {
    test(`weights only: ${name}`, async () => {
      const { text, count } = await fixed(program, 'unsafe-model-load');
      assert.ok(count > 0);
      await withFolder(async (folder) => {
        assert.equal(await printed(text, folder), await printed(program, folder));
      });
    });
  }
});

async function printed(program: string, folder: string): Promise<string> {
  writeFileSync(path.join(folder, 'program.py'), program);
  const { status, stdout, stderr } = await run(PYTHON, ['program.py'], { cwd: folder });
  assert.equal(status, 0, stderr);
  return stdout.toString('utf8');
}

function withoutGraph(text: string): string {
  return text.replaceAll(/, (?:grad_fn=<\w+>|requires_grad=True)/g, '');
}

/** Applies a fix until nothing more can be fixed. */
async function fixed(program: string, rule: string): Promise<{ text: string; count: number }> {
  const engine = new Engine(await testParser());
  let text = program;
  for (let count = 0; ; count++) {
    assert.ok(count < 20, 'the fixes do not come to an end');
    const analysis = engine.analyze(scriptSource('program.py', text));
    const offer = analysis.findings
      .filter((finding) => finding.rule === rule)
      .flatMap(({ span }) => offersAt(analysis, { cell: null, ...span }).offers)
      .find((candidate) => candidate.id === rule && candidate.disabled === undefined);
    if (!offer) return { text, count };
    const outcome = await resolveOffer(offer, analysis, {
      engine,
      workspace: memoryWorkspace({}),
      loadProgram: () => Promise.resolve(undefined),
    });
    assert.equal(outcome.status, 'done');
    const [file] = outcome.status === 'done' ? outcome.change.files : [];
    assert.equal(file?.kind, 'text');
    if (file?.kind === 'text') text = file.edits.apply(file.before);
  }
}
