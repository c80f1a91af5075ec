import assert from 'node:assert/strict';
import { compareValidity, validityLine } from './mutatedSyntax';
import { withFolder } from '../support/folders';
import { codecProblems } from './codecCheck';
import { type Corpus, isExample, packageCorpus, sampleOf, standardLibrary } from './corpus';
import { EXPLAINED } from './explained';
import { checkFolder, checkLine } from './findingsCheck';
import { layOut } from './layOut';
import { figuresOf, movePaths } from './refactorCheck';
import { filesByRule, fixRule, fixableRules } from './ruleFixes';
import { sweepFiles, sweepLine } from './sweepCheck';
import { compareSyntax, summaryOf, unexplained } from './syntaxCheck';

/** A fixed sample of public code; `npm run test:long` takes all of it. */
suite('Public code: a sample', function () {
  this.timeout(900_000);
  let packages: Corpus;

  suiteSetup(async () => {
    packages = await packageCorpus();
    assert.ok(packages.scripts.length > 5000 && packages.notebooks.length > 600, 'the corpus is not whole');
  });

  test('check: ends, and every finding lies in its text', async () => {
    await withFolder(async (folder) => {
      const chosen = [...sampleOf(packages.scripts, 500), ...sampleOf(packages.notebooks, 150)];
      layOut(chosen, folder, false);
      const figures = await checkFolder(folder, chosen);
      console.log(`      ${checkLine('check', figures)}`);
      assert.deepEqual(figures.problems, []);
    });
  });

  test('paths-to-config, of what the programs name and of what is put in', async () => {
    for (const isInjected of [false, true]) {
      await withFolder(async (folder) => {
        const scripts = packages.scripts.filter(isExample);
        const chosen = [...sampleOf(scripts, 120), ...sampleOf(packages.notebooks, 60)];
        const figures = await movePaths(layOut(chosen, folder, isInjected), folder);
        console.log(
          figuresOf(isInjected ? 'paths put in' : 'paths as found', figures).replace(/^/gm, '      '),
        );
        assert.deepEqual(figures.problems, []);
        if (isInjected) assert.ok(figures.changed.length > chosen.length / 2, 'most programs are refused');
      });
    }
  });

  test('all fixes of all rules together, and every offer alone', async () => {
    const chosen = [
      ...sampleOf(packages.scripts.filter(isExample), 250),
      ...sampleOf(packages.notebooks, 60),
    ];
    const fixable = new Set(fixableRules());
    const byRule = [...(await filesByRule(chosen))].filter(([rule]) => fixable.has(rule));
    const firing = sampleOf([...new Set(byRule.flatMap(([, files]) => files))], 150);
    assert.ok(firing.length > 30, `the rules with fixes fire in ${firing.length} programs only`);
    const fixed = await fixRule(undefined, firing);
    console.log(figuresOf('all fixes', fixed).replace(/^/gm, '      '));
    const swept = await sweepFiles(firing, 15);
    console.log(`      ${sweepLine(swept)}`);
    assert.deepEqual([...fixed.problems, ...swept.problems], []);
  });

  test('files are written as they were read, edits can be taken back', () => {
    const chosen = [...sampleOf(packages.scripts, 300), ...sampleOf(packages.notebooks, 60)];
    assert.deepEqual(chosen.flatMap(codecProblems), []);
  });

  test('validity and scopes are what CPython says', async () => {
    const library = await standardLibrary();
    for (const [what, { scripts }] of [
      ['packages', packages],
      ['standard library', library],
    ] as const) {
      const result = await compareSyntax(sampleOf(scripts, 150));
      console.log(`      ${summaryOf(what, result)}`);
      assert.ok(result.compared > 100, `only ${result.compared} scripts were compared`);
      assert.deepEqual(unexplained(result, EXPLAINED), []);
    }
  });

  test('what is broken is no Python', async () => {
    const result = await compareValidity(1, 1500);
    console.log(`      ${validityLine(result)}`);
    assert.deepEqual(result.accepted, []);
    assert.ok(result.rejected.length <= result.valid * 0.02);
  });
});
