import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { type ChangeOutput, parseOutput } from '../support/contract';
import { changedBetween, snapshot } from '../support/folders';
import { type RunResult, runCli, runPython } from '../support/run';
import { compileProblems } from './compileCheck';
import type { LaidOut } from './layOut';

/** What came of moving the paths of many programs. */
export interface RefactorFigures {
  readonly programs: number;
  readonly changed: readonly LaidOut[];
  readonly refused: number;
  /** How often each reason was given, digits and quoted names left out. */
  readonly reasons: ReadonlyMap<string, number>;
  readonly problems: readonly string[];
}

/** Moves the paths of all programs in a folder, and judges everything that comes out. */
export function movePaths(programs: readonly LaidOut[], folder: string): Promise<RefactorFigures> {
  return fixAndJudge(programs, folder, ['--rule', 'hard-coded-path']);
}

/**
 * Fixes all programs in a folder by one command, and judges everything that comes out: what is said to be written is
 * written, it compiles, reads no name that nothing binds, is a notebook in which only sources of code cells and outputs
 * are other than they were, and a second run changes nothing.
 */
export async function fixAndJudge(
  programs: readonly LaidOut[],
  folder: string,
  options: readonly string[],
): Promise<RefactorFigures> {
  const originals = new Map(
    programs.map((each) => [each.path, fs.readFileSync(path.join(folder, each.path))]),
  );
  const problems: string[] = [];
  const before = snapshot(folder);
  const output = fixOutput(await fix(folder, options), problems);
  const after = snapshot(folder);

  const touched = changedBetween(before, after);
  const unsaid = touched.filter((name) => !output.written.includes(name));
  const unwritten = output.written.filter((name) => !touched.includes(name));
  if (unsaid.length > 0) problems.push(`changed, and not among the written: ${unsaid.join(', ')}`);
  if (unwritten.length > 0) problems.push(`said to be written, and unchanged: ${unwritten.join(', ')}`);
  const changed = programs.filter((each) => touched.includes(each.path));
  for (const each of changed) {
    if (each.path.endsWith('.ipynb'))
      problems.push(...notebookDamage(each, originals.get(each.path)!, folder));
  }
  problems.push(
    ...(await compileAll(changed, originals, folder)),
    ...(await readConfigurations(folder, touched)),
  );

  fixOutput(await fix(folder, options), problems);
  const again = changedBetween(after, snapshot(folder));
  if (again.length > 0) problems.push(`a second time it changes ${again.join(', ')}`);
  return { programs: programs.length, changed, problems, ...refusalsOf(output) };
}

function fix(folder: string, options: readonly string[]): Promise<RunResult> {
  return runCli(['fix', ...options, '--format', 'json', '.'], { cwd: folder, timeoutMs: 1_800_000 });
}

function fixOutput(result: RunResult, problems: string[]): ChangeOutput {
  if (![0, 1, 3].includes(result.status))
    problems.push(`exit status ${result.status}: ${result.stderr.slice(0, 2000)}`);
  return parseOutput<ChangeOutput>(result);
}

function refusalsOf(output: ChangeOutput): Pick<RefactorFigures, 'refused' | 'reasons'> {
  const reasons = new Map<string, number>();
  for (const { reason } of output.refusals) {
    const general = reason.replace(/"[^"]*"|'[^']*'|[0-9]+/g, '_');
    reasons.set(general, (reasons.get(general) ?? 0) + 1);
  }
  return { refused: new Set(output.refusals.map((each) => each.path)).size, reasons };
}

interface RawCell {
  readonly cell_type: string;
  readonly source: string | string[];
  readonly outputs?: readonly unknown[];
}

/** What changed in a notebook besides the sources of code cells, outputs that went and cells that were added. */
function notebookDamage(each: LaidOut, original: Buffer, folder: string): string[] {
  const read = (bytes: Buffer) =>
    JSON.parse(bytes.toString('utf8')) as { readonly cells: readonly RawCell[] };
  const [before, after] = [read(original), read(fs.readFileSync(path.join(folder, each.path)))];
  // Every old cell is still there, in the order that it had.
  let at = 0;
  for (const cell of after.cells) if (before.cells[at] && isSameButSource(before.cells[at]!, cell)) at++;
  const isWhole = at === before.cells.length;
  const damage = isWhole ? [] : [`${each.file.name}: cell ${at} is not what it was but for its source`];
  const shell = (notebook: object): string => JSON.stringify({ ...notebook, cells: [] });
  if (shell(before) !== shell(after)) damage.push(`${each.file.name}: the notebook's own fields changed`);
  return damage;
}

function isSameButSource(before: RawCell, after: RawCell): boolean {
  const rest = ({ source, outputs: _, ...others }: RawCell): string =>
    JSON.stringify(others.cell_type === 'code' ? others : { ...others, source });
  if (rest(before) !== rest(after)) return false;
  const left = (after.outputs ?? []).map((output) => JSON.stringify(output));
  // Outputs may go, and stay in order.
  for (const output of before.outputs ?? []) if (JSON.stringify(output) === left[0]) left.shift();
  return left.length === 0;
}

async function compileAll(
  changed: readonly LaidOut[],
  originals: ReadonlyMap<string, Buffer>,
  folder: string,
): Promise<string[]> {
  const made = changed.map(({ path: name, file }) => {
    const original = `${path.dirname(name)}/original-${path.basename(name)}`;
    fs.writeFileSync(path.join(folder, original), originals.get(name)!);
    return { name: file.name, original, results: [{ path: name, what: 'fixed' }] };
  });
  const problems = await compileProblems(folder, made);
  for (const { original } of made) fs.rmSync(path.join(folder, original));
  return problems;
}

/** PyYAML reads every configuration as a dictionary. */
async function readConfigurations(folder: string, touched: readonly string[]): Promise<string[]> {
  const files = touched.filter((name) => name.endsWith('.yaml'));
  const code = `
import json, sys, yaml
for name in json.load(sys.stdin):
    try:
        values = yaml.safe_load(open(name, encoding="utf-8"))
        if type(values) is not dict or not values: print(f"{name}: reads as {values!r}")
    except Exception as error:
        print(f"{name}: {error}")
`;
  const result = await runPython(['-c', code], { cwd: folder, input: JSON.stringify(files) });
  assert.equal(result.status, 0, result.stderr);
  return result.stdout.toString('utf8').split('\n').filter(Boolean);
}

export function figuresOf(what: string, figures: RefactorFigures): string {
  const { programs, changed, refused, reasons, problems } = figures;
  const counts = `${what}: ${programs} programs, ${changed.length} changed, ${refused} refused in part or whole`;
  const lines = [...reasons].sort((a, b) => b[1] - a[1]).slice(0, 12);
  return [`${counts}, ${problems.length} problems`, ...lines.map(([text, n]) => `  ${n} x ${text}`)].join(
    '\n',
  );
}
