import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { type ChangeOutput, parseOutput } from '../support/contract';
import { changedBetween, snapshot } from '../support/folders';
import { ROOT, type RunResult, runCli, runPython } from '../support/run';
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

const ARGUMENTS = ['fix', '--rule', 'hard-coded-path', '--format', 'json', '.'];

/** Moves the paths of all programs in a folder by one command, and judges everything that comes out. */
export async function movePaths(programs: readonly LaidOut[], folder: string): Promise<RefactorFigures> {
  const originals = new Map(
    programs.map((each) => [each.path, fs.readFileSync(path.join(folder, each.path))]),
  );
  const problems: string[] = [];
  const before = snapshot(folder);
  const output = fixOutput(await fix(folder), problems);
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

  fixOutput(await fix(folder), problems);
  const again = changedBetween(after, snapshot(folder));
  if (again.length > 0) problems.push(`a second time it changes ${again.join(', ')}`);
  return { programs: programs.length, changed, problems, ...refusalsOf(output) };
}

function fix(folder: string): Promise<RunResult> {
  return runCli(ARGUMENTS, { cwd: folder, timeoutMs: 1_800_000 });
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

/** What changed in a notebook besides the sources of code cells and cells that were added. */
function notebookDamage(each: LaidOut, original: Buffer, folder: string): string[] {
  interface Notebook {
    cells: { cell_type: string; source: string | string[]; id?: string }[];
  }
  const read = (bytes: Buffer): Notebook => JSON.parse(bytes.toString('utf8')) as Notebook;
  const [before, after] = [read(original), read(fs.readFileSync(path.join(folder, each.path)))];
  const withoutSource = ({ source, ...rest }: Notebook['cells'][number]): string =>
    JSON.stringify(rest.cell_type === 'code' ? rest : { ...rest, source });
  const old = before.cells.map(withoutSource);
  const rest = after.cells.map(withoutSource);
  // Every old cell is still there, in the order that it had.
  let at = 0;
  for (const cell of rest) if (cell === old[at]) at++;
  const damage =
    at === old.length ? [] : [`${each.file.name}: cell ${at} is not what it was but for its source`];
  const shell = (notebook: Notebook): string => JSON.stringify({ ...notebook, cells: [] });
  if (shell(before) !== shell(after)) damage.push(`${each.file.name}: the notebook's own fields changed`);
  return damage;
}

/** Whatever compiled compiles, and reads no name that nothing binds which it did not read before. */
async function compileAll(
  changed: readonly LaidOut[],
  originals: ReadonlyMap<string, Buffer>,
  folder: string,
): Promise<string[]> {
  type Checked = Record<string, { error: string | null; undefined: string[] | null }>;
  const check = async (paths: readonly string[]): Promise<Checked> => {
    const script = path.join(ROOT, 'test', 'support', 'check_python.py');
    const result = await runPython([script], {
      cwd: folder,
      input: JSON.stringify(paths),
      timeoutMs: 600_000,
    });
    assert.equal(result.status, 0, result.stderr);
    return JSON.parse(result.stdout.toString('utf8')) as Checked;
  };
  const oldName = (name: string): string => `${path.dirname(name)}/original-${path.basename(name)}`;
  for (const each of changed)
    fs.writeFileSync(path.join(folder, oldName(each.path)), originals.get(each.path)!);
  const checked = await check(changed.flatMap((each) => [each.path, oldName(each.path)]));
  for (const each of changed) fs.rmSync(path.join(folder, oldName(each.path)));
  return changed.flatMap((each) => {
    const [now, before] = [checked[each.path]!, checked[oldName(each.path)]!];
    const fresh = now.undefined?.filter((name) => before.undefined && !before.undefined.includes(name)) ?? [];
    return [
      ...(now.error !== null && before.error === null ? [`${each.file.name}: ${now.error}`] : []),
      ...(fresh.length > 0 ? [`${each.file.name}: reads ${fresh.join(', ')}, which nothing binds`] : []),
    ];
  });
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
