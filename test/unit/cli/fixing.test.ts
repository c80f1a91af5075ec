import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import type { Analysis } from '../../../src/actions/engine';
import { Engine } from '../../../src/actions/engine';
import type { Offer, Outcome } from '../../../src/actions/offer';
import { Fixer, type FixTable } from '../../../src/cli/fixing';
import { Progress } from '../../../src/cli/progress';
import { Project } from '../../../src/cli/project';
import { Session } from '../../../src/cli/session';
import type { Finding, FixKind } from '../../../src/rules/rule';
import { EditSet } from '../../../src/text/edit';
import { withFolder } from '../../support/folders';
import { testParser } from '../../support/parser';
import { testIo, writeTree } from './support';

/** What a made-up fix does with the line of its finding; the findings are real ones of `unused-suppression`. */
type LineFix = (line: string, finding: Finding) => string | Outcome | Error;

const NOTHING: Outcome = { status: 'nothing', notes: [], refusals: [] };

/** A line with a suppression that hides nothing is what every made-up fix is about. */
const marked = (text: string): string => `${text}  # graduate: ignore`;

function table(fix: LineFix, kind: FixKind = 'keeps', disabled?: string): FixTable {
  return {
    offersAt: (analysis, place) => {
      const findings = analysis.findings.filter((finding) => finding.span.start === place.start);
      const offers = findings.map((finding): Offer => ({
        ...{ id: 'made-up', title: 'Mend', kind, codeActionKind: 'quickfix', isPreferred: false, disabled },
        findings: [finding],
        target: { type: 'finding', finding },
      }));
      return { offers, failures: [] };
    },
    resolveOffer: async (offer, analysis) => {
      const [finding] = offer.findings;
      const result = fix(lineOf(finding!), finding!);
      if (result instanceof Error) throw result;
      return typeof result === 'string' ? lineChange(analysis, finding!, result) : result;
    },
  };
}

function lineSpan({ cell, span }: Finding): { start: number; end: number } {
  const { source } = cell.cell;
  const { line } = cell.lines.positionAt(span.start);
  const start = cell.lines.lineStart(line);
  return { start, end: start + (/^.*/.exec(source.slice(start))?.[0].length ?? 0) };
}

function lineOf(finding: Finding): string {
  const { start, end } = lineSpan(finding);
  return finding.cell.cell.source.slice(start, end);
}

function lineChange(analysis: Analysis, finding: Finding, newText: string): Outcome {
  const edits = new EditSet([{ span: lineSpan(finding), newText }]);
  const before = finding.cell.cell.source;
  const change = { files: [{ kind: 'text' as const, path: analysis.path, before, edits }] };
  return { status: 'done', change, notes: [], refusals: [] };
}

interface Fixed {
  readonly fixer: Fixer;
  readonly text: string | undefined;
  readonly stderr: readonly string[];
}

async function fixed(
  source: string,
  fixes: FixTable,
  selection: { kinds?: FixKind[]; rules?: string[] } = {},
): Promise<Fixed> {
  const parser = await testParser();
  return withFolder(async (folder) => {
    writeTree(folder, { 'a.py': source });
    const io = testIo(folder);
    const session = new Session(io, folder);
    const project = new Project(folder, new Engine(parser));
    const fixer = new Fixer(
      session,
      { kinds: new Set(selection.kinds ?? ['keeps']), rules: selection.rules && new Set(selection.rules) },
      fixes,
    );
    await fixer.fix([{ project, path: 'a.py', shown: 'a.py' }], new Progress(io, 'fixing', 1));
    assert.equal(fs.readFileSync(path.join(folder, 'a.py'), 'utf8'), source, 'nothing is written yet');
    return { fixer, text: await project.overlay.read('a.py'), stderr: io.stderr };
  });
}

suite('cli: fixing', () => {
  test('every finding is mended, each on the text that the others left', async () => {
    const source = [1, 2, 3].map((n) => marked(`x = ${n}`)).join('\n');
    const { fixer, text } = await fixed(
      source,
      table((line) => `# longer line above\n${line.replace(/ {2}#.*/, '')}`),
    );
    assert.equal(text, [1, 2, 3].map((n) => `# longer line above\nx = ${n}`).join('\n'));
    assert.equal(fixer.fixed, 3);
    assert.deepEqual(fixer.remarks.refusals, []);
  });

  test('a refusal is listed once and stops no other fix', async () => {
    const refuse: Outcome = {
      ...{ status: 'refused', notes: [] },
      refusals: [{ path: 'a.py', cell: null, line: 0, reason: 'no' }],
    };
    const { fixer, text } = await fixed(
      `${marked('keep = 1')}\n${marked('x = 2')}\n`,
      table((line) => (line.startsWith('keep') ? refuse : 'x = 2')),
    );
    assert.equal(text, `${marked('keep = 1')}\nx = 2\n`);
    assert.deepEqual(fixer.remarks.refusals, [{ path: 'a.py', cell: null, line: 0, reason: 'no' }]);
  });

  test('a place in the end counts in the end result', async () => {
    const { fixer } = await fixed(
      `${marked('x = 1')}\n${marked('keep = 2')}\n`,
      table((line, finding) => {
        if (line.startsWith('x')) return 'x = 1\n# one more line';
        const { line: at } = finding.cell.lines.positionAt(finding.span.start);
        return {
          status: 'refused',
          notes: [],
          refusals: [{ path: 'a.py', cell: null, line: at, reason: 'no' }],
        };
      }),
    );
    assert.deepEqual(
      fixer.remarks.refusals.map((refusal) => refusal.line),
      [2],
    );
  });

  test('a disabled offer is a refusal at its finding', async () => {
    const { fixer, text } = await fixed(
      `x = 1\n${marked('y = 2')}\n`,
      table(() => 'never', 'keeps', 'because'),
    );
    assert.equal(text, `x = 1\n${marked('y = 2')}\n`);
    assert.deepEqual(fixer.remarks.refusals, [{ path: 'a.py', cell: null, line: 1, reason: 'because' }]);
  });

  test('only the kinds and rules that were asked for', async () => {
    const source = `${marked('x = 1')}\n`;
    const fixes = table(() => 'x = 1', 'changes');
    assert.equal((await fixed(source, fixes)).text, source);
    assert.equal((await fixed(source, fixes, { kinds: ['keeps', 'changes'] })).text, 'x = 1\n');
    const all: FixKind[] = ['keeps', 'changes'];
    assert.equal((await fixed(source, fixes, { kinds: all, rules: ['hard-coded-path'] })).text, source);
    assert.equal((await fixed(source, fixes, { kinds: all, rules: ['unused-suppression'] })).text, 'x = 1\n');
  });

  test('a fix that mends nothing comes to an end', async () => {
    const { text } = await fixed(
      `${marked('x = 0')}\n`,
      table((line) => line.replace(/\d+/, (n) => String(Number(n) + 1))),
    );
    assert.equal(text, `${marked('x = 10')}\n`);
  });

  test('a fix that breeds findings comes to an end', async () => {
    let count = 0;
    await fixed(
      `${marked('x = 0')}\n`,
      table((line) => {
        count++;
        return `${line}\n${line}`;
      }),
    );
    assert.equal(count, 10);
  });

  test('a change that changes nothing is none', async () => {
    const { fixer } = await fixed(
      `${marked('x = 1')}\n`,
      table((line) => line),
    );
    assert.equal(fixer.fixed, 0);
  });

  test('an internal error is one line, and what was done before it stays', async () => {
    const { text, stderr } = await fixed(
      `${marked('x = 1')}\n${marked('y = 2')}\n`,
      table((line) => (line.startsWith('x') ? 'x = 1' : new Error('boom\nand more'))),
    );
    assert.equal(text, `x = 1\n${marked('y = 2')}\n`);
    assert.deepEqual(stderr, ['graduate: internal error in a.py: boom and more']);
  });

  test('nothing of the kind', async () => {
    const { fixer } = await fixed(
      `${marked('x = 1')}\n`,
      table(() => NOTHING),
    );
    assert.equal(fixer.fixed, 0);
  });
});
