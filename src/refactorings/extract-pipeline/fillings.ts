import type { FactUnit, ProgramFacts } from '../../semantics/facts';
import { type SyntaxParent, parentsOf } from '../../semantics/parents';
import type { Expression } from '../../syntax/ast';

/** Methods that put what they are given into their container. */
const FILLING_METHODS = new Set(
  'append appendleft add extend extendleft insert update setdefault put put_nowait push __setitem__'.split(
    ' ',
  ),
);

/** What is put into a container, at any time: `x.append(value)`, `x["a"] = value`, `x.y += value`. */
export interface Filling {
  readonly value: Expression;
  readonly unit: FactUnit;
}

/** Everything that a program puts into what a module's name holds, by that name. */
export function fillingsOf(name: string, facts: ProgramFacts): readonly Filling[] {
  return facts.freeReferences.flatMap(({ reference, unit }) => {
    if (reference.name !== name) return [];
    const parents = parentsOf(unit.unit);
    let node: Expression = reference.node;
    let parent = parents.get(node);
    while (isPartOf(node, parent)) {
      node = parent;
      parent = parents.get(node);
    }
    return valuesPut(node, parent).map((value) => ({ value, unit }));
  });
}

function isPartOf(
  node: Expression,
  parent: SyntaxParent | undefined,
): parent is Expression & { readonly kind: 'Attribute' | 'Subscript' } {
  return (parent?.kind === 'Attribute' || parent?.kind === 'Subscript') && parent.value === node;
}

function valuesPut(node: Expression, parent: SyntaxParent | undefined): readonly Expression[] {
  switch (parent?.kind) {
    case 'Call': {
      const isFilling = parent.func === node && node.kind === 'Attribute' && FILLING_METHODS.has(node.attr);
      return isFilling ? [...parent.args, ...parent.keywords.map(({ value }) => value)] : [];
    }
    case 'Assign':
      return parent.targets.includes(node) && node.kind !== 'Name' ? [parent.value] : [];
    case 'AugAssign':
      return parent.target === node ? [parent.value] : [];
    default:
      return [];
  }
}
