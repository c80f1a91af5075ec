import type { Expression, Pattern, Statement, StrPiece } from './ast';

/** The expressions directly below an expression, in order of evaluation as written. */
export function childExpressions(node: Expression): readonly Expression[] {
  switch (node.kind) {
    case 'Name':
    case 'Num':
    case 'Constant':
    case 'Escape':
      return [];
    case 'Str':
      return node.tokens.flatMap((token) => pieceExpressions(token.pieces));
    case 'Attribute':
    case 'Starred':
    case 'Await':
      return [node.value];
    case 'Call':
      return [node.func, ...node.args, ...node.keywords.map((keyword) => keyword.value)];
    case 'Subscript':
      return [node.value, node.index];
    case 'Slice':
      return node.parts;
    case 'BinOp':
    case 'BoolOp':
      return [node.left, node.right];
    case 'UnaryOp':
      return [node.operand];
    case 'Compare':
      return node.operands;
    case 'Lambda':
      return [...node.params.flatMap((param) => (param.default ? [param.default] : [])), node.body];
    case 'IfExp':
      return [node.test, node.body, node.orelse];
    case 'Comprehension':
      return [
        ...node.clauses.flatMap((clause) => [clause.iter, clause.target, ...clause.conditions]),
        node.element,
        ...(node.value ? [node.value] : []),
      ];
    case 'List':
    case 'Tuple':
    case 'Set':
      return node.elements;
    case 'Dict':
      return node.entries.flatMap((entry) => (entry.key ? [entry.key, entry.value] : [entry.value]));
    case 'NamedExpr':
      return [node.value, node.target];
    case 'Yield':
      return node.value ? [node.value] : [];
  }
}

/** The expressions in the holes of an f-string, format specifications included. */
export function pieceExpressions(pieces: readonly StrPiece[]): Expression[] {
  return pieces.flatMap((piece) =>
    piece.kind === 'hole'
      ? [...(piece.expression ? [piece.expression] : []), ...pieceExpressions(piece.format)]
      : [],
  );
}

/** The blocks directly below a statement. Bodies of functions and classes are among them. */
export function childBlocks(node: Statement): readonly (readonly Statement[])[] {
  switch (node.kind) {
    case 'If':
    case 'For':
    case 'While':
      return [node.body, node.orelse];
    case 'With':
    case 'FunctionDef':
    case 'ClassDef':
      return [node.body];
    case 'Try':
      return [node.body, ...node.handlers.map((handler) => handler.body), node.orelse, node.finalbody];
    case 'Match':
      return node.cases.map((matchCase) => matchCase.body);
    default:
      return [];
  }
}

/** The expressions directly below a statement (not those of the statements within it). */
export function statementExpressions(node: Statement): readonly Expression[] {
  const some = (...list: (Expression | undefined)[]): Expression[] => list.filter((e) => e !== undefined);
  const ofPattern = (pattern: Pattern): Expression[] => [...pattern.reads, ...pattern.captures];
  switch (node.kind) {
    case 'Expr':
      return [node.value];
    case 'Assign':
      return [node.value, ...node.targets];
    case 'AugAssign':
      return [node.target, node.value];
    case 'AnnAssign':
      return some(node.value, node.target, node.annotation);
    case 'Delete':
      return node.targets;
    case 'Return':
      return some(node.value);
    case 'Raise':
      return some(node.exception, node.cause);
    case 'Assert':
      return some(node.test, node.message);
    case 'If':
    case 'While':
      return [node.test];
    case 'For':
      return [node.iter, node.target];
    case 'With':
      return node.items.flatMap((item) => some(item.context, item.target));
    case 'Try':
      return node.handlers.flatMap((handler) => some(handler.type));
    case 'FunctionDef':
      return [
        ...node.decorators,
        ...node.params.flatMap((param) => some(param.default, param.annotation)),
        ...some(node.returns),
      ];
    case 'ClassDef':
      return [...node.decorators, ...node.bases, ...node.keywords.map((keyword) => keyword.value)];
    case 'Match':
      return [node.subject, ...node.cases.flatMap((c) => [...ofPattern(c.pattern), ...some(c.guard)])];
    case 'TypeAlias':
      return [node.value];
    default:
      return [];
  }
}

/** Calls `visit` for an expression and everything below it, outermost first. */
export function walkExpression(node: Expression, visit: (node: Expression) => void): void {
  visit(node);
  for (const child of childExpressions(node)) walkExpression(child, visit);
}

/** Calls `visit` for a statement and all statements below it, outermost first. */
export function walkStatements(node: Statement, visit: (node: Statement) => void): void {
  visit(node);
  for (const block of childBlocks(node)) for (const child of block) walkStatements(child, visit);
}
