/** Half-typed code keeps its last findings this long. */
export const GRACE_MS = 2000;

/** A cell, or a script, as a new analysis sees it. */
export interface HeldDocument {
  readonly key: string;
  readonly version: number;
  /** It does not parse, or is no Python 3. */
  readonly isBroken: boolean;
}

/**
 * Decides whose findings a new analysis replaces. While a cell of a program does not parse, the analysis knows less than
 * the one before it: findings would go and come back with every few key presses. So for a while only documents that
 * parse and have changed get new ones; the others keep theirs.
 */
export class Hold {
  #brokenSince: number | undefined;
  readonly #published = new Map<string, number>();

  /**
   * @param now Milliseconds of any clock.
   * @returns the keys of the documents to publish now, and after how many milliseconds to publish the rest, if any.
   */
  decide(
    documents: readonly HeldDocument[],
    now: number,
  ): { readonly publish: ReadonlySet<string>; readonly recheckMs: number | undefined } {
    const isFirst = this.#published.size === 0;
    const isBroken = documents.some((document) => document.isBroken);
    this.#brokenSince = isBroken ? (this.#brokenSince ?? now) : undefined;
    const left = this.#brokenSince === undefined ? 0 : this.#brokenSince + GRACE_MS - now;
    const isHolding = !isFirst && left > 0;
    const publish = documents.filter(
      ({ key, version, isBroken: broken }) => !isHolding || (!broken && this.#published.get(key) !== version),
    );
    const keys = new Set(documents.map(({ key }) => key));
    for (const key of this.#published.keys()) if (!keys.has(key)) this.#published.delete(key);
    for (const { key, version } of publish) this.#published.set(key, version);
    return { publish: new Set(publish.map(({ key }) => key)), recheckMs: isHolding ? left : undefined };
  }
}
