import { type ChildProcess, spawn } from 'node:child_process';

/** How a process is run. */
export interface ProcessOptions {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly timeoutMs: number;
  /** Called with each piece of standard output. @returns whether the process is to be ended, because it is too much. */
  onOutput(chunk: Buffer): boolean;
}

export interface ProcessEnd {
  readonly status: number | null;
  readonly signal: string | null;
  readonly ended: 'timeout' | 'output' | undefined;
  readonly errorText: string;
}

const KEPT_ERRORS = 20_000;
/** What a program leaves running has this long to close its output. */
const GRACE_MS = 2000;

const running = new Set<ChildProcess>();

/** Ends all programs that are running, with the processes they started. */
export function endAll(): void {
  for (const child of running) killGroup(child);
}

/** Runs a program in a process group of its own, which ends with it. Never throws for what the program does. */
export function runProcess(
  command: string,
  args: readonly string[],
  options: ProcessOptions,
): Promise<ProcessEnd> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: options.cwd,
      env: { ...options.env },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: process.platform !== 'win32',
      windowsHide: true,
    });
    running.add(child);
    let ended: ProcessEnd['ended'];
    const end = (why: NonNullable<ProcessEnd['ended']>): void => {
      ended ??= why;
      killGroup(child);
    };
    const limit = setTimeout(() => end('timeout'), options.timeoutMs);
    let errors = '';
    child.stdout.on('data', (chunk: Buffer) => {
      if (options.onOutput(chunk)) end('output');
    });
    child.stderr.on('data', (chunk: Buffer) => {
      errors = (errors + chunk.toString('utf8')).slice(-KEPT_ERRORS);
    });
    let grace: NodeJS.Timeout | undefined;
    child.once('exit', () => {
      grace = setTimeout(() => {
        child.stdout.destroy();
        child.stderr.destroy();
      }, GRACE_MS);
    });
    child.once('error', (error) => {
      clearTimeout(limit);
      running.delete(child);
      reject(error);
    });
    child.once('close', (status, signal) => {
      clearTimeout(limit);
      clearTimeout(grace);
      running.delete(child);
      // What it left running must not write into the next run's folder.
      killGroup(child);
      resolve({ status, signal, ended, errorText: errors });
    });
  });
}

function killGroup(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    if (process.platform === 'win32')
      spawn('taskkill', ['/pid', String(child.pid), '/t', '/f'], { stdio: 'ignore' });
    else process.kill(-child.pid, 'SIGKILL');
  } catch {
    // Gone already.
  }
}
