import { type MessagePort, Worker, parentPort, workerData } from 'node:worker_threads';
import path from 'node:path';
import type { FoundFile } from '../discovery';
import { loadEngine } from '../engine';
import { Projects } from '../programs';
import { SettingsFiles } from '../settingsFiles';
import { checkFile } from './checkFile';
import type { PoolAnswer, PoolTask, PoolWorker } from './pool';

/** What a worker is given: all files of the run, because each one may import the others. */
interface WorkerSetup {
  readonly role: 'graduate-check';
  /** Where `cli.js` and the two wasm files lie. */
  readonly folder: string;
  readonly files: readonly FoundFile[];
  readonly wantsDetails: boolean;
}

/** Starts a thread that checks the files whose numbers it is sent. */
export function startChecker(folder: string, files: readonly FoundFile[], wantsDetails: boolean): PoolWorker {
  const setup: WorkerSetup = { role: 'graduate-check', folder, files, wantsDetails };
  return new Worker(path.join(folder, 'cli.js'), { workerData: setup });
}

/** Does a worker's part, if this thread is one of ours. */
export function serveAsChecker(): boolean {
  const setup = workerData as WorkerSetup | null;
  if (!parentPort || setup?.role !== 'graduate-check') return false;
  void serve(setup, parentPort);
  return true;
}

async function serve({ folder, files, wantsDetails }: WorkerSetup, port: MessagePort): Promise<void> {
  const answer = (message: PoolAnswer): void => port.postMessage(message);
  const projects = new Projects(await loadEngine(folder), undefined, new SettingsFiles());
  const programs = files.map((file) => projects.programOf(file));
  let queue = Promise.resolve();
  port.on('message', ({ index }: PoolTask) => {
    // One after the other, so that it is known which file a worker was at when it dies.
    queue = queue.then(async () => {
      const result = await checkFile(programs[index]!, wantsDetails);
      answer({ kind: 'done', index, result });
    });
  });
  answer({ kind: 'ready' });
}
