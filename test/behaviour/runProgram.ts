import fs from 'node:fs';
import path from 'node:path';
import { filesBelow } from '../support/folders';
import { ROOT, runPython } from '../support/run';
import { type BehaviourCase, withPlaceholder } from './behaviourCase';

/** What a run of a program leaves behind; the folder's path is replaced by the placeholder. */
export interface ProgramRun {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly isTimeout: boolean;
  /** Files that the run wrote or changed, by relative path. */
  readonly files: ReadonlyMap<string, string>;
}

export const NOTEBOOK_RUNNER = path.join(ROOT, 'test', 'support', 'run_notebook.py');
const LIMIT_MS = 60_000;

/** Runs a copy of a case's program in a clean process; `start`: arguments for Python that run something else instead. */
export async function runProgram(
  of: BehaviourCase,
  folder: string,
  start?: readonly string[],
): Promise<ProgramRun> {
  const before = contents(folder);
  const cwd = path.join(folder, of.runFrom);
  const program = path.relative(cwd, path.join(folder, of.program));
  const args = start ?? (program.endsWith('.ipynb') ? [NOTEBOOK_RUNNER, program] : [program]);
  let result = await runPython(args, { cwd, timeoutMs: LIMIT_MS });
  const printed = [result.stdout];
  for (let more = of.runs - 1; more > 0; more--) {
    result = await runPython(args, { cwd, timeoutMs: LIMIT_MS });
    printed.push(result.stdout);
  }
  const after = contents(folder);
  return {
    status: result.status,
    stdout: withPlaceholder(Buffer.concat(printed), folder).toString('latin1'),
    stderr: result.stderr,
    isTimeout: result.isTimeout,
    files: new Map([...after].filter(([name, content]) => before.get(name) !== content)),
  };
}

function contents(folder: string): Map<string, string> {
  return new Map(
    filesBelow(folder)
      .filter((name) => !name.includes('__pycache__/'))
      .map((name) => {
        const bytes = fs.readFileSync(path.join(folder, name));
        return [name, withPlaceholder(bytes, folder).toString('latin1')];
      }),
  );
}

/** How a run differs from another; empty if it is equal in all that counts. */
export function differences(of: BehaviourCase, expected: ProgramRun, actual: ProgramRun): string[] {
  const found: string[] = [];
  if (actual.isTimeout) found.push('the run did not end');
  if (actual.status !== expected.status) {
    found.push(`exit status ${actual.status} instead of ${expected.status}: ${lastLines(actual.stderr)}`);
  }
  if (actual.stdout !== expected.stdout)
    found.push(`output: ${firstDifference(expected.stdout, actual.stdout)}`);
  for (const name of new Set([...expected.files.keys(), ...actual.files.keys()])) {
    const [before, after] = [expected.files.get(name), actual.files.get(name)];
    if (after === undefined) found.push(`${name} is not written`);
    else if (before === undefined) found.push(`${name} is written, and was not before`);
    else if (before !== after && !of.existsOnly.has(name)) {
      found.push(`${name}: ${firstDifference(before, after)}`);
    }
  }
  return found;
}

export function firstDifference(expected: string, actual: string): string {
  const [before, after] = [expected.split('\n'), actual.split('\n')];
  const at = before.findIndex((line, i) => line !== after[i]);
  const line = at < 0 ? before.length : at;
  return `line ${line + 1} is ${JSON.stringify(after[line])} instead of ${JSON.stringify(before[line])}`;
}

export function lastLines(text: string): string {
  return text.trimEnd().split('\n').slice(-3).join(' | ');
}
