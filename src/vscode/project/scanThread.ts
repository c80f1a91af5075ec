import path from 'node:path';
import { Worker } from 'node:worker_threads';
import type { ScanAnswer, ScanRequest } from './protocol';

/** One folder's scan. */
export interface Scan {
  /** Resolves when all programs were looked at, or when it was cancelled. */
  readonly done: Promise<void>;
  cancel(): void;
}

type Listener = (answer: Exclude<ScanAnswer, { readonly type: 'done' }>) => void;

interface Running {
  readonly listener: Listener;
  readonly finish: (error?: Error) => void;
}

/** The thread that scans, started when it is first needed. */
export class ScanThread {
  #worker: Worker | undefined;
  #next = 1;
  readonly #running = new Map<number, Running>();

  /** @param folder Where the bundle lies. */
  constructor(private readonly folder: string) {}

  send(request: ScanRequest & { readonly type: 'programs' }): void {
    this.#thread().postMessage(request);
  }

  scan(request: Omit<ScanRequest & { readonly type: 'scan' }, 'type' | 'id'>, listener: Listener): Scan {
    const id = this.#next++;
    const done = new Promise<void>((resolve, reject) => {
      const finish = (error?: Error): void => (error ? reject(error) : resolve());
      this.#running.set(id, { listener, finish });
    });
    const thread = this.#thread();
    thread.postMessage({ ...request, type: 'scan', id } satisfies ScanRequest);
    return { done, cancel: () => thread.postMessage({ type: 'cancel', id } satisfies ScanRequest) };
  }

  /** Ends the thread; what runs ends with an error. */
  stop(): void {
    void this.#worker?.terminate();
    this.#end(new Error('the scan was ended'));
  }

  /** Whether the thread has been started, and so has programs. */
  get isRunning(): boolean {
    return this.#worker !== undefined;
  }

  #thread(): Worker {
    if (!this.#worker) {
      const worker = new Worker(path.join(this.folder, 'worker.js'));
      worker.on('message', (answer: ScanAnswer) => this.#answered(answer));
      worker.on('error', (error) => this.#end(error));
      worker.on('exit', () => this.#end(new Error('the scanning thread ended')));
      worker.unref();
      this.#worker = worker;
    }
    return this.#worker;
  }

  #answered(answer: ScanAnswer): void {
    const running = this.#running.get(answer.id);
    if (!running) return;
    if (answer.type !== 'done') return running.listener(answer);
    this.#running.delete(answer.id);
    running.finish();
  }

  #end(error: Error): void {
    this.#worker = undefined;
    for (const running of this.#running.values()) running.finish(error);
    this.#running.clear();
  }
}
