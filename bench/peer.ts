import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { quantiles } from './keyPress';
import { installed } from './tools';

const RUNS = 20;

/** The median of what `ruff check` of a file takes as a process of its own, in ms; undefined where it cannot be had. */
export function ruffMedian(text: string): number | undefined {
  const ruff = installed('ruff');
  if (!ruff) return undefined;
  return medianOf(text, (file) => [ruff, ['check', '--isolated', '--no-cache', '--exit-zero', file]]);
}

/** The same for the built command line. */
export function cliMedian(text: string): number {
  const cli = path.join(__dirname, '..', 'dist', 'cli.js');
  return medianOf(text, (file) => [process.execPath, [cli, 'check', '--fail-on', 'off', file]]);
}

function medianOf(text: string, command: (file: string) => readonly [string, string[]]): number {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'graduate-bench-'));
  try {
    const file = path.join(folder, 'bench.py');
    fs.writeFileSync(file, text);
    const [program, args] = command(file);
    const times = Array.from({ length: RUNS + 1 }, () => {
      const start = performance.now();
      spawnSync(program, args, { cwd: folder });
      return performance.now() - start;
    });
    // The first run reads the program from the disk.
    return quantiles(times.slice(1))(0.5);
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}
