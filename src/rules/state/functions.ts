import type { FactUnit } from '../../semantics/facts';
import { parentsOf } from '../../semantics/parents';
import type { Scope } from '../../semantics/scope';
import type { UnitSummary } from '../../semantics/summary';
import type { FunctionDef, Name } from '../../syntax/ast';
import type { Unit } from '../../syntax/cell';

/** The outermost function around a scope: what is nested in it belongs to it. */
export function outermostFunction(scope: Scope): FunctionDef | undefined {
  let found: FunctionDef | undefined;
  for (const at of scope.outwards()) if (at.node?.kind === 'FunctionDef') found = at.node;
  return found;
}

/** Whether one of the functions around a scope, up to the outermost, declares a name global. */
export function isDeclaredGlobal(name: string, scope: Scope): boolean {
  for (const at of scope.outwards()) if (at.declared.get(name) === 'global') return true;
  return false;
}

/** The first read of a module's name in a function. */
export interface FunctionRead {
  readonly name: string;
  readonly node: Name;
  readonly function: FunctionDef;
  /** The function does nothing but ask whether something is this very object: `if value is MISSING`. */
  readonly isIdentity: boolean;
}

const reads = new WeakMap<UnitSummary, readonly FunctionRead[]>();

/**
 * The names that the functions of a statement read and nothing within the statement binds, each at its first read in a
 * function; those that the function declares global are left out. Depends on the statement alone.
 */
export function functionReads({ unit, summary }: FactUnit): readonly FunctionRead[] {
  const known = reads.get(summary);
  if (known) return known;
  const found = new Map<FunctionDef, Map<string, FunctionRead>>();
  for (const { name, node, scope, time } of summary.freeReferences) {
    if (time !== 'later') continue;
    const owner = outermostFunction(scope);
    if (!owner || isDeclaredGlobal(name, scope)) continue;
    const names = found.get(owner) ?? new Map<string, FunctionRead>();
    found.set(owner, names);
    const before = names.get(name);
    const isIdentity = (before?.isIdentity ?? true) && isIdentityTest(node, unit);
    const first = before && before.node.start < node.start ? before.node : node;
    names.set(name, { name, node: first, function: owner, isIdentity });
  }
  const list = [...found.values()].flatMap((names) => [...names.values()]);
  reads.set(summary, list);
  return list;
}

function isIdentityTest(node: Name, unit: Unit): boolean {
  const parent = parentsOf(unit).get(node);
  if (parent?.kind !== 'Compare' || parent.operands[0] === node) return false;
  return parent.ops.every((op) => op === 'is' || op === 'is not');
}
