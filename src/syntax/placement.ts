import { type RawNode, fieldOf, namedOf } from './raw';

/** What a statement stands in. */
interface Around {
  readonly scope: 'module' | 'class' | 'function' | 'coroutine';
  readonly isInLoop: boolean;
}

const AT_TOP: Around = { scope: 'module', isInLoop: false };

/**
 * Looks for statements that stand where Python's compiler does not let them: `return` outside of functions, `break`
 * outside of loops, `await` in functions that are not `async`, and parameters of one name. Top-level `await` is left to
 * the kernel, which allows it.
 *
 * @param statement A top-level statement.
 * @param text What its offsets count in.
 * @returns The first such place.
 */
export function misplacedStatement(statement: RawNode, text: string): RawNode | undefined {
  const look = (node: RawNode, around: Around): RawNode | undefined => {
    if (node.isNamed && !isAllowed(node, around)) return node;
    const repeated = PARAMETERS.has(node.type) ? repeatedName(node, text) : undefined;
    if (repeated) return repeated;
    for (const child of node.children) {
      const inside = look(child, aroundOf(child, node, around));
      if (inside) return inside;
    }
    return undefined;
  };
  return look(statement, AT_TOP);
}

const PARAMETERS: ReadonlySet<string> = new Set(['parameters', 'lambda_parameters']);

function isAllowed({ type }: RawNode, { scope, isInLoop }: Around): boolean {
  const isInFunction = scope === 'function' || scope === 'coroutine';
  switch (type) {
    case 'return_statement':
    case 'yield':
    case 'nonlocal_statement':
      return isInFunction || (type === 'nonlocal_statement' && scope === 'class');
    case 'await':
      return scope === 'coroutine' || scope === 'module';
    case 'wildcard_import':
      return scope === 'module';
    case 'break_statement':
    case 'continue_statement':
      return isInLoop;
    default:
      return true;
  }
}

/** What a child of a node stands in. */
function aroundOf(child: RawNode, node: RawNode, around: Around): Around {
  switch (node.type) {
    case 'function_definition': {
      // Decorators, defaults and annotations are evaluated outside.
      if (child.field !== 'body') return around;
      const isAsync = node.children.some(({ type }) => type === 'async');
      return { scope: isAsync ? 'coroutine' : 'function', isInLoop: false };
    }
    case 'lambda':
      return child.field === 'body' ? { scope: 'function', isInLoop: false } : around;
    case 'generator_expression':
      // With `await` in it, it is an asynchronous one, which may be made anywhere; what it goes through first is
      // evaluated outside.
      return around.scope === 'function' &&
        child !== node.children.find(({ type }) => type === 'for_in_clause')
        ? { ...around, scope: 'coroutine' }
        : around;
    case 'class_definition':
      return child.field === 'body' ? { scope: 'class', isInLoop: false } : around;
    case 'for_statement':
    case 'while_statement':
      return child.field === 'body' ? { ...around, isInLoop: true } : around;
    default:
      return around;
  }
}

function repeatedName(parameters: RawNode, text: string): RawNode | undefined {
  const seen = new Set<string>();
  return namedOf(parameters).find((parameter) => {
    const name = nameOf(parameter);
    if (!name) return false;
    const known = seen.size;
    seen.add(text.slice(name.start, name.end));
    return seen.size === known;
  });
}

/** The name of a parameter, which a default, an annotation or stars may be around. */
function nameOf(parameter: RawNode): RawNode | undefined {
  if (parameter.type === 'identifier') return parameter;
  if (parameter.type.endsWith('_separator')) return undefined;
  const inside = fieldOf(parameter, 'name') ?? namedOf(parameter)[0];
  return inside && nameOf(inside);
}
