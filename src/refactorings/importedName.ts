import type { FactUnit, PlacedBinding } from '../semantics/facts';
import { reachingBindings } from '../semantics/reaching';
import { type Binding, type Block, type Scope, isWithin } from '../semantics/scope';
import type { Expression } from '../syntax/ast';

/**
 * How a member of a module is written at a place, by an import that surely reaches it: `torch.cuda`, `t.cuda`, `cuda`.
 * Undefined if there is none.
 */
export function importedName(
  at: Expression,
  unit: FactUnit,
  module: string,
  member: string,
): string | undefined {
  const place = unit.summary.locate.get(at);
  if (!place) return undefined;
  const vantage = { unit, scope: place.scope, block: place.block, offset: at.start };
  // A class body's names are not seen in its methods, but `reachingBindings` knows that.
  const names = new Set([module, member, ...importedNames(place.scope), ...unit.facts.moduleNames()]);
  for (const name of names) {
    const bindings = reachingBindings(name, vantage);
    const spellings = new Set(bindings.map(({ binding }) => spellingOf(name, binding, module, member)));
    const [spelling] = spellings;
    const isSure = bindings.some((binding) => surelyRan(binding, unit, place.block));
    if (isSure && spellings.size === 1 && spelling !== undefined) return spelling;
  }
  return undefined;
}

/** Under no condition of its own; an import that is tried counts, for the module is used. */
function surelyRan({ binding, unit: where }: PlacedBinding, unit: FactUnit, block: Block): boolean {
  const outer = binding.block.kind === 'try' ? binding.block.parent : binding.block;
  return outer?.parent === undefined || (where === unit && isWithin(block, binding.block));
}

function* importedNames(scope: Scope): Iterable<string> {
  for (let at: Scope | undefined = scope; at; at = at.parent) yield* at.names();
}

function spellingOf(name: string, { source }: Binding, module: string, member: string): string | undefined {
  if (source.type === 'import' && source.module === module) return `${name}.${member}`;
  const isMember = source.type === 'from-import' && source.level === 0 && source.module === module;
  return isMember && source.name === member ? name : undefined;
}
