import type { PlacedBinding, ProgramFacts } from '../semantics/facts';
import type { Expression } from '../syntax/ast';

/** Builtin types that mean the same wherever they are named. */
const BUILTIN = /^(?:int|float|str|bool|bytes|complex)$/;

/** The types of names, where all that binds them tells the same. */
export function typesOf(facts: ProgramFacts, names: ReadonlySet<string>): ReadonlyMap<string, string> {
  const types = new Map<string, string>();
  for (const name of names) {
    const all = facts.moduleBindings(name).filter(({ binding }) => binding.source.type !== 'deletion');
    const found = new Set(all.map((placed) => typeOfBinding(placed)));
    const [only] = found;
    if (found.size === 1 && only !== undefined && !rebindsBuiltin(only, facts)) types.set(name, only);
  }
  return types;
}

function typeOfBinding({ binding, unit }: PlacedBinding): string | undefined {
  const { source, statement } = binding;
  if (statement.kind === 'AnnAssign' && binding.scope.parent === undefined) {
    const text = unit.unit.text.slice(statement.annotation.start, statement.annotation.end);
    return BUILTIN.test(text) ? text : undefined;
  }
  return source.type === 'value' ? typeOf(source.expression) : undefined;
}

function typeOf(node: Expression): string | undefined {
  switch (node.kind) {
    case 'Str':
      return node.isBytes ? 'bytes' : 'str';
    case 'Compare':
    case 'Constant':
      return undefined;
    case 'Num':
      return undefined;
    case 'List':
      return 'list[Any]';
    case 'Dict':
      return 'dict[Any, Any]';
    case 'Comprehension':
      return { list: 'list[Any]', dict: 'dict[Any, Any]', set: 'set[Any]' }[node.type as string];
    default:
      return undefined;
  }
}

function rebindsBuiltin(type: string, facts: ProgramFacts): boolean {
  const [root = ''] = type.split('[');
  return facts.moduleBindings(root).length > 0;
}
