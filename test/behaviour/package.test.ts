import assert from 'node:assert/strict';
import path from 'node:path';
import { ROOT, mapLimited } from '../support/run';
import { baselineOf } from './baseline';
import { type BehaviourCase, readCases } from './behaviourCase';
import { type PackageAttempt, packageAttempt } from './packageAttempt';

const DATA = path.join(ROOT, 'test', 'data');
/** Whole programs that may be refused, of those for which no case allows it. */
const REFUSED_AT_MOST = 0.15;
const CHOSEN = process.env['GRADUATE_CASES'];

suite('Packages of the behaviour cases', function () {
  this.timeout(1_200_000);
  const hasTorch = process.env['GRADUATE_TORCH'] !== '0';
  const cases = readCases(path.join(DATA, 'behaviour-cases')).filter(
    (each) =>
      (!CHOSEN || each.name.includes(CHOSEN)) &&
      namesPackage(each) &&
      (hasTorch || !each.needs.includes('torch')),
  );
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
    const open = cases.filter(({ mustRefuse }) => mustRefuse['package'] === undefined);
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
    assert.ok(staged >= running * 0.9, `${staged} of ${running}`);
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
