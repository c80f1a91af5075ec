import assert from 'node:assert/strict';
import { ownPrograms, programPackages, publicPrograms } from '../corpus/programs';
import { CONVERSIONS, type Judgement } from '../support/programs/differential';
import type { Subject } from '../support/programs/program';
import { judgeAll, reportOf, wrongOf } from '../support/programs/report';

const STANDARD = CONVERSIONS.filter(({ title }) => /^(?:extract-pipeline auto|package)$/.test(title));
/** Of public programs every fourth is put to all conversions. */
const EVERY = 4;

/** Programs run before and after what claims to keep their behaviour. */
suite('Programs before and after extract-pipeline and package', function () {
  this.timeout(14_400_000);

  test('programs of our own, every conversion', async () => {
    const programs = ownPrograms();
    assert.ok(programs.length >= 30);
    const judgements = await judged(programs, programs.length);
    assert.deepEqual(wrongOf(judgements), []);
    assert.deepEqual(
      judgements.flatMap((each) => ('unusable' in each ? [`${each.subject.name}: ${each.unusable}`] : [])),
      [],
      'all of our own can be compared',
    );
  });

  for (const [what, extension, minimum] of [
    ['scripts', '.py', 60],
    ['notebooks', '.ipynb', 10],
  ] as const) {
    test(`public ${what}`, async () => {
      const candidates = await publicPrograms(await programPackages());
      const programs = candidates.filter(({ program }) => program.endsWith(extension));
      const judgements = await judged(programs, Math.ceil(programs.length / EVERY));
      assert.deepEqual(wrongOf(judgements), []);
      const compared = judgements.filter((each) => 'verdicts' in each).length;
      assert.ok(compared >= minimum, `only ${compared} can be compared`);
    });
  }
});

/** All by the standard conversions, `thorough` of them, spread over all, by every conversion. */
async function judged(programs: readonly Subject[], thorough: number): Promise<readonly Judgement[]> {
  const step = Math.floor(programs.length / thorough);
  const isThorough = (_: Subject, i: number): boolean => i % step === 0 && i / step < thorough;
  const judgements = [
    ...(await judgeAll(programs.filter(isThorough), CONVERSIONS, undefined, tell)),
    ...(await judgeAll(
      programs.filter((each, i) => !isThorough(each, i)),
      STANDARD,
      undefined,
      tell,
    )),
  ];
  console.log(reportOf(judgements).replace(/^/gm, '      '));
  return judgements;
}

/** A line as each is ready: all of them take hours. */
function tell(judgement: Judgement): void {
  const said =
    'unusable' in judgement ? judgement.unusable : judgement.verdicts.map(({ kind }) => kind).join(', ');
  console.log(`      ${judgement.subject.name}: ${said.slice(0, 100)}`);
}
