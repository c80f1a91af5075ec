import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { mapLimited, runPython } from '../support/run';
import { succeeded } from './lint';
import { type MadePackage, make, subjects } from './madePackages';

const MUTANTS = 20;
const KILLED_AT_LEAST = 0.8;
const SEED = '7';

interface Mutant {
  readonly file: string;
  readonly line: number;
  readonly kind: string;
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Makes packages of programs, changes their stages one by one, and has their own tests find that out. */
export function mutationSuite(names: readonly string[]): void {
  suite('Mutants of packages are killed by the packages\u2019 own tests', function () {
    this.timeout(3_600_000);
    let root = '';
    suiteSetup(() => {
      root = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'graduate-mutants-')));
    });
    suiteTeardown(() => fs.rmSync(root, { recursive: true, force: true }));

    for (const subject of subjects(names)) {
      test(subject.name, async () => {
        const made = await make(root, subject);
        succeeded(await ownTests(made, made.folder));
        const script = path.join(__dirname, 'mutants.py');
        const listed = succeeded(
          await runPython([script, made.folder, SEED, String(MUTANTS)], { cwd: root }),
        );
        const mutants = JSON.parse(listed.stdout.toString('utf8')) as Mutant[];
        assert.equal(mutants.length, MUTANTS);
        const survivors: string[] = [];
        await mapLimited(mutants, 2, async (mutant, i) => {
          const copy = path.join(root, `${subject.name}-${i}`);
          fs.cpSync(made.folder, copy, { recursive: true });
          const change = mutate(path.join(copy, mutant.file), mutant);
          const { status, stdout } = await ownTests(made, copy);
          // 1: tests failed. Anything else is no verdict of theirs.
          assert.ok(status === 0 || status === 1 || status === -1, stdout.toString('utf8'));
          if (status === 0) survivors.push(`${mutant.kind}, ${mutant.file}:${mutant.line}: ${change}`);
          fs.rmSync(copy, { recursive: true });
        });
        const killed = mutants.length - survivors.length;
        console.log(`${subject.name}: ${killed} of ${mutants.length} mutants killed`);
        for (const survivor of survivors) console.log(`  survived: ${survivor}`);
        assert.ok(killed >= mutants.length * KILLED_AT_LEAST, survivors.join('\n'));
      });
    }
  });
}

function ownTests({ original }: MadePackage, folder: string): ReturnType<typeof runPython> {
  const args = ['-m', 'pytest', '-x', '-q', '-p', 'no:cacheprovider', '--basetemp', `${folder}-runs`];
  return runPython(args, { cwd: folder, env: { ORIGINAL: original }, timeoutMs: 300_000 });
}

/** @returns What was changed, for people. */
function mutate(file: string, { start, end, text }: Mutant): string {
  const before = fs.readFileSync(file);
  const after = Buffer.concat([before.subarray(0, start), Buffer.from(text), before.subarray(end)]);
  fs.writeFileSync(file, after);
  return `${before.subarray(start, end).toString('utf8')} -> ${text}`;
}
