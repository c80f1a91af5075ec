import { spawn } from 'node:child_process';
import path from 'node:path';

/** The repository's folder. */
export const ROOT = path.resolve(__dirname, '..', '..');
const CLI = path.join(ROOT, 'dist', 'cli.js');

export interface RunOptions {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string;
  readonly timeoutMs?: number;
}

export interface RunResult {
  /** Exit status; -1 if a signal ended it. */
  readonly status: number;
  readonly stdout: Buffer;
  readonly stderr: string;
  readonly isTimeout: boolean;
  readonly ms: number;
}

/** Runs a program to its end, or ends it and all its children when the time is up. Never throws for what it does. */
export function run(command: string, args: readonly string[], options: RunOptions): Promise<RunResult> {
  const started = performance.now();
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: options.cwd,
      env: { ...process.env, ...options.env },
      stdio: ['pipe', 'pipe', 'pipe'],
      detached: true,
    });
    const [stdout, stderr]: [Buffer[], Buffer[]] = [[], []];
    child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
    let isTimeout = false;
    const limit = setTimeout(() => {
      isTimeout = true;
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
    }, options.timeoutMs ?? 120_000);
    child.once('error', (error) => {
      clearTimeout(limit);
      reject(error);
    });
    child.once('close', (code) => {
      clearTimeout(limit);
      resolve({
        status: code ?? -1,
        stdout: Buffer.concat(stdout),
        stderr: Buffer.concat(stderr).toString('utf8'),
        isTimeout,
        ms: performance.now() - started,
      });
    });
    // A program that reads nothing may be gone before its input is written.
    child.stdin.on('error', () => undefined);
    child.stdin.end(options.input ?? '');
  });
}

/** Runs the built command line. */
export function runCli(args: readonly string[], options: RunOptions): Promise<RunResult> {
  return run(process.execPath, [CLI, ...args], options);
}

/** The Python with the test packages; a test that needs it fails without, it is never skipped. */
export function pythonExecutable(): string {
  const python = process.env['GRADUATE_PYTHON'];
  if (!python)
    throw new Error('set GRADUATE_PYTHON to the Python of the test environment, as `npm test` does');
  return python;
}

/** Python in an environment of its own kind: UTF-8, no display, no caches beside the sources, one hash seed. */
export const PYTHON_ENVIRONMENT: Readonly<Record<string, string>> = {
  LC_ALL: 'C.UTF-8',
  MPLBACKEND: 'Agg',
  OMP_NUM_THREADS: '1',
  PYTHONDONTWRITEBYTECODE: '1',
  PYTHONHASHSEED: '0',
};

export function runPython(args: readonly string[], options: RunOptions): Promise<RunResult> {
  return run(pythonExecutable(), args, { ...options, env: { ...PYTHON_ENVIRONMENT, ...options.env } });
}

/** Maps with at most `limit` calls under way; results in the order of the items. */
export async function mapLimited<T, R>(
  items: readonly T[],
  limit: number,
  work: (item: T, index: number) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < items.length) {
      const index = next++;
      results[index] = await work(items[index]!, index);
    }
  };
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, worker));
  return results;
}
