import assert from 'node:assert/strict';
import path from 'node:path';
import { ROOT, mapLimited, runPython } from '../support/run';
import { type Attempt, type Judged, attempt } from './attempt';
import { type Baseline, baselineOf } from './baseline';
import { type BehaviourCase, readCases } from './behaviourCase';
import { COMMANDS, type Command, isEvery } from './commands';
import { type ProgramRun, firstDifference, lastLines } from './runProgram';
import { stagedShare, tableOf } from './table';

const DATA = path.join(ROOT, 'test', 'data');
/** Programs that run side by side. */
const AT_ONCE = 2;
/** Import names of packages that are called otherwise. */
const MODULES: Readonly<Record<string, string>> = { 'scikit-learn': 'sklearn', PyYAML: 'yaml' };

for (const [title, folder, isForAllToo] of [
  ['Behaviour cases', 'behaviour-cases', true],
  ['Behaviour cases of our own', 'behaviour-own', isEvery],
] as const) {
  suite(title, function () {
    this.timeout(isEvery ? 3_600_000 : 1_500_000);
    const filter = process.env['GRADUATE_CASES'];
    // Of our own every third is a sample of all, which the long tests take.
    const isSample = !isForAllToo;
    const cases = readCases(path.join(DATA, folder)).filter(({ name }, i) =>
      filter ? name.includes(filter) : !isSample || i % 3 === 0,
    );
    const baselines = new Map<string, Baseline>();
    const attempts = new Map<string, Attempt>();
    let absent: ReadonlySet<string>;

    suiteSetup(async () => {
      absent = await absentPackages(cases.flatMap(({ needs }) => needs));
      await mapLimited(cases.filter(canRun), AT_ONCE, async (each) => {
        const baseline = await baselineOf(each);
        const judged: Judged = new Map();
        baselines.set(each.name, baseline);
        for (const command of COMMANDS.filter((command) => isJudged(each, command, isForAllToo))) {
          attempts.set(`${each.name} ${command.name}`, await attempt(each, command, baseline, judged));
        }
      });
      console.log(`\n${tableOf(COMMANDS, [...attempts.values()])}\n`);
    });

    const canRun = (each: BehaviourCase): boolean => !each.needs.some((name) => absent.has(name));

    for (const command of COMMANDS.filter(({ makesStages }) => makesStages)) {
      test(`${command.name}: at least 90 % of top-level statements end in stages`, () => {
        assert.ok(stagedShare(command, [...attempts.values()]) >= 0.9);
      });
    }

    for (const each of cases) {
      suite(each.name, () => {
        test('the original does what is expected', function () {
          if (!canRun(each)) this.skip();
          checkOriginal(each, baselines.get(each.name)!.run);
        });
        for (const command of COMMANDS.filter((candidate) => isJudged(each, candidate, isForAllToo))) {
          test(command.name, function () {
            if (!canRun(each)) this.skip();
            const { verdict, details } = attempts.get(`${each.name} ${command.name}`)!;
            assert.notEqual(verdict, 'wrong', details.join('\n'));
          });
        }
      });
    }
  });
}

function isJudged(
  { commands, mayRefuse, mustRefuse }: BehaviourCase,
  { name, isForAll }: Command,
  isForAllToo: boolean,
): boolean {
  if (isForAll === true && isForAllToo) return true;
  return commands.includes(name) || name in mayRefuse || name in mustRefuse;
}

function checkOriginal(of: BehaviourCase, run: ProgramRun): void {
  const expected = of.expected.toString('latin1');
  assert.ok(run.stdout === expected, `${firstDifference(expected, run.stdout)}; ${lastLines(run.stderr)}`);
  assert.equal(run.status, of.exitStatus, lastLines(run.stderr));
  assert.deepEqual(
    of.expectedFiles.filter((name) => !run.files.has(name)),
    [],
    'files that were not written',
  );
}

/** The packages that cannot be imported; only torch may be left out of the environment, and only when that is said. */
async function absentPackages(names: readonly string[]): Promise<ReadonlySet<string>> {
  const packages = [...new Set(names)];
  const modules = packages.map((name) => MODULES[name] ?? name);
  const find =
    'import importlib.util as u, json, sys; print(json.dumps([not u.find_spec(n) for n in sys.argv[1:]]))';
  const result = await runPython(['-c', find, ...modules], { cwd: ROOT });
  const isAbsent = JSON.parse(result.stdout.toString('utf8')) as boolean[];
  const absent = packages.filter((_, i) => isAbsent[i]);
  const isMeant = process.env['GRADUATE_TORCH'] === '0';
  assert.deepEqual(
    absent.filter((name) => !(isMeant && name === 'torch')),
    [],
    'packages are missing',
  );
  return new Set(absent);
}
