import path from 'node:path';
import type { VerifyReport } from '../../../src/verify/report';
import { parseOutput } from '../../support/contract';
import { withFolder, writeFile } from '../../support/folders';
import { pythonExecutable, runCli } from '../../support/run';

export type Files = Readonly<Record<string, string>>;

/** What a run of `graduate verify` gave. */
export interface Verified {
  readonly status: number;
  readonly stderr: string;
  readonly report: VerifyReport;
}

/** A folder with files, in which `graduate verify` is run. */
export class Bench {
  constructor(readonly folder: string) {}

  path(name: string): string {
    return path.join(this.folder, name);
  }

  write(files: Files): void {
    for (const [name, text] of Object.entries(files)) writeFile(this.path(name), text);
  }

  async verify(original: string, converted: string, ...options: string[]): Promise<Verified> {
    const args = [
      'verify',
      original,
      converted,
      '--python',
      pythonExecutable(),
      '--format',
      'json',
      ...options,
    ];
    const result = await runCli(args, { cwd: this.folder, timeoutMs: 60_000 });
    return { status: result.status, stderr: result.stderr, report: parseOutput<VerifyReport>(result) };
  }

  /** For what ends without a report: exit status and standard error. */
  async refuse(...args: string[]): Promise<{ readonly status: number; readonly stderr: string }> {
    const result = await runCli(['verify', ...args], { cwd: this.folder, timeoutMs: 60_000 });
    return { status: result.status, stderr: result.stderr };
  }
}

export function inBench(files: Files, use: (bench: Bench) => Promise<void>): Promise<void> {
  return withFolder(async (folder) => {
    const bench = new Bench(folder);
    bench.write(files);
    await use(bench);
  });
}

/** Compares two scripts in one folder. */
export async function verifyScripts(
  original: string,
  converted: string,
  ...options: string[]
): Promise<Verified> {
  let verified: Verified | undefined;
  await inBench({ 'a.py': original, 'b.py': converted }, async (bench) => {
    verified = await bench.verify('a.py', 'b.py', ...options);
  });
  return verified!;
}

/** A notebook with these cells: Python, or Markdown after a leading `md:`. */
export function notebook(...cells: readonly string[]): string {
  return JSON.stringify({
    cells: cells.map((source, i) =>
      source.startsWith('md:')
        ? { cell_type: 'markdown', id: `c${i}`, metadata: {}, source: source.slice(3) }
        : { cell_type: 'code', id: `c${i}`, metadata: {}, execution_count: null, outputs: [], source },
    ),
    metadata: { language_info: { name: 'python' } },
    nbformat: 4,
    nbformat_minor: 5,
  });
}
