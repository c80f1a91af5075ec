import path from 'node:path';
import { NoInterpreter, findInstalled } from '../machine/installed';
import type { Installed } from '../packaging/request';
import { UsageError } from './exit';
import type { ProgramFile } from './programs';
import type { Session } from './session';

/**
 * What is installed where a program runs.
 *
 * @param named The value of `--python`.
 * @throws {UsageError} if that is no Python.
 */
export function installedFor(
  named: string | undefined,
  { project: { root }, path: program }: Pick<ProgramFile, 'project' | 'path'>,
  { io: { env, cwd } }: Session,
): Installed | undefined {
  try {
    const folder = path.dirname(path.join(root, ...program.split('/')));
    return findInstalled({ named, env, cwd, folder, root });
  } catch (error) {
    if (error instanceof NoInterpreter) throw new UsageError(`--python: ${error.message}`);
    throw error;
  }
}
