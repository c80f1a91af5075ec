import type { ExceptHandler, Expression, ImportedName, Statement, WithItem } from './ast';
import {
  type LoweringContext,
  EmptyBlock,
  UnknownSyntax,
  identifierOf,
  lowerExpression,
  lowerField,
  lowerParameters,
  spanOf,
  textOf,
} from './lowerExpressions';
import { lowerMatch } from './lowerMatch';
import { lowerTypeAlias, lowerTypeParams } from './lowerTypes';
import { type RawNode, fieldOf, fieldsOf, hasToken, namedOf } from './raw';

/** Lowers one statement. @throws {UnknownSyntax} on a node that this code does not know. */
export function lowerStatement(node: RawNode, context: LoweringContext): Statement {
  const span = spanOf(node, context);
  const lower = (child: RawNode): Expression => lowerExpression(child, context);
  const expressions = (): Expression[] => namedOf(node).map(lower);
  switch (node.type) {
    case 'expression_statement':
      return lowerExpressionStatement(node, context);
    case 'assignment':
    case 'augmented_assignment':
      return lowerAssignment(node, span, context);
    case 'delete_statement': {
      const [only] = expressions();
      if (!only) throw new UnknownSyntax(node);
      return { kind: 'Delete', targets: only.kind === 'Tuple' ? only.elements : [only], ...span };
    }
    case 'return_statement':
      return { kind: 'Return', value: expressions()[0], ...span };
    case 'raise_statement': {
      const cause = fieldOf(node, 'cause');
      const exception = namedOf(node).find((child) => child !== cause);
      if (exception?.type === 'expression_list') context.notPython3(node, 'raise with a comma');
      return {
        kind: 'Raise',
        exception: exception ? lower(exception) : undefined,
        cause: cause ? lower(cause) : undefined,
        ...span,
      };
    }
    case 'assert_statement': {
      const [test, message] = expressions();
      if (!test) throw new UnknownSyntax(node);
      return { kind: 'Assert', test, message, ...span };
    }
    case 'pass_statement':
      return { kind: 'Pass', ...span };
    case 'break_statement':
      return { kind: 'Break', ...span };
    case 'continue_statement':
      return { kind: 'Continue', ...span };
    case 'import_statement':
      return { kind: 'Import', names: importedNames(node, context), ...span };
    case 'future_import_statement':
      return {
        kind: 'ImportFrom',
        module: '__future__',
        level: 0,
        names: importedNames(node, context),
        isStar: false,
        ...span,
      };
    case 'import_from_statement':
      return lowerImportFrom(node, context);
    case 'global_statement':
      return { kind: 'Global', names: namedOf(node).map((n) => identifierOf(n, context)), ...span };
    case 'nonlocal_statement':
      return { kind: 'Nonlocal', names: namedOf(node).map((n) => identifierOf(n, context)), ...span };
    case 'if_statement':
      return lowerIf(node, fieldsOf(node, 'alternative'), context);
    case 'for_statement':
      return {
        kind: 'For',
        target: lowerField(node, 'left', context),
        iter: lowerField(node, 'right', context),
        body: lowerBlock(fieldOf(node, 'body'), context),
        orelse: elseOf(node, context),
        isAsync: hasToken(node, 'async'),
        ...span,
      };
    case 'while_statement':
      return {
        kind: 'While',
        test: lowerField(node, 'condition', context),
        body: lowerBlock(fieldOf(node, 'body'), context),
        orelse: elseOf(node, context),
        ...span,
      };
    case 'with_statement': {
      const clause = namedOf(node).find((child) => child.type === 'with_clause');
      return {
        kind: 'With',
        items: clause ? withItemsOf(clause).map((item) => lowerWithItem(item, context)) : [],
        body: lowerBlock(fieldOf(node, 'body'), context),
        isAsync: hasToken(node, 'async'),
        ...span,
      };
    }
    case 'try_statement':
      return lowerTry(node, context);
    case 'function_definition':
    case 'class_definition':
      return lowerDefinition(node, node, [], context);
    case 'decorated_definition': {
      const decorators = namedOf(node).filter((child) => child.type === 'decorator');
      const definition = fieldOf(node, 'definition');
      if (!definition) throw new UnknownSyntax(node);
      const lowered = decorators.flatMap((decorator) => namedOf(decorator).map(lower));
      return lowerDefinition(definition, node, lowered, context);
    }
    case 'match_statement':
      return lowerMatch(node, context, lowerBlock);
    case 'type_alias_statement':
      return lowerTypeAlias(node, context);
    case 'print_statement':
    case 'exec_statement':
      context.notPython3(node, `${node.type.slice(0, node.type.indexOf('_'))} statement`);
      return { kind: 'Pass', ...span };
    default:
      throw new UnknownSyntax(node);
  }
}

/** @throws {EmptyBlock} on a block without statements. */
export function lowerBlock(block: RawNode | undefined, context: LoweringContext): Statement[] {
  const statements = block ? namedOf(block) : [];
  if (statements.length === 0) throw new EmptyBlock();
  return statements.map((child) => lowerStatement(child, context));
}

function lowerExpressionStatement(node: RawNode, context: LoweringContext): Statement {
  const parts = namedOf(node);
  const [only] = parts;
  const span = spanOf(node, context);
  if (only?.type === 'assignment' || only?.type === 'augmented_assignment') {
    return lowerAssignment(only, span, context);
  }
  // `a, b` as a statement has its elements directly below it.
  if (!only) throw new UnknownSyntax(node);
  const isTuple = parts.length > 1 || hasToken(node, ',');
  const value: Expression = isTuple
    ? { kind: 'Tuple', elements: parts.map((part) => lowerExpression(part, context)), ...span }
    : lowerExpression(only, context);
  return { kind: 'Expr', value, ...span };
}

function lowerAssignment(
  node: RawNode,
  span: { start: number; end: number },
  context: LoweringContext,
): Statement {
  const right = fieldOf(node, 'right');
  const type = fieldOf(node, 'type');
  if (node.type === 'augmented_assignment') {
    const operator = fieldOf(node, 'operator');
    if (!right || !operator) throw new UnknownSyntax(node);
    return {
      kind: 'AugAssign',
      target: lowerField(node, 'left', context),
      op: operator.type,
      value: lowerExpression(right, context),
      ...span,
    };
  }
  if (type) {
    return {
      kind: 'AnnAssign',
      target: lowerField(node, 'left', context),
      annotation: lowerExpression(type, context),
      value: right ? lowerExpression(right, context) : undefined,
      ...span,
    };
  }
  const targets = [lowerField(node, 'left', context)];
  let value = right;
  while (value?.type === 'assignment') {
    targets.push(lowerField(value, 'left', context));
    value = fieldOf(value, 'right');
  }
  if (!value) throw new UnknownSyntax(node);
  return { kind: 'Assign', targets, value: lowerExpression(value, context), ...span };
}

function importedNames(node: RawNode, context: LoweringContext): ImportedName[] {
  const dotted = (name: RawNode): string =>
    namedOf(name)
      .map((part) => identifierOf(part, context))
      .join('.');
  return fieldsOf(node, 'name').map((child) => {
    const alias = fieldOf(child, 'alias');
    const name = child.type === 'aliased_import' ? fieldOf(child, 'name') : child;
    return {
      name: name ? dotted(name) : '',
      alias: alias ? identifierOf(alias, context) : undefined,
      ...spanOf(child, context),
    };
  });
}

function lowerImportFrom(node: RawNode, context: LoweringContext): Statement {
  const moduleNode = fieldOf(node, 'module_name');
  if (!moduleNode) throw new UnknownSyntax(node);
  const text = textOf(moduleNode, context).replace(/\s|\\/g, '');
  const level = /^\.*/.exec(text)?.[0].length ?? 0;
  return {
    kind: 'ImportFrom',
    module: text.slice(level).normalize('NFKC'),
    level,
    names: importedNames(node, context),
    isStar: namedOf(node).some((child) => child.type === 'wildcard_import'),
    ...spanOf(node, context),
  };
}

function lowerIf(node: RawNode, alternatives: readonly RawNode[], context: LoweringContext): Statement {
  const [next, ...rest] = alternatives;
  let orelse: Statement[] = [];
  if (next?.type === 'elif_clause') orelse = [lowerIf(next, rest, context)];
  else if (next) orelse = lowerBlock(fieldOf(next, 'body'), context);
  const span = spanOf(node, context);
  return {
    kind: 'If',
    test: lowerField(node, 'condition', context),
    body: lowerBlock(fieldOf(node, 'consequence'), context),
    orelse,
    start: span.start,
    end: Math.max(span.end, orelse.at(-1)?.end ?? 0),
  };
}

function elseOf(node: RawNode, context: LoweringContext): Statement[] {
  const clause = namedOf(node).find((child) => child.type === 'else_clause');
  return clause ? lowerBlock(fieldOf(clause, 'body'), context) : [];
}

/** `with (f() as g,):` parses as one item that is a tuple; to Python the brackets hold items. */
function withItemsOf(clause: RawNode): readonly RawNode[] {
  const items = namedOf(clause);
  const [only] = items;
  const value = only && fieldOf(only, 'value');
  return items.length === 1 && value?.type === 'tuple' ? namedOf(value) : items;
}

function lowerWithItem(item: RawNode, context: LoweringContext): WithItem {
  let value = item.type === 'with_item' ? fieldOf(item, 'value') : item;
  // `with (g() as h):` parses as a parenthesised as_pattern.
  while (value?.type === 'parenthesized_expression' && namedOf(value)[0]?.type === 'as_pattern') {
    value = namedOf(value)[0];
  }
  if (value?.type === 'as_pattern') {
    const alias = fieldOf(value, 'alias');
    const contextNode = namedOf(value).find((child) => child !== alias);
    if (!contextNode) throw new UnknownSyntax(item);
    return {
      context: lowerExpression(contextNode, context),
      target: alias ? lowerExpression(alias, context) : undefined,
    };
  }
  if (!value) throw new UnknownSyntax(item);
  return { context: lowerExpression(value, context), target: undefined };
}

function lowerTry(node: RawNode, context: LoweringContext): Statement {
  const clauses = namedOf(node);
  const finallyNode = clauses.find((child) => child.type === 'finally_clause');
  return {
    kind: 'Try',
    body: lowerBlock(fieldOf(node, 'body'), context),
    handlers: clauses
      .filter((child) => child.type === 'except_clause' || child.type === 'except_group_clause')
      .map((child) => lowerHandler(child, context)),
    orelse: elseOf(node, context),
    finalbody: finallyNode
      ? lowerBlock(
          namedOf(finallyNode).find((child) => child.type === 'block'),
          context,
        )
      : [],
    ...spanOf(node, context),
  };
}

function lowerHandler(node: RawNode, context: LoweringContext): ExceptHandler {
  const values = fieldsOf(node, 'value').filter((child) => child.isNamed);
  // `except E, e:` is Python 2; `except A, B:` of Python 3.14 cannot be told from it.
  if (values.length > 1) context.notPython3(node, 'except with a comma');
  let type = values[0];
  let alias = fieldOf(node, 'alias');
  if (type?.type === 'as_pattern') {
    alias = fieldOf(type, 'alias');
    type = namedOf(type).find((child) => child !== alias);
  }
  const name = alias && lowerExpression(alias, context);
  return {
    type: type ? lowerExpression(type, context) : undefined,
    name: name?.kind === 'Name' ? name.id : undefined,
    nameSpan: name && { start: name.start, end: name.end },
    body: lowerBlock(
      namedOf(node).find((child) => child.type === 'block'),
      context,
    ),
    ...spanOf(node, context),
  };
}

function lowerDefinition(
  node: RawNode,
  whole: RawNode,
  decorators: readonly Expression[],
  context: LoweringContext,
): Statement {
  const nameNode = fieldOf(node, 'name');
  if (!nameNode) throw new UnknownSyntax(node);
  const common = {
    name: identifierOf(nameNode, context),
    nameStart: nameNode.start - context.base,
    decorators,
    typeParams: lowerTypeParams(fieldOf(node, 'type_parameters'), context),
    body: lowerBlock(fieldOf(node, 'body'), context),
    ...spanOf(whole, context),
  };
  if (node.type === 'class_definition') {
    const superclasses = fieldOf(node, 'superclasses');
    const parts = superclasses ? namedOf(superclasses) : [];
    return {
      kind: 'ClassDef',
      ...common,
      bases: parts
        .filter((part) => part.type !== 'keyword_argument' && part.type !== 'dictionary_splat')
        .map((part) => lowerExpression(part, context)),
      keywords: parts.flatMap((part) => {
        const partSpan = spanOf(part, context);
        if (part.type === 'keyword_argument') {
          const keyword = fieldOf(part, 'name');
          const value = lowerField(part, 'value', context);
          return [{ name: keyword && identifierOf(keyword, context), value, ...partSpan }];
        }
        const [splat] = part.type === 'dictionary_splat' ? namedOf(part) : [];
        return splat ? [{ name: undefined, value: lowerExpression(splat, context), ...partSpan }] : [];
      }),
    };
  }
  const parameters = fieldOf(node, 'parameters');
  const returns = fieldOf(node, 'return_type');
  return {
    kind: 'FunctionDef',
    ...common,
    params: parameters ? lowerParameters(parameters, context) : [],
    returns: returns ? lowerExpression(returns, context) : undefined,
    isAsync: hasToken(node, 'async'),
  };
}
