import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { type CorpusFile, packageCorpus } from '../test/corpus/corpus';
import { withFolder } from '../test/support/folders';
import { type Tool, environmentOf, installed, titleOf } from './tools';

/** One scan of a project as a process of its own. */
interface Scan {
  readonly what: string;
  readonly files: number;
  readonly seconds: number;
  readonly peakBytes: number;
}

const FILES = 1000;
/** pylint takes minutes for the whole project; it is compared on a part of it. */
const PYLINT_FILES = 20;

/**
 * Scans a project of 1,000 files (scikit-learn's source distribution, filled up with others') with Graduate and its
 * peers, one after the other in one run, and prints a table with the ratios.
 */
export async function scanProject(): Promise<void> {
  const { scripts } = await packageCorpus();
  const order = ({ name }: CorpusFile): number => (name.startsWith('scikit-learn/') ? 0 : 1);
  const chosen = [...scripts].sort((a, b) => order(a) - order(b)).slice(0, FILES);
  const rows: string[] = [];
  await withFolder((folder) => {
    const names = copy(chosen, folder);
    const own = scan('graduate', graduate(['.']), folder, names.length)!;
    rows.push(rowOf(own, own));
    for (const tool of ['ruff', 'flake8'] as const) {
      const peer = scan(titleOf(tool), commandOf(tool, ['.']), folder, names.length);
      rows.push(peer ? rowOf(peer, own) : `| ${titleOf(tool)} | not measured | | | | |`);
    }
    rows.push(...jobRows(folder, names.length));
    const part = names.filter((_, i) => i % Math.ceil(names.length / PYLINT_FILES) === 0);
    const ownPart = scan('graduate, a part', graduate(part), folder, part.length)!;
    const pylint = scan(titleOf('pylint'), commandOf('pylint', part), folder, part.length);
    rows.push(rowOf(ownPart, ownPart));
    rows.push(pylint ? rowOf(pylint, ownPart) : `| ${titleOf('pylint')} | not measured | | | | |`);
    return Promise.resolve();
  });
  console.log(
    '| scan of a project | files | seconds | files per second | peak memory | graduate / this, seconds |',
  );
  console.log(`|---|---|---|---|---|---|\n${rows.join('\n')}\n`);
}

/** What a second thread brings, beside one alone. */
function jobRows(folder: string, files: number): string[] {
  const withJobs = (jobs: number): Scan =>
    scan(`graduate --jobs ${jobs}`, graduate(['--jobs', String(jobs), '.']), folder, files)!;
  const [one, two] = [withJobs(1), withJobs(2)];
  return [rowOf(one, one), rowOf(two, one)];
}

/** Copies the files as they lie in their packages, so that their imports lead to each other. */
function copy(files: readonly CorpusFile[], folder: string): string[] {
  return files.map(({ name, absolute }) => {
    const to = path.join(folder, name);
    fs.mkdirSync(path.dirname(to), { recursive: true });
    fs.copyFileSync(absolute, to);
    return name;
  });
}

function graduate(paths: readonly string[]): readonly string[] {
  return [
    process.execPath,
    path.join(__dirname, '..', 'dist', 'cli.js'),
    'check',
    '--fail-on',
    'off',
    ...paths,
  ];
}

/** Without any configuration, caches or failing exit status; each with as many processes as it takes by itself. */
const OPTIONS: Readonly<Record<Tool, readonly string[]>> = {
  ruff: ['check', '--isolated', '--no-cache', '--exit-zero'],
  flake8: ['--isolated', '--exit-zero'],
  pylint: ['--exit-zero', '--persistent=n', '--score=n', '--rcfile=none.toml'],
};

function commandOf(tool: Tool, paths: readonly string[]): readonly string[] | undefined {
  const program = installed(tool);
  return program === undefined ? undefined : [program, ...OPTIONS[tool], ...paths];
}

function scan(
  what: string,
  command: readonly string[] | undefined,
  cwd: string,
  files: number,
): Scan | undefined {
  if (!command) return undefined;
  fs.writeFileSync(path.join(cwd, 'none.toml'), '');
  const python = process.env['GRADUATE_PYTHON'] || 'python3';
  const script = path.join(__dirname, 'measure.py');
  const env = command[0] === process.execPath ? process.env : environmentOf(command[0]!);
  const { stdout } = spawnSync(python, [script, ...command], { cwd, env, encoding: 'utf8' });
  const measured = JSON.parse(stdout) as { seconds: number; peakBytes: number; status: number; said: string };
  if (measured.status !== 0) {
    console.error(`${what} ended with ${measured.status}: ${measured.said}`);
    return undefined;
  }
  return { what, files, ...measured };
}

function rowOf({ what, files, seconds, peakBytes }: Scan, own: Scan): string {
  const memory = `${Math.round(peakBytes / 2 ** 20)} MiB`;
  const ratio = (own.seconds / seconds).toFixed(2);
  return `| ${what} | ${files} | ${seconds.toFixed(1)} | ${(files / seconds).toFixed(0)} | ${memory} | ${ratio} |`;
}
