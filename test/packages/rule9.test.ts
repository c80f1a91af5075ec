import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { filesBelow } from '../support/folders';
import { type LintFinding, mypyFindings, ruffFindings, ruffFormatted } from './lint';
import { type MadePackage, make, subjects } from './madePackages';
import { TEN } from './names';
import { WrittenLines } from './writtenLines';

const CHOSEN = process.env['GRADUATE_CASES']?.split(',');
const NAMES = CHOSEN ?? ['sample:train_model.py', 'sample:score.py', ...TEN];

suite('Rule 9: what Graduate writes is clean', function () {
  this.timeout(900_000);
  const made: MadePackage[] = [];
  const originals = new Map<string, ReadonlySet<string>>();
  const found: LintFinding[] = [];
  let root = '';

  suiteSetup(async () => {
    root = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'graduate-rule9-')));
    fs.mkdirSync(path.join(root, 'texts'));
    for (const subject of subjects(NAMES)) {
      const one = await make(root, subject);
      made.push(one);
      fs.writeFileSync(path.join(root, 'texts', `${one.name}_original.py`), one.text);
    }
    found.push(...(await ruffFindings(root, ['texts', 'packages'])));
    const sources = made.map(({ name }) => `packages/${name}/src/${name}`);
    found.push(...(await mypyFindings(root, ['texts', ...sources])));
    for (const { name } of made) {
      found.push(...(await mypyFindings(root, [`packages/${name}/tests`])));
      originals.set(name, new Set(of(`texts/${name}_original.py`).map(said)));
    }
  });

  suiteTeardown(() => fs.rmSync(root, { recursive: true, force: true }));

  function of(prefix: string): LintFinding[] {
    return found.filter(({ file }) => file.startsWith(prefix));
  }

  function written({ original, text }: MadePackage): WrittenLines {
    const others = filesBelow(original).filter((each) => each.endsWith('.py'));
    const texts = others.map((each) => fs.readFileSync(path.join(original, each), 'utf8'));
    return new WrittenLines([text, ...texts].join('\n'));
  }

  for (const [i, subject] of subjects(NAMES).entries()) {
    test(`${subject.name}: no finding in lines that Graduate wrote, no new one in moved lines`, () => {
      const one = made[i]!;
      const lines = written(one);
      const known = originals.get(one.name)!;
      const problems = of(`packages/${one.name}/`).flatMap((finding) => {
        const text = fs.readFileSync(path.join(root, finding.file), 'utf8').split('\n')[finding.line]!;
        const isImport = /^\s*(?:import|from)\b/.test(text);
        const mayStay = lines.isMoved(text) || isImport;
        const isKnown = known.has(said(finding)) || isListed(one, finding);
        return mayStay && isKnown ? [] : [`${place(finding)} ${text}`];
      });
      assert.deepEqual(problems, []);
    });

    test(`${subject.name}: formatted, but for moved lines`, async () => {
      const one = made[i]!;
      const lines = written(one);
      const folder = path.relative(root, one.folder);
      const problems = [...(await ruffFormatted(root, folder))].flatMap(([name, after]) =>
        lines
          .formatted(fs.readFileSync(path.join(one.folder, name), 'utf8'), after)
          .map((line) => `${name}: ${line}`),
      );
      assert.deepEqual(problems, []);
    });
  }
});

/** Whether a finding that came with moving its line is said in the package. */
function isListed({ folder }: MadePackage, { file, line, rule }: LintFinding): boolean {
  const migration = fs.readFileSync(path.join(folder, 'MIGRATION.md'), 'utf8');
  const listed = migration.split('\n').find((each) => each.includes(`ruff: ${rule}`)) ?? '';
  return listed.includes(`\`${path.basename(file)}\` line ${line + 1}`);
}

function said({ rule, text }: LintFinding): string {
  // What is shared is an attribute now, in what a linter proposes as well.
  return `${rule} ${text.replace(/\bstate\./g, '')}`;
}

function place(finding: LintFinding): string {
  return `${finding.file}:${finding.line + 1}: ${said(finding)}:`;
}
