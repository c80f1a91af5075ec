import type { Expression, Statement, TypeParameter } from './ast';
import {
  type LoweringContext,
  UnknownSyntax,
  identifierOf,
  lowerExpression,
  lowerField,
  nameOf,
  spanOf,
} from './lowerExpressions';
import { type RawNode, fieldOf, namedOf } from './raw';

/** A `type X = ...` statement. */
export function lowerTypeAlias(node: RawNode, context: LoweringContext): Statement {
  const left = fieldOf(node, 'left');
  let inner = left && namedOf(left)[0];
  let typeParams: TypeParameter[] = [];
  if (inner?.type === 'generic_type') {
    const [nameNode, parameters] = namedOf(inner);
    typeParams = lowerTypeParams(parameters, context);
    inner = nameNode;
  }
  if (inner?.type !== 'identifier') return lowerTypeCallTarget(node, context);
  return {
    kind: 'TypeAlias',
    name: nameOf(inner, context),
    typeParams,
    value: lowerField(node, 'right', context),
    ...spanOf(node, context),
  };
}

/** `type(x).name = value` is an assignment, which the grammar takes for a type alias. */
function lowerTypeCallTarget(node: RawNode, context: LoweringContext): Statement {
  const left = fieldOf(node, 'left');
  const keyword = node.children.find((child) => child.type === 'type' && !child.isNamed);
  const target = left && namedOf(left)[0];
  const call = target && keyword && withTypeCall(target, keyword);
  if (!call) throw new UnknownSyntax(node);
  return {
    kind: 'Assign',
    targets: [lowerExpression(call, context)],
    value: lowerField(node, 'right', context),
    ...spanOf(node, context),
  };
}

/** The node with the parentheses at its very left turned into the arguments of a call of `type`. */
function withTypeCall(node: RawNode, keyword: RawNode): RawNode | undefined {
  if (node.type === 'parenthesized_expression' || node.type === 'tuple') {
    const name: RawNode = { ...keyword, type: 'identifier', isNamed: true, field: 'function' };
    const given: RawNode = { ...node, type: 'argument_list', field: 'arguments' };
    return { ...node, type: 'call', start: keyword.start, children: [name, given] };
  }
  const [first, ...rest] = node.children;
  const replaced = first && withTypeCall(first, keyword);
  return (
    replaced && { ...node, start: keyword.start, children: [{ ...replaced, field: first.field }, ...rest] }
  );
}

/** The parameters in `def f[T]`, `class A[T]`, `type X[T]`. */
export function lowerTypeParams(node: RawNode | undefined, context: LoweringContext): TypeParameter[] {
  if (!node) return [];
  return namedOf(node).flatMap((type) => {
    let inner = namedOf(type)[0] ?? type;
    let bound: Expression | undefined;
    if (inner.type === 'constrained_type') {
      const [nameType, boundType] = namedOf(inner);
      bound = boundType && lowerExpression(boundType, context);
      inner = (nameType && namedOf(nameType)[0]) ?? inner;
    }
    if (inner.type === 'splat_type') inner = namedOf(inner)[0] ?? inner;
    return inner.type === 'identifier'
      ? [{ name: identifierOf(inner, context), bound, ...spanOf(type, context) }]
      : [];
  });
}
