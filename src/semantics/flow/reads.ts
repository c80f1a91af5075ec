import type { Attribute, Expression } from '../../syntax/ast';
import type { FactUnit, PlacedBinding, PlacedReference, ProgramFacts } from '../facts';
import { parentsOf } from '../parents';
import { reachingBindings } from '../reaching';
import type { Scope } from '../scope';
import type { Unit } from '../../syntax/cell';
import type { Placed } from './placed';

/** The reads of one program by name. */
interface ReadTables {
  readonly free: ReadonlyMap<string, readonly PlacedReference[]>;
  readonly attributes: ReadonlyMap<string, readonly Placed<Attribute>[]>;
}

/** Which reads may see which binding: the other direction of `reachingBindings`. */
export class Reads {
  /** @param facts The program that the questions are about; statements may come from its modules, too. */
  constructor(private readonly facts: ProgramFacts) {}

  /** The reads that may see a binding, in document order; those in annotations left out. */
  of(placed: PlacedBinding): readonly PlacedReference[] {
    const { binding, unit } = placed;
    return this.ofName(binding.name, binding.scope, unit).filter((read) =>
      bindingsSeenBy(read).some((seen) => seen.binding === binding && seen.unit === unit),
    );
  }

  /** All reads of the variable that a name means in a scope, in the program of the statement. */
  ofName(name: string, scope: Scope, unit: FactUnit): readonly PlacedReference[] {
    const owner = scope.ownerOf(name);
    if (owner.parent === undefined) return tablesOf(unit.facts).free.get(name) ?? [];
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

  /**
   * Every `x.name` of the program, in document order, those that are assigned to included.
   *
   * @param module The module that the object's class is from, whose methods read its attributes as well.
   */
  ofAttribute(name: string, module = this.facts): readonly Placed<Attribute>[] {
    const here = tablesOf(this.facts).attributes.get(name) ?? [];
    return module === this.facts ? here : [...here, ...(tablesOf(module).attributes.get(name) ?? [])];
  }
}

const tables = new WeakMap<ProgramFacts, ReadTables>();

function tablesOf(facts: ProgramFacts): ReadTables {
  const known = tables.get(facts);
  if (known) return known;
  const free = new Map<string, PlacedReference[]>();
  for (const read of facts.freeReferences) {
    if (read.reference.time !== 'annotation') add(free, read.reference.name, read);
  }
  const byAttribute = new Map<string, Placed<Attribute>[]>();
  for (const unit of facts.units) {
    for (const node of attributesIn(unit.unit)) add(byAttribute, node.attr, { node, unit });
  }
  const made = { free, attributes: byAttribute };
  tables.set(facts, made);
  return made;
}

function add<T>(table: Map<string, T[]>, name: string, entry: T): void {
  const same = table.get(name);
  if (same) same.push(entry);
  else table.set(name, [entry]);
}

/** The bindings that a read may see. */
export function bindingsSeenBy({ reference, unit }: PlacedReference): readonly PlacedBinding[] {
  const { name, scope, block, node } = reference;
  return reachingBindings(name, { unit, scope, block, offset: node.start });
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
