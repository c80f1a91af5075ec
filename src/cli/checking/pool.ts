/** The part of a worker thread that is used here. */
export interface PoolWorker {
  postMessage(message: PoolTask): void;
  on(event: 'message', listener: (answer: PoolAnswer) => void): unknown;
  on(event: 'error', listener: (error: unknown) => void): unknown;
  on(event: 'exit', listener: (code: number) => void): unknown;
  terminate(): unknown;
}

/** A task, by its number. */
export interface PoolTask {
  readonly index: number;
}

export type PoolAnswer =
  { readonly kind: 'ready' } | { readonly kind: 'done'; readonly index: number; readonly result: unknown };

export interface PoolWork<Result> {
  /** How many workers at most. */
  readonly size: number;
  /** How many tasks. */
  readonly count: number;
  readonly start: () => PoolWorker;
  /** The result of a task during which its worker died. */
  readonly died: (index: number, error: unknown) => Result;
  /** Called for every task when it is done, in whatever order that is. */
  readonly done: (index: number, result: Result) => void;
}

/** So many tasks wait at a worker, so that it need not wait for us. */
const AHEAD = 2;

interface Member {
  readonly worker: PoolWorker;
  /** Tasks that it has, in the order in which it does them. */
  readonly tasks: number[];
  /** Tasks that only it is meant to do next, in order. */
  readonly stretch: number[];
  isReady: boolean;
}

/**
 * Has workers do tasks. A worker that dies costs the task that it was at; another one takes its place. The run fails
 * only if no worker can be started.
 */
export function runInPool<Result>(work: PoolWork<Result>): Promise<void> {
  return new Promise((resolve, reject) => new Pool(work, resolve, reject).fill());
}

class Pool<Result> {
  readonly #members = new Set<Member>();
  /** Tasks that were given back, before those that nobody had yet. */
  readonly #returned: number[] = [];
  #next = 0;
  #done = 0;
  #isOver = false;

  constructor(
    private readonly work: PoolWork<Result>,
    private readonly resolve: () => void,
    private readonly reject: (error: unknown) => void,
  ) {}

  /** Starts as many workers as there is work for. */
  fill(): void {
    const { size, count } = this.work;
    if (this.#done === count) this.#end(this.resolve);
    while (!this.#isOver && this.#members.size < Math.min(size, count - this.#done)) this.#add();
  }

  #add(): void {
    const worker = this.work.start();
    const member: Member = { worker, tasks: [], stretch: [], isReady: false };
    this.#members.add(member);
    worker.on('message', (answer) => this.#answered(member, answer));
    let failure: unknown;
    // Answers from before may still arrive; behind the exit there are none.
    worker.on('error', (error) => (failure = error));
    worker.on('exit', (code) => {
      this.#left(member, failure ?? new Error(`a worker ended with exit code ${code}`));
    });
  }

  #answered(member: Member, answer: PoolAnswer): void {
    if (this.#isOver) return;
    if (answer.kind === 'ready') member.isReady = true;
    else {
      member.tasks.splice(member.tasks.indexOf(answer.index), 1);
      this.#finished(answer.index, answer.result as Result);
    }
    this.#feed(member);
  }

  #feed(member: Member): void {
    while (!this.#isOver && member.isReady && member.tasks.length < AHEAD) {
      const index = this.#returned.shift() ?? this.#nextOf(member);
      if (index === undefined) return;
      member.tasks.push(index);
      member.worker.postMessage({ index });
    }
  }

  /**
   * Neighbouring tasks go to one worker, as many as half of its fair share of the rest: files of one folder import the
   * same modules, and each worker reads its modules for itself.
   */
  #nextOf({ stretch }: Member): number | undefined {
    if (stretch.length === 0) {
      const { size, count } = this.work;
      const end = Math.min(count, this.#next + Math.ceil((count - this.#next) / (2 * size)));
      while (this.#next < end) stretch.push(this.#next++);
    }
    return stretch.shift();
  }

  /** A worker is gone. */
  #left(member: Member, error: unknown): void {
    if (this.#isOver || !this.#members.delete(member)) return;
    const [current, ...others] = member.tasks;
    this.#returned.push(...others, ...member.stretch);
    if (current !== undefined) this.#finished(current, this.work.died(current, error));
    else if (!member.isReady) {
      // It could not even begin. Those that could do its share.
      if (this.#members.size === 0) this.#end(() => this.reject(error));
      return;
    }
    this.fill();
    for (const each of this.#members) this.#feed(each);
  }

  #finished(index: number, result: Result): void {
    this.#done++;
    this.work.done(index, result);
    if (this.#done === this.work.count) this.#end(this.resolve);
  }

  #end(settle: () => void): void {
    if (this.#isOver) return;
    this.#isOver = true;
    for (const { worker } of this.#members) worker.terminate();
    settle();
  }
}
