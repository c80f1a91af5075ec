import assert from 'node:assert/strict';
import path from 'node:path';
import { type CheckOutput, parseOutput } from '../support/contract';
import { withFolder } from '../support/folders';
import { ROOT, runCli } from '../support/run';
import { type Judgement, judge, precisionOf, recallOf, tableOf, totalOf } from './judge';
import { type CaseFile, writeCases } from './ruleCases';

const CASES = path.join(ROOT, 'test', 'data', 'rules-cases');
const MIN_PRECISION = 0.95;
const MIN_RECALL = 0.9;

/** The labelled cases say what `graduate check` must report, and what it must not. */
suite('Labelled rule cases', function () {
  this.timeout(120_000);
  let rules: ReadonlySet<string>;
  let files: readonly CaseFile[];
  let output: CheckOutput;
  let judgement: Judgement;

  suiteSetup(async () => {
    await withFolder(async (folder) => {
      const listed = await runCli(['rules', '--format', 'json'], { cwd: folder });
      rules = new Set(ruleNames(parseOutput(listed)));
      files = writeCases(CASES, folder);
      const checked = await runCli(['check', '--format', 'json', '.'], { cwd: folder });
      assert.ok([0, 1].includes(checked.status), `exit status ${checked.status}: ${checked.stderr}`);
      assert.equal(checked.stderr, '');
      output = parseOutput<CheckOutput>(checked);
      judgement = judge(files, output.diagnostics, rules);
    });
  });

  test('every file is checked', () => {
    assert.ok(files.length > 150, `only ${files.length} files`);
    assert.equal(output.files, files.length);
    const known = new Set(files.map((file) => file.path));
    assert.deepEqual(
      output.diagnostics.filter((each) => !known.has(each.path)),
      [],
    );
  });

  test('every finding is of a rule that is listed, and lies in its file', () => {
    const texts = new Map(files.map((file) => [file.path, file]));
    for (const each of output.diagnostics) {
      assert.ok(rules.has(each.rule), `${each.rule} is not listed`);
      const { cells, text } = texts.get(each.path)!;
      const source = cells ? cells[each.cell!]!.source : text;
      const line = source.split('\n')[each.range.start.line];
      assert.ok(line !== undefined && each.range.start.character <= line.length, JSON.stringify(each));
    }
  });

  test(`precision is at least ${MIN_PRECISION}, recall ${MIN_RECALL}`, () => {
    const { scores, mistakes } = judgement;
    const total = totalOf(scores.values());
    console.log(`\n${tableOf([...scores.values(), total])}\n${mistakes.join('\n')}\n`);
    assert.ok(total.hits > 0, 'nothing was found');
    assert.ok(precisionOf(total) >= MIN_PRECISION, `precision ${precisionOf(total).toFixed(3)}`);
    assert.ok(recallOf(total) >= MIN_RECALL, `recall ${recallOf(total).toFixed(3)}`);
  });
});

/** The catalogue as `rules --format json` prints it: a list of rules, or an object that holds it. */
function ruleNames(printed: unknown): string[] {
  const list = Array.isArray(printed) ? printed : (printed as { rules?: unknown }).rules;
  assert.ok(Array.isArray(list), 'rules --format json prints a list of rules');
  return (list as { name: string }[]).map((rule) => rule.name);
}
