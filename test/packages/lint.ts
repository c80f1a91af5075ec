import fs from 'node:fs';
import path from 'node:path';
import { filesBelow } from '../support/folders';
import { type RunResult, runPython } from '../support/run';

/** What `generated-python.md` has rule 9 select. */
const SELECT = 'E,F,W,I,B,UP,BLE,TRY,PTH,G,PL,SIM,RET,D';
const IGNORE = 'TRY003,D107,D203,D213,D401,D413';

/** What a linter or a type checker says of a line. */
export interface LintFinding {
  readonly file: string;
  /** Zero-based. */
  readonly line: number;
  readonly rule: string;
  readonly text: string;
}

/** `ruff check` with rule 9's selection, of folders and files. */
export async function ruffFindings(cwd: string, targets: readonly string[]): Promise<LintFinding[]> {
  const args = ['check', '--isolated', '--no-cache', '--output-format', 'json'];
  const rules = ['--select', SELECT, '--ignore', IGNORE];
  const result = await runPython(['-m', 'ruff', ...args, ...rules, ...targets], { cwd });
  const found = JSON.parse(result.stdout.toString('utf8')) as {
    filename: string;
    code: string | null;
    message: string;
    location: { row: number };
  }[];
  return found.map(({ filename, code, message, location }) => ({
    file: path.relative(cwd, filename),
    line: location.row - 1,
    rule: code ?? 'syntax',
    text: message,
  }));
}

/** The texts of Python files as `ruff format` would have them, by path; only those that it would change. */
export async function ruffFormatted(cwd: string, folder: string): Promise<ReadonlyMap<string, string>> {
  const copy = path.join(cwd, 'formatted');
  fs.rmSync(copy, { recursive: true, force: true });
  fs.cpSync(path.join(cwd, folder), copy, { recursive: true });
  succeeded(await runPython(['-m', 'ruff', 'format', '--isolated', '--no-cache', copy], { cwd }));
  const changed = new Map<string, string>();
  for (const name of filesBelow(copy).filter((each) => each.endsWith('.py'))) {
    const text = fs.readFileSync(path.join(copy, name), 'utf8');
    if (text !== fs.readFileSync(path.join(cwd, folder, name), 'utf8')) changed.set(name, text);
  }
  return changed;
}

/** `mypy --strict`, of folders and files whose modules have different names. */
export async function mypyFindings(cwd: string, targets: readonly string[]): Promise<LintFinding[]> {
  const args = ['--strict', '--no-error-summary', '--hide-error-context', '--cache-dir', 'mypy-cache'];
  const result = await runPython(['-m', 'mypy', ...args, ...targets], { cwd, timeoutMs: 600_000 });
  const lines = result.stdout.toString('utf8').split('\n');
  const found = lines.flatMap((line) => {
    const match = /^(.+?):(\d+): error: (.*?)\s+\[([\w-]+)\]$/.exec(line);
    return match ? [{ file: match[1]!, line: Number(match[2]) - 1, rule: match[4]!, text: match[3]! }] : [];
  });
  if (found.length === 0 && result.status !== 0) throw new Error(`mypy: ${lines.join('\n')}${result.stderr}`);
  return found;
}

export function succeeded(result: RunResult): RunResult {
  if (result.status === 0) return result;
  throw new Error(`exit status ${result.status}\n${result.stdout.toString('utf8')}\n${result.stderr}`);
}
