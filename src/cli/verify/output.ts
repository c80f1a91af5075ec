import { type Hash, createHash } from 'node:crypto';
import type { PrintedOutput, RunPlace } from '../../verify/run';

/** Bytes of output that are kept and compared line by line; what follows is compared by digest. */
const KEPT = 8e6;
const START = 0x1e;
const END = 0x1f;

/**
 * Reads what a program prints, takes the marks out that say where it comes from, and keeps the beginning.
 */
export class OutputReader {
  readonly #token: Buffer;
  readonly #kept: Buffer[] = [];
  /** Offsets in the kept bytes at which places begin. */
  readonly #places: { readonly at: number; readonly place: RunPlace }[] = [];
  #size = 0;
  #rest: { hash: Hash; bytes: number } | undefined;
  #pending: Buffer = Buffer.alloc(0);

  /** @param token What a mark begins with, which no program can know. */
  constructor(
    token: string,
    private readonly placeOf: (mark: string) => RunPlace,
  ) {
    this.#token = Buffer.from(`${token} `);
  }

  /** Bytes that were printed, marks left out. */
  get bytes(): number {
    return this.#size + (this.#rest?.bytes ?? 0);
  }

  write(chunk: Buffer): void {
    let data = this.#pending.length > 0 ? Buffer.concat([this.#pending, chunk]) : chunk;
    this.#pending = Buffer.alloc(0);
    for (;;) {
      const start = data.indexOf(START);
      if (start < 0) {
        this.#take(data);
        return;
      }
      this.#take(data.subarray(0, start));
      const mark = data.subarray(start + 1, start + 1 + this.#token.length);
      const isMark = mark.equals(this.#token.subarray(0, mark.length));
      if (!isMark) {
        this.#take(data.subarray(start, start + 1));
        data = data.subarray(start + 1);
        continue;
      }
      const end = mark.length < this.#token.length ? -1 : data.indexOf(END, start);
      if (end < 0) {
        this.#pending = Buffer.from(data.subarray(start));
        return;
      }
      const words = data.subarray(start + 1 + this.#token.length, end).toString('latin1');
      this.#places.push({ at: this.#size, place: this.placeOf(words) });
      data = data.subarray(end + 1);
    }
  }

  end(): PrintedOutput {
    this.#take(this.#pending);
    this.#pending = Buffer.alloc(0);
    const whole = Buffer.concat(this.#kept);
    const lines = whole.toString('utf8').split('\n');
    const rest = this.#rest && { bytes: this.#rest.bytes, digest: this.#rest.hash.digest('hex') };
    return { lines, places: this.#placesOf(whole), rest };
  }

  #take(data: Buffer): void {
    if (data.length === 0) return;
    const room = KEPT - this.#size;
    const kept = data.subarray(0, room);
    if (kept.length > 0) {
      this.#kept.push(Buffer.from(kept));
      this.#size += kept.length;
    }
    if (kept.length === data.length) return;
    this.#rest ??= { hash: createHash('sha256'), bytes: 0 };
    const more = data.subarray(kept.length);
    this.#rest.hash.update(more);
    this.#rest.bytes += more.length;
  }

  #placesOf(whole: Buffer): readonly (RunPlace | undefined)[] {
    if (this.#places.length === 0) return [];
    const found: (RunPlace | undefined)[] = [];
    let next = 0;
    let current: RunPlace | undefined;
    for (let at = 0; at >= 0;) {
      while (next < this.#places.length && this.#places[next]!.at <= at)
        current = this.#places[next++]!.place;
      found.push(current);
      const end = whole.indexOf(10, at);
      at = end < 0 ? -1 : end + 1;
    }
    return found;
  }
}
