import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** The peers beside which Graduate is measured, in the versions of the figures. */
const VERSIONS = { ruff: '0.17.6', flake8: '7.5.0', pylint: '4.1.4' } as const;

export type Tool = keyof typeof VERSIONS;

/** `ruff 0.17.6` */
export function titleOf(tool: Tool): string {
  return `${tool} ${VERSIONS[tool]}`;
}

/** The program of a tool, installed for the bench alone beside the other big things that tests need. */
export function installed(tool: Tool): string | undefined {
  const cache = process.env['GRADUATE_CACHE'] || path.join(os.homedir(), '.cache', 'graduate');
  const folder = path.join(cache, `${tool}-${VERSIONS[tool]}`);
  const program = path.join(folder, 'bin', tool);
  if (!fs.existsSync(program)) {
    const python = process.env['GRADUATE_PYTHON'] || 'python3';
    const pip = ['-m', 'pip', 'install', '--quiet', '--target', folder, `${tool}==${VERSIONS[tool]}`];
    const { status, stderr } = spawnSync(python, pip, { encoding: 'utf8' });
    if (status !== 0) console.error(`${tool} cannot be installed: ${stderr}`);
  }
  return fs.existsSync(program) ? program : undefined;
}

/** What a program that was installed by itself needs to find its own modules. */
export function environmentOf(program: string): NodeJS.ProcessEnv {
  return { ...process.env, PYTHONPATH: path.dirname(path.dirname(program)) };
}
