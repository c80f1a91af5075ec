import assert from 'node:assert/strict';
import path from 'node:path';
import { Engine } from '../../../src/actions/engine';
import { offersAt, resolveOffer } from '../../../src/actions/table';
import { type ProgramSource, scriptSource } from '../../../src/program/source';
import { toNotebook, readPercent } from '../../cases/percentNotebook';
import { memoryWorkspace } from '../../support/analysis';
import { withFolder, writeFile } from '../../support/folders';
import { testParser } from '../../support/parser';
import { percentSource } from '../../support/percent';
import { ROOT, mapLimited, runPython } from '../../support/run';
import { DONE } from './parameterPrograms';
import { REFUSED } from './refusedPrograms';

const RULE = 'hidden-input';
const RUNNER = path.join(ROOT, 'test', 'support', 'run_notebook.py');
const isNotebook = (text: string): boolean => text.startsWith('# %%');

/** A program's cells, or its one text. */
type Texts = readonly string[];

function sourceOf(program: string, texts: Texts): ProgramSource {
  if (!isNotebook(program)) return scriptSource('program.py', texts[0]!);
  const source = percentSource(program, 'program.ipynb');
  return { ...source, cells: source.cells.map((cell, i) => ({ ...cell, source: texts[i]! })) };
}

/** Adds parameters until no more can be added; says how often, and why the rest was refused. */
async function fixed(program: string): Promise<{ texts: Texts; count: number; refusals: string[] }> {
  const engine = new Engine(await testParser());
  let texts: Texts = isNotebook(program)
    ? percentSource(program, 'program.ipynb').cells.map((cell) => cell.source)
    : [program];
  for (let count = 0; ; count++) {
    assert.ok(count < 20, 'the fixes do not come to an end');
    const analysis = engine.analyze(sourceOf(program, texts));
    const offers = analysis.findings
      .filter((finding) => finding.rule === RULE)
      .flatMap(({ cell, span }) => offersAt(analysis, { cell: cell.cell.index, ...span }).offers)
      .filter(({ id }) => id === RULE);
    const offer = offers.find(({ disabled }) => disabled === undefined);
    if (!offer) return { texts, count, refusals: offers.flatMap(({ disabled }) => disabled ?? []) };
    const outcome = await resolveOffer(offer, analysis, {
      engine,
      workspace: memoryWorkspace({}),
      loadProgram: () => Promise.resolve(undefined),
    });
    assert.equal(outcome.status, 'done');
    const [file] = outcome.status === 'done' ? outcome.change.files : [];
    const changed = [...texts];
    if (file?.kind === 'text') changed[0] = file.edits.apply(file.before);
    else if (file?.kind === 'notebook') {
      for (const { cell, before, edits } of file.cells) changed[cell] = edits.apply(before);
    }
    assert.notDeepEqual(changed, texts);
    texts = changed;
  }
}

function run(program: string, texts: Texts): Promise<{ status: number; stdout: string; stderr: string }> {
  return withFolder(async (folder) => {
    if (!isNotebook(program)) {
      writeFile(path.join(folder, 'program.py'), texts[0]!);
      const { status, stdout, stderr } = await runPython(['program.py'], { cwd: folder });
      return { status, stdout: stdout.toString('utf8'), stderr };
    }
    const cells = readPercent(program).map((cell, i) => ({ ...cell, source: texts[i]! }));
    writeFile(path.join(folder, 'program.ipynb'), toNotebook(cells));
    const { status, stdout, stderr } = await runPython([RUNNER, 'program.ipynb'], { cwd: folder });
    return { status, stdout: stdout.toString('utf8'), stderr };
  });
}

/** Parameters are added in real programs, which then run before and after. */
suite('Fix of hidden-input, run', function () {
  this.timeout(300_000);

  test('adds parameters, and the programs do what they did', async () => {
    const wrong: string[] = [];
    await mapLimited(Object.entries(DONE), 2, async ([name, program]) => {
      const { texts, count, refusals } = await fixed(program);
      if (count === 0) return void wrong.push(`${name}: nothing is done: ${refusals.join('; ')}`);
      const original = isNotebook(program) ? readPercent(program).map(({ source }) => source) : [program];
      const [before, after] = [await run(program, original), await run(program, texts)];
      if (before.stdout === '') wrong.push(`${name}: prints nothing: ${before.stderr}`);
      if (before.stdout !== after.stdout || before.status !== after.status) {
        wrong.push(`${name}: ${before.stdout} is now ${after.stdout}${after.stderr}\n${texts.join('\n')}`);
      }
    });
    assert.deepEqual(wrong, []);
  });

  test('refuses where a parameter would not be the same', async () => {
    const wrong: string[] = [];
    for (const [name, program] of Object.entries(REFUSED)) {
      const { texts, count, refusals } = await fixed(program);
      if (count > 0) wrong.push(`${name}: is done: ${texts.join('\n')}`);
      if (refusals.length === 0) wrong.push(`${name}: there is no finding`);
      for (const reason of refusals) assert.match(reason, /^[\p{L}_].*[^.]$/su, name);
    }
    assert.deepEqual(wrong, []);
  });
});
