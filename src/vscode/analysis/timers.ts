/** One timer per key; setting it again puts it off. */
export class Timers<Key> {
  readonly #timers = new Map<Key, ReturnType<typeof setTimeout>>();

  set(key: Key, milliseconds: number, run: () => void): void {
    this.clear(key);
    this.#timers.set(
      key,
      setTimeout(() => {
        this.#timers.delete(key);
        run();
      }, milliseconds),
    );
  }

  clear(key: Key): void {
    clearTimeout(this.#timers.get(key));
    this.#timers.delete(key);
  }

  clearAll(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
  }
}
