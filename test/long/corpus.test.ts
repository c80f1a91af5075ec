import assert from 'node:assert/strict';
import fs from 'node:fs';
import { compareValidity, validityLine } from '../corpus/mutatedSyntax';
import { codecProblems } from '../corpus/codecCheck';
import { type Corpus, packageCorpus, sampleOf, standardLibrary } from '../corpus/corpus';
import { EXPLAINED } from '../corpus/explained';
import { checkFolder, checkLine } from '../corpus/findingsCheck';
import { layOut } from '../corpus/layOut';
import { figuresOf, movePaths } from '../corpus/refactorCheck';
import { filesByRule, fixRule, fixableRules } from '../corpus/ruleFixes';
import { runBeforeAndAfter, runLine } from '../corpus/runCheck';
import { sweepFiles, sweepLine } from '../corpus/sweepCheck';
import { compareSyntax, summaryOf, unexplained } from '../corpus/syntaxCheck';
import { withFolder } from '../support/folders';
import { runPython } from '../support/run';

/** All of the public code that `test/corpus` takes a sample of. */
suite('Public code: all of it', function () {
  this.timeout(10_800_000);
  const corpora: [string, Corpus][] = [];

  suiteSetup(async () => {
    corpora.push(['packages', await packageCorpus()], ['standard library', await standardLibrary()]);
  });

  test('check: ends, and every finding lies in its text', async () => {
    for (const [what, { scripts, notebooks }] of corpora) {
      await withFolder(async (folder) => {
        const files = [...scripts, ...notebooks];
        const laidOut = layOut(files, folder, false);
        const unreadable = await undecodable(
          laidOut.map((each) => each.path),
          folder,
        );
        const figures = await checkFolder(folder, files, unreadable);
        console.log(`      ${checkLine(what, figures)}`);
        assert.deepEqual(figures.problems, []);
      });
    }
  });

  for (const isInjected of [false, true]) {
    test(`paths-to-config, of paths ${isInjected ? 'that are put in' : 'as found'}`, async () => {
      const [, { scripts, notebooks }] = corpora[0]!;
      await withFolder(async (folder) => {
        const figures = await movePaths(layOut([...scripts, ...notebooks], folder, isInjected), folder);
        console.log(figuresOf('packages', figures).replace(/^/gm, '      '));
        assert.deepEqual(figures.problems, []);
      });
    });
  }

  test('the fixes of each rule, and of all together', async () => {
    const [, { scripts, notebooks }] = corpora[0]!;
    const byRule = await filesByRule([...scripts, ...notebooks]);
    const problems: string[] = [];
    for (const rule of fixableRules()) {
      const files = byRule.get(rule) ?? [];
      if (files.length === 0) {
        console.log(`      ${rule}: fires nowhere`);
        continue;
      }
      const figures = await fixRule(rule, files);
      console.log(figuresOf(rule, figures).replace(/^/gm, '      '));
      problems.push(...figures.problems.map((problem) => `${rule}: ${problem}`));
    }
    const figures = await fixRule(undefined, [...new Set([...byRule.values()].flat())]);
    console.log(figuresOf('all rules', figures).replace(/^/gm, '      '));
    assert.deepEqual([...problems, ...figures.problems], []);
  });

  test('every offer at every finding, alone', async () => {
    const [, { scripts, notebooks }] = corpora[0]!;
    const figures = await sweepFiles([...scripts, ...notebooks], 40);
    console.log(`      ${sweepLine(figures)}`);
    assert.deepEqual(figures.problems, []);
  });

  test('programs run the same after paths-to-config', async () => {
    const [, { scripts }] = corpora[0]!;
    const examples = scripts.filter((file) => file.name.startsWith('scikit-learn/examples/'));
    const offline = examples.filter(
      ({ absolute }) => !/fetch_|urlopen/.test(fs.readFileSync(absolute, 'utf8')),
    );
    const figures = await runBeforeAndAfter(sampleOf(offline, 60));
    console.log(`      ${runLine(figures)}`);
    assert.deepEqual(figures.problems, []);
    assert.ok(figures.equal > 30, 'too few programs could be compared');
  });

  test('files are written as they were read, edits can be taken back', () => {
    for (const [, { scripts, notebooks }] of corpora) {
      assert.deepEqual([...scripts, ...notebooks].flatMap(codecProblems), []);
    }
  });

  test('validity and scopes are what CPython says', async () => {
    for (const [what, { scripts }] of corpora) {
      const result = await compareSyntax(scripts);
      console.log(`      ${summaryOf(what, result)}`);
      assert.deepEqual(unexplained(result, EXPLAINED), []);
    }
  });

  test('what is broken is no Python', async () => {
    const result = await compareValidity(2, 20_000);
    console.log(`      ${validityLine(result)}`);
    assert.deepEqual(result.accepted, []);
    assert.ok(result.rejected.length <= result.valid * 0.02);
  });
});

/** Of these scripts, those that CPython cannot decode; the standard library tests its parser with some. */
async function undecodable(paths: readonly string[], folder: string): Promise<string[]> {
  const code = `
import json, sys, tokenize
for path in json.load(sys.stdin):
    try:
        with tokenize.open(path) as file: file.read()
    except (SyntaxError, UnicodeDecodeError, LookupError):
        print(path)
`;
  const scripts = paths.filter((name) => name.endsWith('.py'));
  const result = await runPython(['-c', code], { cwd: folder, input: JSON.stringify(scripts) });
  return result.stdout.toString('utf8').split('\n').filter(Boolean);
}
