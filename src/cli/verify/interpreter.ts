import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { UsageError } from '../exit';

/** The Python that runs the programs. */
export interface Interpreter {
  readonly executable: string;
  readonly version: string;
  readonly hasIPython: boolean;
}

const QUESTION =
  'import sys, importlib.util as u; print("graduate", *sys.version_info[:3], int(u.find_spec("IPython") is not None))';
const OLDEST = [3, 8] as const;

/**
 * Finds the interpreter: the one that is named, else that of the active virtual environment, else the first in PATH.
 *
 * @throws {UsageError} if there is none that can be used.
 */
export function findInterpreter(
  named: string | undefined,
  env: Readonly<Record<string, string | undefined>>,
  cwd: string,
): Interpreter {
  const isWindows = process.platform === 'win32';
  const active = env['VIRTUAL_ENV'] ?? env['CONDA_PREFIX'];
  const inActive =
    active && path.join(active, isWindows ? 'Scripts' : 'bin', isWindows ? 'python.exe' : 'python');
  const isPath = named !== undefined && /[\\/]/.test(named);
  const candidates =
    named !== undefined
      ? [isPath ? path.resolve(cwd, named) : named]
      : [...(inActive ? [inActive] : []), 'python3', 'python'];
  let problem = 'no Python was found';
  for (const executable of candidates) {
    const answer = spawnSync(executable, ['-c', QUESTION], {
      cwd,
      env: { ...env },
      encoding: 'utf8',
      timeout: 30_000,
    });
    const found = /^graduate (\d+) (\d+) (\d+) ([01])$/m.exec(answer.stdout ?? '');
    if (!found) {
      if (named !== undefined) problem = `${named} is no Python interpreter that runs`;
      continue;
    }
    const [, major, minor, micro, hasIPython] = found;
    const version = `${major}.${minor}.${micro}`;
    if (Number(major) > OLDEST[0] || Number(minor) >= OLDEST[1])
      return { executable, version, hasIPython: hasIPython === '1' };
    problem = `Python ${version} is too old: verify needs ${OLDEST.join('.')} or later`;
  }
  throw new UsageError(`${problem} (see --python)`);
}
