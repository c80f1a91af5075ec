import assert from 'node:assert/strict';
import path from 'node:path';
import { ROOT, mapLimited } from '../support/run';
import { baselineOf } from './baseline';
import { isEvery } from './commands';
import { type BehaviourCase, readCases } from './behaviourCase';
import { type PackageAttempt, packageAttempt } from './packageAttempt';

const DATA = path.join(ROOT, 'test', 'data');
/** Whole programs that may be refused, of those for which no case allows it. */
const REFUSED_AT_MOST = 0.15;
/** What a shell prints is recorded in another place, or a folder is missing, which `%cd` only says. */
const OTHERWISE = new Set(['pipeline-as-marimo-magics', 'pipeline-nb-env']);
const CHOSEN = process.env['GRADUATE_CASES'];

suite('Packages of the behaviour cases', function () {
  this.timeout(1_200_000);
  const hasTorch = process.env['GRADUATE_TORCH'] !== '0';
  const isWanted = (each: BehaviourCase): boolean =>
    (!CHOSEN || each.name.includes(CHOSEN)) && (hasTorch || !each.needs.includes('torch'));
  const shared = readCases(path.join(DATA, 'behaviour-cases')).filter(
    (each) => isWanted(each) && namesPackage(each),
  );
  // Programs that were written against extract-pipeline are as hard for a package.
  const own = readCases(path.join(DATA, 'behaviour-own')).filter(
    (each) =>
      isEvery && isWanted(each) && /^(?:pipeline|table)-/.test(each.name) && !OTHERWISE.has(each.name),
  );
  const cases = [...shared, ...own];
  const attempts = new Map<string, PackageAttempt>();

  suiteSetup(async () => {
    await mapLimited(cases, 2, async (each) => {
      attempts.set(each.name, await packageAttempt(each, await baselineOf(each)));
    });
    console.log(`\n${summary(cases, attempts)}\n`);
  });

  for (const each of cases) {
    test(each.name, () => {
      const { verdict, details } = attempts.get(each.name)!;
      assert.notEqual(verdict, 'wrong', details.join('\n'));
      if (each.mustRefuse['package'] !== undefined) assert.equal(verdict, 'refused');
    });
  }

  test('few are refused', () => {
    const open = shared.filter(({ mustRefuse }) => mustRefuse['package'] === undefined);
    const refused = open.filter(({ name }) => attempts.get(name)!.verdict === 'refused');
    assert.ok(
      CHOSEN !== undefined || refused.length <= open.length * REFUSED_AT_MOST,
      refused.map(({ name }) => name).join(', '),
    );
  });

  test('nearly all statements end in stages', () => {
    const shapes = [...attempts.values()].flatMap(({ shape }) => shape ?? []);
    const sum = (count: (shape: (typeof shapes)[number]) => number): number =>
      shapes.reduce((total, shape) => total + count(shape), 0);
    const staged = sum(({ staged: own }) => own);
    const running = sum(({ running: own }) => own);
    assert.ok(CHOSEN !== undefined || staged >= running * 0.9, `${staged} of ${running}`);
  });
});

function namesPackage({ commands, mayRefuse, mustRefuse }: BehaviourCase): boolean {
  return commands.includes('package') || 'package' in mayRefuse || 'package' in mustRefuse;
}

function summary(cases: readonly BehaviourCase[], attempts: ReadonlyMap<string, PackageAttempt>): string {
  const of = (verdict: PackageAttempt['verdict']): readonly BehaviourCase[] =>
    cases.filter(({ name }) => attempts.get(name)?.verdict === verdict);
  const lines = [...of('refused'), ...of('wrong')].map(({ name, mustRefuse }) => {
    const { verdict, details } = attempts.get(name)!;
    return `${verdict}${'package' in mustRefuse ? ', as it must be' : ''}: ${name}: ${details.slice(0, 4).join('; ')}`;
  });
  const counts = `package: ${cases.length} attempts, ${of('done').length} done, ${of('refused').length} refused, ${of('wrong').length} wrong`;
  return [counts, ...lines].join('\n');
}
