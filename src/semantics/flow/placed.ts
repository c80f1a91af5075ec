import type { NodeBase } from '../../syntax/ast';
import type { FactUnit } from '../facts';

/**
 * What is known of nodes in their places. A statement that stands twice in a program has its nodes once, so a node
 * alone says nothing about where it is.
 */
export class PlacedMap<K extends NodeBase, V> {
  readonly #byUnit = new Map<FactUnit, Map<K, V>>();

  get(unit: FactUnit, node: K): V | undefined {
    return this.#byUnit.get(unit)?.get(node);
  }

  has(unit: FactUnit, node: K): boolean {
    return this.#byUnit.get(unit)?.has(node) ?? false;
  }

  clear(): void {
    this.#byUnit.clear();
  }

  /** In the order in which statements and nodes were first set. */
  *values(): Generator<V> {
    for (const known of this.#byUnit.values()) yield* known.values();
  }

  set(unit: FactUnit, node: K, value: V): void {
    const known = this.#byUnit.get(unit);
    if (known) known.set(node, value);
    else this.#byUnit.set(unit, new Map([[node, value]]));
  }
}

/** A node in its place. */
export interface Placed<T extends NodeBase> {
  readonly node: T;
  readonly unit: FactUnit;
}

/** Each place once, by the order of units and of what they first hold. */
export function unrepeated<T extends NodeBase>(all: readonly Placed<T>[]): readonly Placed<T>[] {
  const found = new PlacedMap<T, Placed<T>>();
  for (const one of all) found.set(one.unit, one.node, one);
  return [...found.values()];
}
