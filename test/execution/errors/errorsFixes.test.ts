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
import { ARRAY_PROGRAM, HANDLER_PROGRAMS, PRINTING_PROGRAMS } from './programs';

const PYTHON = process.env.GRADUATE_PYTHON ?? 'python3';

/** Writes every message as a bare line to standard output, as the print did. */
const PLAIN_LOGGING = `import logging, runpy, sys
logging.basicConfig(level=logging.INFO, format="%(message)s", stream=sys.stdout)
runpy.run_path("program.py", run_name="__main__")
`;

/** Fixes are computed for real programs, which then run before and after. */
suite('Fixes of the error and logging rules, run', function () {
  this.timeout(120_000);

  for (const [name, program] of Object.entries({ ...PRINTING_PROGRAMS, arrays: ARRAY_PROGRAM })) {
    test(`print-as-log: ${name}`, async () => {
      const { text, count } = await fixed(program, 'print-as-log');
      assert.ok(count > 0);
      assert.deepEqual(await fixed(text, 'print-as-log'), { text, count: 0 });
      await withFolder(async (folder) => {
        writeFileSync(path.join(folder, 'plain.py'), PLAIN_LOGGING);
        const before = await ran(program, 'program.py', folder);
        assert.equal(before.status, 0, before.stderr);
        const logged = await ran(text, 'plain.py', folder);
        assert.equal(logged.stderr, '');
        assert.equal(logged.stdout, before.stdout);
        // Unless somebody configures logging, nothing is shown.
        const silent = await ran(text, 'program.py', folder);
        assert.deepEqual([silent.status, silent.stdout, silent.stderr], [0, '', '']);
      });
    });
  }

  test('print-as-log: in a handler it is an error, with the traceback where it shows the exception', async () => {
    const program = `def f(text):
    try:
        return int(text)
    except ValueError as error:
        print("no number", error)
        return 0
    except TypeError:
        print("no text")

f("x")
f(None)
`;
    const { text } = await fixed(program, 'print-as-log');
    await withFolder(async (folder) => {
      const { status, stdout, stderr } = await ran(text, 'program.py', folder);
      assert.equal(status, 0);
      assert.equal(stdout, '');
      assert.match(stderr, /^no number invalid[^\n]*\nTraceback[\s\S]*ValueError: [^\n]*\nno text\n$/);
    });
  });

  for (const [name, { rule, program, status, stdout, stderr }] of Object.entries(HANDLER_PROGRAMS)) {
    test(`${rule}: ${name}`, async () => {
      const { text, count } = await fixed(program, rule);
      assert.equal(count, 1);
      await withFolder(async (folder) => {
        const after = await ran(text, 'program.py', folder);
        assert.equal(after.status, status, after.stderr);
        assert.match(after.stdout, stdout);
        assert.match(after.stderr, stderr);
      });
    });
  }
});

async function ran(program: string, start: string, folder: string) {
  writeFileSync(path.join(folder, 'program.py'), program);
  const { status, stdout, stderr } = await run(PYTHON, [start], { cwd: folder });
  return { status, stdout: stdout.toString('utf8'), stderr };
}

/** Applies a fix until nothing more can be fixed. */
async function fixed(program: string, rule: string): Promise<{ text: string; count: number }> {
  const engine = new Engine(await testParser());
  let text = program;
  for (let count = 0; ; count++) {
    assert.ok(count < 60, 'the fixes do not come to an end');
    const analysis = engine.analyze(scriptSource('program.py', text));
    assert.deepEqual(analysis.failures, []);
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
