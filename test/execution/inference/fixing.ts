import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { Engine } from '../../../src/actions/engine';
import { offersAt, resolveOffer } from '../../../src/actions/table';
import { scriptSource } from '../../../src/program/source';
import { memoryWorkspace } from '../../support/analysis';
import { testParser } from '../../support/parser';
import { type RunResult, run } from '../../support/run';

export const PYTHON = process.env.GRADUATE_PYTHON ?? 'python3';

/** Runs a program in a folder. */
export function ran(program: string, folder: string): Promise<RunResult> {
  writeFileSync(path.join(folder, 'program.py'), program);
  return run(PYTHON, ['program.py'], { cwd: folder });
}

/** What a program prints that ends well. */
export async function printed(program: string, folder: string): Promise<string> {
  const { status, stdout, stderr } = await ran(program, folder);
  assert.equal(status, 0, stderr);
  return stdout.toString('utf8');
}

/** Applies a fix until nothing more can be fixed. */
export async function fixed(program: string, rule: string): Promise<{ text: string; count: number }> {
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

/** Every third program, spread over all of them; all with `GRADUATE_EVERY=1`, as in the long tests. */
export function sampleOf<T>(programs: Readonly<Record<string, T>>): readonly (readonly [name: string, T])[] {
  const isEvery = process.env['GRADUATE_EVERY'] === '1';
  return Object.entries(programs).filter((_, i) => isEvery || i % 3 === 0);
}
