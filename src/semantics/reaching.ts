import type { Name } from '../syntax/ast';
import type { FactUnit, PlacedBinding } from './facts';
import { type Binding, type Block, type Scope, isWithin, outermostLoop } from './scope';

/** A place from which a name is looked up. */
export interface Vantage {
  readonly unit: FactUnit;
  readonly scope: Scope;
  readonly block: Block;
  /** Offset in the statement. */
  readonly offset: number;
}

/**
 * The bindings that a name may have at a place. Within one scope: the last binding that surely ran before, and those
 * that possibly ran since, loops taken into account. From a function, all bindings of the name further out, because
 * Python looks a name up when the code runs.
 */
export function reachingBindings(name: string, from: Vantage): readonly PlacedBinding[] {
  const owner = from.scope.ownerOf(name);
  const isModule = owner.parent === undefined;
  const all: readonly PlacedBinding[] = isModule
    ? from.unit.facts.moduleBindings(name)
    : [...nonlocalBindings(owner, name), ...owner.bindingsOf(name)].map((binding) => ({
        binding,
        unit: from.unit,
      }));
  // A comprehension's variables are bound before its element is evaluated, which stands in front of them.
  if (owner.kind === 'comprehension') return all;
  const vantage = vantageIn(owner, from);
  if (!vantage) return all.filter(({ binding }) => binding.source.type !== 'deletion');
  const reached: PlacedBinding[] = [];
  let isClosed = false;
  for (let i = all.length - 1; i >= 0; i--) {
    const candidate = all[i]!;
    const { binding, unit } = candidate;
    // Bindings made by functions through `global` or `nonlocal` happen at an unknown time.
    const isElsewhere = binding.scope !== owner && (!isModule || binding.scope.parent !== undefined);
    if (isElsewhere) {
      reached.push(candidate);
      continue;
    }
    if (isClosed) continue;
    const isBefore =
      unit.order < from.unit.order || (unit === from.unit && binding.effectAt <= vantage.offset);
    if (!isBefore) {
      const loop = unit === from.unit ? outermostLoop(vantage.block) : undefined;
      if (loop && isWithin(binding.block, loop)) reached.push(candidate);
      continue;
    }
    reached.push(candidate);
    const surelyRan =
      unit === from.unit ? isWithin(vantage.block, binding.block) : binding.block.parent === undefined;
    isClosed = surelyRan && binding.source.type !== 'augmented';
  }
  return reached.reverse().filter(({ binding }) => binding.source.type !== 'deletion');
}

/** The bindings that a read of a name may find where it stands; undefined for a node that is in no statement of a program. */
export function bindingsOfRead(node: Name, unit: FactUnit): readonly PlacedBinding[] | undefined {
  const at = unit.summary.locate.get(node);
  return at && reachingBindings(node.id, { unit, scope: at.scope, block: at.block, offset: node.start });
}

/**
 * The place as seen in the owning scope: comprehensions and class bodies run where they stand; from a function or a
 * lambda there is no such place.
 */
function vantageIn(owner: Scope, from: Vantage): { block: Block; offset: number } | undefined {
  let block = from.block;
  for (let scope: Scope | undefined = from.scope; scope && scope !== owner; scope = scope.parent) {
    if (scope.kind === 'function' || scope.kind === 'lambda') return undefined;
    const outer = scope.parent;
    if (!outer) return undefined;
    block = enclosingBlock(from.unit, scope) ?? block;
  }
  return { block, offset: from.offset };
}

function enclosingBlock(unit: FactUnit, scope: Scope): Block | undefined {
  const node = scope.node;
  if (!node) return undefined;
  if (node.kind === 'Comprehension' || node.kind === 'Lambda') return unit.summary.locate.get(node)?.block;
  return unit.summary.statements.find((entry) => entry.node === node)?.at.block;
}

const nonlocals = new WeakMap<Scope, ReadonlyMap<string, readonly Binding[]>>();

/** The bindings of a function's variable that functions within it make through `nonlocal`. */
function nonlocalBindings(owner: Scope, name: string): readonly Binding[] {
  let known = nonlocals.get(owner);
  if (!known) {
    const found = new Map<string, Binding[]>();
    const visit = (scope: Scope): void => {
      for (const [declared, where] of scope.declared) {
        if (where !== 'nonlocal' || scope.ownerOf(declared) !== owner) continue;
        found.set(declared, [...(found.get(declared) ?? []), ...scope.bindingsOf(declared)]);
      }
      scope.children.forEach(visit);
    };
    owner.children.forEach(visit);
    nonlocals.set(owner, (known = found));
  }
  return known.get(name) ?? [];
}
