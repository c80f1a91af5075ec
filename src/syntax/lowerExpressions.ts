import type {
  Comprehension,
  ComprehensionClause,
  Expression,
  Keyword,
  Name,
  NodeBase,
  Parameter,
} from './ast';
import { type RawNode, fieldOf, fieldsOf, hasToken, namedOf } from './raw';
import { lowerString } from './lowerStrings';

/** What lowering needs to know about the text around a node. */
export interface LoweringContext {
  /** The whole parsed text. */
  readonly text: string;
  /** Offset of the top-level statement in it; node offsets become relative to it. */
  readonly base: number;
  /** Index of the masked escape that starts at an offset of the whole text, if one does. */
  escapeAt(offset: number): number | undefined;
  /** Called for syntax that Python 3 rejects. */
  notPython3(node: RawNode, what: string): void;
}

/** A node whose form the grammar should not allow: a bug of lowering, caught per statement by its caller. */
export class UnknownSyntax extends Error {
  constructor(node: RawNode) {
    super(`unknown syntax node ${node.type}`);
  }
}

/** `if x:` without a statement below it, which the grammar lets pass. */
export class EmptyBlock extends Error {
  constructor() {
    super('not valid Python: a block has no statement');
  }
}

export function spanOf(node: RawNode, context: LoweringContext): NodeBase {
  return { start: node.start - context.base, end: node.end - context.base };
}

export function textOf(node: RawNode, context: LoweringContext): string {
  return context.text.slice(node.start, node.end);
}

export function identifierOf(node: RawNode, context: LoweringContext): string {
  // PEP 3131: identifiers are compared in NFKC.
  return textOf(node, context).normalize('NFKC');
}

export function nameOf(node: RawNode, context: LoweringContext): Name {
  return { kind: 'Name', id: identifierOf(node, context), ...spanOf(node, context) };
}

function required(node: RawNode | undefined, parent: RawNode): RawNode {
  if (!node) throw new UnknownSyntax(parent);
  return node;
}

/** Lowers a field that the grammar always fills. */
export function lowerField(node: RawNode, field: string, context: LoweringContext): Expression {
  return lowerExpression(required(fieldOf(node, field), node), context);
}

export function lowerExpression(node: RawNode, context: LoweringContext): Expression {
  const span = spanOf(node, context);
  const lower = (child: RawNode): Expression => lowerExpression(child, context);
  const field = (name: string): Expression => lowerField(node, name, context);
  const escape = context.escapeAt(node.start);
  if (escape !== undefined && node.type === 'integer') return { kind: 'Escape', escape, ...span };
  switch (node.type) {
    case 'identifier':
      return nameOf(node, context);
    case 'integer':
    case 'float': {
      const text = textOf(node, context);
      if (/^0[0-9_]*[1-9]/.test(text) && /^[0-9_]+[lL]?$/.test(text))
        context.notPython3(node, 'octal literal');
      if (/[lL]$/.test(text)) context.notPython3(node, 'long literal');
      return { kind: 'Num', text, ...span };
    }
    case 'true':
      return { kind: 'Constant', value: true, ...span };
    case 'false':
      return { kind: 'Constant', value: false, ...span };
    case 'none':
      return { kind: 'Constant', value: null, ...span };
    case 'ellipsis':
      return { kind: 'Constant', value: '...', ...span };
    case 'string':
      return lowerString([node], node, context);
    case 'concatenated_string':
      return lowerString(namedOf(node), node, context);
    case 'attribute': {
      const attribute = required(fieldOf(node, 'attribute'), node);
      return {
        kind: 'Attribute',
        value: field('object'),
        attr: identifierOf(attribute, context),
        attrStart: attribute.start - context.base,
        ...span,
      };
    }
    case 'call':
      return lowerCall(node, context);
    case 'subscript': {
      const indices = fieldsOf(node, 'subscript').map(lower);
      const first = indices[0];
      if (!first) throw new UnknownSyntax(node);
      const isTuple = indices.length > 1 || node.children.at(-2)?.type === ',';
      const last = indices.at(-1) ?? first;
      return {
        kind: 'Subscript',
        value: field('value'),
        index: isTuple ? { kind: 'Tuple', elements: indices, start: first.start, end: last.end } : first,
        ...span,
      };
    }
    case 'slice':
      return { kind: 'Slice', parts: namedOf(node).map(lower), ...span };
    case 'binary_operator':
      return {
        kind: 'BinOp',
        op: required(fieldOf(node, 'operator'), node).type,
        left: field('left'),
        right: field('right'),
        ...span,
      };
    case 'unary_operator':
      return {
        kind: 'UnaryOp',
        op: required(fieldOf(node, 'operator'), node).type,
        operand: field('argument'),
        ...span,
      };
    case 'not_operator':
      return { kind: 'UnaryOp', op: 'not', operand: field('argument'), ...span };
    case 'boolean_operator':
      return {
        kind: 'BoolOp',
        op: required(fieldOf(node, 'operator'), node).type,
        left: field('left'),
        right: field('right'),
        ...span,
      };
    case 'comparison_operator': {
      const operators = fieldsOf(node, 'operators');
      if (operators.some((operator) => operator.type === '<>')) context.notPython3(node, '<>');
      const operands = node.children.filter((child) => child.field !== 'operators' && child.isNamed);
      return { kind: 'Compare', ops: operators.map((o) => o.type), operands: operands.map(lower), ...span };
    }
    case 'lambda': {
      const parameters = fieldOf(node, 'parameters');
      const params = parameters ? lowerParameters(parameters, context) : [];
      return { kind: 'Lambda', params, body: field('body'), ...span };
    }
    case 'conditional_expression': {
      const [body, test, orelse] = namedOf(node).map(lower);
      if (!body || !test || !orelse) throw new UnknownSyntax(node);
      return { kind: 'IfExp', body, test, orelse, ...span };
    }
    case 'list_comprehension':
      return lowerComprehension(node, 'list', context);
    case 'set_comprehension':
      return lowerComprehension(node, 'set', context);
    case 'dictionary_comprehension':
      return lowerComprehension(node, 'dict', context);
    case 'generator_expression':
      return lowerComprehension(node, 'generator', context);
    case 'list':
    case 'list_pattern':
      return { kind: 'List', elements: namedOf(node).map(lower), ...span };
    case 'tuple':
    case 'tuple_pattern':
    case 'expression_list':
    case 'pattern_list':
      return { kind: 'Tuple', elements: namedOf(node).map(lower), ...span };
    case 'set':
      return { kind: 'Set', elements: namedOf(node).map(lower), ...span };
    case 'dictionary':
      return {
        kind: 'Dict',
        entries: namedOf(node).map((entry) =>
          entry.type === 'pair'
            ? { key: lowerField(entry, 'key', context), value: lowerField(entry, 'value', context) }
            : { key: undefined, value: lower(required(namedOf(entry)[0], entry)) },
        ),
        ...span,
      };
    case 'list_splat':
    case 'list_splat_pattern':
    case 'splat_type':
      return { kind: 'Starred', value: lower(required(namedOf(node)[0], node)), ...span };
    case 'named_expression':
      return {
        kind: 'NamedExpr',
        target: nameOf(required(fieldOf(node, 'name'), node), context),
        value: field('value'),
        ...span,
      };
    case 'await':
      return { kind: 'Await', value: lower(required(namedOf(node)[0], node)), ...span };
    case 'yield': {
      const value = namedOf(node)[0];
      return { kind: 'Yield', value: value ? lower(value) : undefined, ...span };
    }
    case 'parenthesized_expression':
    case 'parenthesized_list_splat':
    case 'as_pattern_target':
      return lower(required(namedOf(node)[0], node));
    case 'type':
    case 'generic_type':
    case 'union_type':
    case 'member_type':
    case 'constrained_type':
    case 'type_parameter':
      return lowerType(node, context);
    case 'assignment':
    case 'augmented_assignment':
    default:
      throw new UnknownSyntax(node);
  }
}

/** Annotations: only their reads matter, so what has no expression of its own becomes a tuple of its parts. */
function lowerType(node: RawNode, context: LoweringContext): Expression {
  const parts = namedOf(node).map((child) => lowerExpression(child, context));
  const [only] = parts;
  if (parts.length === 1 && only && node.type === 'type') return only;
  return { kind: 'Tuple', elements: parts, ...spanOf(node, context) };
}

function lowerCall(node: RawNode, context: LoweringContext): Expression {
  const span = spanOf(node, context);
  const argumentNode = required(fieldOf(node, 'arguments'), node);
  const func = lowerField(node, 'function', context);
  const close = span.end - 1;
  if (argumentNode.type === 'generator_expression') {
    return {
      kind: 'Call',
      func,
      args: [lowerExpression(argumentNode, context)],
      keywords: [],
      close,
      ...span,
    };
  }
  const args: Expression[] = [];
  const keywords: Keyword[] = [];
  for (const child of namedOf(argumentNode)) {
    if (child.type === 'keyword_argument') {
      const name = identifierOf(required(fieldOf(child, 'name'), child), context);
      keywords.push({ name, value: lowerField(child, 'value', context), ...spanOf(child, context) });
    } else if (child.type === 'dictionary_splat') {
      const value = lowerExpression(required(namedOf(child)[0], child), context);
      keywords.push({ name: undefined, value, ...spanOf(child, context) });
    } else {
      args.push(lowerExpression(child, context));
    }
  }
  return { kind: 'Call', func, args, keywords, close, ...span };
}

function lowerComprehension(
  node: RawNode,
  type: Comprehension['type'],
  context: LoweringContext,
): Expression {
  const body = required(fieldOf(node, 'body'), node);
  const isPair = body.type === 'pair';
  const clauses: (ComprehensionClause & { conditions: Expression[] })[] = [];
  for (const child of namedOf(node)) {
    if (child.type === 'for_in_clause') {
      const iters = fieldsOf(child, 'right').filter((part) => part.isNamed);
      clauses.push({
        target: lowerField(child, 'left', context),
        iter: lowerExpression(required(iters[0], child), context),
        conditions: [],
        isAsync: hasToken(child, 'async'),
      });
    } else if (child.type === 'if_clause') {
      clauses.at(-1)?.conditions.push(lowerExpression(required(namedOf(child)[0], child), context));
    }
  }
  return {
    kind: 'Comprehension',
    type,
    element: isPair ? lowerField(body, 'key', context) : lowerExpression(body, context),
    value: isPair ? lowerField(body, 'value', context) : undefined,
    clauses,
    ...spanOf(node, context),
  };
}

export function lowerParameters(node: RawNode, context: LoweringContext): Parameter[] {
  const params: Parameter[] = [];
  let type: Parameter['type'] = 'plain';
  for (const child of namedOf(node)) {
    if (child.type === 'positional_separator') {
      params.forEach((param, i) => (params[i] = { ...param, type: 'positional-only' }));
      continue;
    }
    if (child.type === 'keyword_separator') {
      type = 'keyword-only';
      continue;
    }
    const lowered = lowerParameter(child, type, context);
    params.push(lowered);
    if (lowered.type === 'star') type = 'keyword-only';
  }
  return params;
}

function lowerParameter(node: RawNode, type: Parameter['type'], context: LoweringContext): Parameter {
  const annotationNode = fieldOf(node, 'type');
  const defaultNode = fieldOf(node, 'value');
  let target = node;
  if (node.type === 'default_parameter' || node.type === 'typed_default_parameter') {
    target = required(fieldOf(node, 'name'), node);
  } else if (node.type === 'typed_parameter') {
    target = required(namedOf(node)[0], node);
  }
  let kind = type;
  if (target.type === 'list_splat_pattern') kind = 'star';
  else if (target.type === 'dictionary_splat_pattern') kind = 'double-star';
  if (target.type === 'tuple_pattern') context.notPython3(target, 'tuple parameter');
  const nameNode = target.type === 'identifier' ? target : (namedOf(target)[0] ?? target);
  return {
    name: identifierOf(nameNode, context),
    type: kind,
    annotation: annotationNode ? lowerExpression(annotationNode, context) : undefined,
    default: defaultNode ? lowerExpression(defaultNode, context) : undefined,
    ...spanOf(node, context),
  };
}
