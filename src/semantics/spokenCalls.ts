import type { Expression } from '../syntax/ast';
import type { PlacedCall, ProgramFacts } from './facts';
import type { UnitSummary } from './summary';

/** A name that a statement gives to something of another name: `from torch import load as fetch`. */
interface Alias {
  readonly of: string;
  readonly name: string;
}

const cache = new WeakMap<UnitSummary, readonly Alias[]>();

/**
 * Calls that may be of something whose last name is given, as far as the text shows: by that name, or by another one
 * that an import or an assignment gives it. Cheap, in document order of each name; what they call is to be asked.
 */
export function spokenCalls(facts: ProgramFacts, last: string): readonly PlacedCall[] {
  const names = new Set([last]);
  for (const { summary } of facts.units) {
    for (const alias of aliasesIn(summary)) if (names.has(alias.of)) names.add(alias.name);
  }
  return [...names].flatMap((name) => facts.callsNamed(name));
}

function aliasesIn(summary: UnitSummary): readonly Alias[] {
  const known = cache.get(summary);
  if (known) return known;
  const found: Alias[] = [];
  for (const { node } of summary.statements) {
    if (node.kind === 'ImportFrom') {
      for (const { name, alias } of node.names) {
        if (alias !== undefined && alias !== name) found.push({ of: name, name: alias });
      }
    } else if (node.kind === 'Assign') {
      const of = lastName(node.value);
      for (const target of of === undefined ? [] : node.targets) {
        const name = lastName(target);
        if (name !== undefined && name !== of) found.push({ of: of!, name });
      }
    }
  }
  cache.set(summary, found);
  return found;
}

function lastName(node: Expression): string | undefined {
  return node.kind === 'Name' ? node.id : node.kind === 'Attribute' ? node.attr : undefined;
}
