import { spawn } from 'node:child_process';
import path from 'node:path';
import readline from 'node:readline';
import { ROOT } from '../support/run';
import type { FuzzResult } from './fuzzOne';

/** An input may take so long; behind that it counts as one that does not end. */
const LIMIT_MS = 60_000;
/** A program of 60 kB that keeps the processor busy for so long is a fault of ours. */
const SLOW_MS = 5000;

export interface FuzzFigures {
  readonly inputs: number;
  readonly programs: number;
  readonly findings: number;
  readonly offers: number;
  readonly resolved: number;
  readonly seconds: number;
  readonly slowest: number;
  readonly problems: readonly string[];
}

/** Fuzzes seeds in a process of their own, which is ended when one input does not end; the rest then goes on. */
export async function fuzz(from: number, count: number): Promise<FuzzFigures> {
  const started = performance.now();
  const results: FuzzResult[] = [];
  const problems: string[] = [];
  for (let next = from; next < from + count;) {
    const run = await runWorker(next, from + count - next);
    results.push(...run.results);
    problems.push(...run.problems);
    next = run.next;
  }
  const sum = (of: (result: FuzzResult) => number): number =>
    results.reduce((total, each) => total + of(each), 0);
  return {
    inputs: count,
    programs: sum(({ isProgram }) => Number(isProgram)),
    findings: sum(({ findings }) => findings),
    offers: sum(({ offers }) => offers),
    resolved: sum(({ resolved }) => resolved),
    seconds: (performance.now() - started) / 1000,
    slowest: Math.max(...results.map(({ ms }) => ms)),
    problems,
  };
}

interface WorkerRun {
  readonly results: readonly FuzzResult[];
  readonly problems: readonly string[];
  /** The first seed that is not done. */
  readonly next: number;
}

function runWorker(from: number, count: number): Promise<WorkerRun> {
  return new Promise((resolve, reject) => {
    const worker = path.join(__dirname, 'worker.ts');
    const child = spawn(process.execPath, ['--import=tsx', worker, String(from), String(count)], {
      cwd: ROOT,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const results: FuzzResult[] = [];
    const problems: string[] = [];
    let current: { readonly seed: number; readonly made: string } | undefined;
    let said = '';
    let isLate = false;
    const expire = (): void => {
      isLate = true;
      child.kill('SIGKILL');
    };
    // The start reads the corpus.
    let timer = setTimeout(expire, 2 * LIMIT_MS);
    child.stderr.on('data', (chunk: Buffer) => (said = (said + chunk.toString('utf8')).slice(-2000)));
    readline.createInterface({ input: child.stdout }).on('line', (line) => {
      clearTimeout(timer);
      timer = setTimeout(expire, LIMIT_MS);
      const message = JSON.parse(line) as FuzzResult | { readonly seed: number; readonly made: string };
      if ('made' in message) current = message;
      else {
        results.push(message);
        const place = `seed ${message.seed} (${current?.made})`;
        problems.push(...message.problems.map((problem) => `${place}: ${problem}`));
        if (message.ms > SLOW_MS) problems.push(`${place}: ${Math.round(message.ms)} ms`);
      }
    });
    child.once('close', (status) => {
      clearTimeout(timer);
      const isDone = status === 0 && results.length === count;
      if (!current) return reject(new Error(`the worker does not start: ${said}`));
      if (!isDone) {
        const why = isLate
          ? `does not end within ${LIMIT_MS} ms`
          : `ends the process with ${status}: ${said}`;
        problems.push(`seed ${current.seed} (${current.made}) ${why}`);
      }
      resolve({ results, problems, next: isDone ? from + count : current.seed + 1 });
    });
  });
}

export function fuzzLine({
  inputs,
  programs,
  findings,
  offers,
  resolved,
  seconds,
  slowest,
  problems,
}: FuzzFigures): string {
  const rate = (inputs / seconds).toFixed(0);
  const counts = `${inputs} inputs in ${seconds.toFixed(1)} s (${rate} per second, slowest ${slowest.toFixed(0)} ms)`;
  return `fuzz: ${counts}, ${programs} programs, ${findings} findings, ${offers} offers, ${resolved} resolved, ${problems.length} problems`;
}
