import type { Expression } from '../../syntax/ast';
import type { Unit } from '../../syntax/cell';
import type { ProgramFacts } from '../facts';
import { summarize } from '../summary';

const stored = new WeakMap<Unit, ReadonlySet<string>>();
const joined = new WeakMap<ProgramFacts, ReadonlySet<string>>();

/** Names of attributes that a program gives a value anywhere: `x.name = ...`, `name = ...` in a class body, a property. */
export function storedAttributes(facts: ProgramFacts): ReadonlySet<string> {
  let names = joined.get(facts);
  if (!names) {
    const all = new Set<string>();
    for (const { unit } of facts.units) for (const name of storedIn(unit)) all.add(name);
    names = all;
    joined.set(facts, names);
  }
  return names;
}

function storedIn(unit: Unit): ReadonlySet<string> {
  const known = stored.get(unit);
  if (known) return known;
  const names = new Set<string>();
  const add = (target: Expression | undefined, isClassBody: boolean): void => {
    if (target?.kind === 'Attribute') names.add(target.attr);
    else if (target?.kind === 'Name' && isClassBody) names.add(target.id);
    else if (target?.kind === 'Tuple' || target?.kind === 'List') {
      for (const element of target.elements) add(element, isClassBody);
    } else if (target?.kind === 'Starred') add(target.value, isClassBody);
  };
  for (const { node, at } of summarize(unit).statements) {
    const isClassBody = at.scope.kind === 'class';
    // A property, or whatever else its decorators make of it.
    if (node.kind === 'FunctionDef' && isClassBody && node.decorators.length > 0) names.add(node.name);
    if (node.kind === 'Assign') for (const target of node.targets) add(target, isClassBody);
    else if (node.kind === 'AnnAssign' || node.kind === 'AugAssign' || node.kind === 'For')
      add(node.target, isClassBody);
    else if (node.kind === 'With') for (const item of node.items) add(item.target, isClassBody);
  }
  stored.set(unit, names);
  return names;
}
