import type { ProgramFacts } from '../../semantics/facts';
import { summarize } from '../../semantics/summary';
import type { Unit } from '../../syntax/cell';

const cache = new WeakMap<Unit, readonly string[]>();

/** Whether a program imports one of some packages, anywhere: without it a rule has nothing to look for. */
export function importsAny(facts: ProgramFacts, packages: ReadonlySet<string>): boolean {
  return facts.units.some(({ unit }) => packagesOf(unit).some((name) => packages.has(name)));
}

function packagesOf(unit: Unit): readonly string[] {
  const known = cache.get(unit);
  if (known) return known;
  const found = summarize(unit).statements.flatMap(({ node }) => {
    if (node.kind === 'Import') return node.names.map(({ name }) => firstPart(name));
    return node.kind === 'ImportFrom' && node.level === 0 ? [firstPart(node.module)] : [];
  });
  cache.set(unit, found);
  return found;
}

function firstPart(name: string): string {
  return name.split('.', 1)[0] ?? name;
}
