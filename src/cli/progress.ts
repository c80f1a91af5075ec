import type { Io } from './io';

/** Faster changes are a flicker. */
const INTERVAL_MS = 80;

/** Shows on the terminal how far a run over many files is. */
export class Progress {
  #done = 0;
  #shownAt = -Infinity;

  constructor(
    private readonly io: Io,
    private readonly verb: string,
    private readonly total: number,
  ) {}

  /** The next file is begun. */
  step(shown: string): void {
    this.#done++;
    const now = performance.now();
    if (now - this.#shownAt < INTERVAL_MS) return;
    this.#shownAt = now;
    this.io.status(`${this.verb} ${this.#done}/${this.total} ${shown}`);
  }

  end(): void {
    this.io.status(undefined);
  }
}
