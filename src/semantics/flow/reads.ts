import type { Attribute, Expression } from '../../syntax/ast';
import type { FactUnit, PlacedBinding, PlacedReference, ProgramFacts } from '../facts';
import { parentsOf } from '../parents';
import { reachingBindings } from '../reaching';
import type { Scope } from '../scope';
import type { Unit } from '../../syntax/cell';
import type { Placed } from './placed';

/** Which reads may see which binding: the other direction of `reachingBindings`. */
export class Reads {
  #free: Map<string, PlacedReference[]> | undefined;
  #attributes: Map<string, Placed<Attribute>[]> | undefined;

  constructor(private readonly facts: ProgramFacts) {}

  /** The reads that may see a binding, in document order; those in annotations left out. */
  of(placed: PlacedBinding): readonly PlacedReference[] {
    const { binding, unit } = placed;
    return this.ofName(binding.name, binding.scope, unit).filter((read) =>
      bindingsSeenBy(this.facts, read).some((seen) => seen.binding === binding && seen.unit === unit),
    );
  }

  /** All reads of the variable that a name means in a scope. */
  ofName(name: string, scope: Scope, unit: FactUnit): readonly PlacedReference[] {
    const owner = scope.ownerOf(name);
    if (owner.parent === undefined) return this.#freeByName().get(name) ?? [];
    const found: PlacedReference[] = [];
    const visit = (at: Scope): void => {
      for (const reference of at.references) {
        if (reference.name === name && reference.time !== 'annotation' && at.ownerOf(name) === owner) {
          found.push({ reference, unit });
        }
      }
      at.children.forEach(visit);
    };
    visit(owner);
    return found;
  }

  /** Every `x.name` of the program, in document order, those that are assigned to included. */
  ofAttribute(name: string): readonly Placed<Attribute>[] {
    if (!this.#attributes) {
      this.#attributes = new Map();
      for (const unit of this.facts.units) {
        for (const node of attributesIn(unit.unit)) {
          const same = this.#attributes.get(node.attr);
          if (same) same.push({ node, unit });
          else this.#attributes.set(node.attr, [{ node, unit }]);
        }
      }
    }
    return this.#attributes.get(name) ?? [];
  }

  #freeByName(): Map<string, PlacedReference[]> {
    if (!this.#free) {
      this.#free = new Map();
      for (const read of this.facts.freeReferences) {
        if (read.reference.time === 'annotation') continue;
        const same = this.#free.get(read.reference.name);
        if (same) same.push(read);
        else this.#free.set(read.reference.name, [read]);
      }
    }
    return this.#free;
  }
}

/** The bindings that a read may see. */
export function bindingsSeenBy(
  facts: ProgramFacts,
  { reference, unit }: PlacedReference,
): readonly PlacedBinding[] {
  const { name, scope, block, node } = reference;
  return reachingBindings(facts, name, { unit, scope, block, offset: node.start });
}

/** Whether an attribute or item is assigned to or deleted here, rather than read. */
export function isStored(unit: Unit, node: Expression): boolean {
  const parents = parentsOf(unit);
  let at = node;
  for (;;) {
    const parent = parents.get(at);
    if (!parent) return false;
    switch (parent.kind) {
      case 'Assign':
      case 'Delete':
        return parent.targets.some((target) => target === at);
      case 'AnnAssign':
      case 'For':
        return parent.target === at;
      case 'With':
        return parent.items.some((item) => item.target === at);
      case 'Tuple':
      case 'List':
      case 'Starred':
        at = parent;
        continue;
      default:
        return false;
    }
  }
}

const attributes = new WeakMap<Unit, readonly Attribute[]>();

function attributesIn(unit: Unit): readonly Attribute[] {
  const known = attributes.get(unit);
  if (known) return known;
  const found = new Set<Attribute>();
  for (const node of parentsOf(unit).keys()) if (node.kind === 'Attribute') found.add(node);
  const list = [...found].sort((a, b) => a.attrStart - b.attrStart);
  attributes.set(unit, list);
  return list;
}
