import path from 'node:path';
import { filesBelow, withFolder } from '../support/folders';
import { ROOT, runPython } from '../support/run';
import { type BehaviourCase, copyProgram } from './behaviourCase';
import { type ProgramRun, runProgram } from './runProgram';

/** What a case's program does before anything is changed. */
export interface Baseline {
  readonly run: ProgramRun;
  /** Of its Python files, by relative path. */
  readonly checked: ReadonlyMap<string, Checked>;
}

/** What CPython says about a program without running it. */
export interface Checked {
  readonly error: string | null;
  /** Names that it reads and never binds; null where that cannot be told. */
  readonly undefined: readonly string[] | null;
}

const CHECKER = path.join(ROOT, 'test', 'support', 'check_python.py');

export function baselineOf(of: BehaviourCase): Promise<Baseline> {
  return withFolder(async (temporary) => {
    const folder = path.join(temporary, 'case');
    copyProgram(of, folder);
    const checked = await checkPython(folder);
    return { checked, run: await runProgram(of, folder) };
  });
}

export async function checkPython(folder: string): Promise<ReadonlyMap<string, Checked>> {
  const programs = filesBelow(folder).filter((name) => /\.(py|ipynb)$/.test(name));
  const result = await runPython([CHECKER], { cwd: folder, input: JSON.stringify(programs) });
  if (result.status !== 0) throw new Error(`check_python.py: ${result.stderr}`);
  return new Map(Object.entries(JSON.parse(result.stdout.toString('utf8')) as Record<string, Checked>));
}
