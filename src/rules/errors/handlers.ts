import { exceptionName, isException, isKnownException } from '../../knowledge/exceptionClasses';
import type { FactUnit } from '../../semantics/facts';
import type { Located, UnitSummary } from '../../semantics/summary';
import { valueFlowOf } from '../../semantics/valueFlow';
import type { Evaluator } from '../../semantics/values';
import type { ExceptHandler, Expression, NodeBase, Statement } from '../../syntax/ast';
import { type Finding, type Rule, findingAt } from '../rule';
import { childBlocks, statementExpressions, walkExpression } from '../../syntax/walk';

export type TryStatement = Statement & { kind: 'Try' };

/** An `except` clause with the statement that it belongs to. */
export interface PlacedHandler {
  readonly handler: ExceptHandler;
  readonly statement: TryStatement;
  /** Where the `try` statement stands. */
  readonly at: Located;
}

const cache = new WeakMap<UnitSummary, readonly PlacedHandler[]>();

/** The `except` clauses of a top-level statement, outermost `try` first. */
export function handlersOf({ summary }: FactUnit): readonly PlacedHandler[] {
  let found = cache.get(summary);
  if (!found) {
    found = summary.statements.flatMap(({ node, at }) =>
      node.kind === 'Try' ? node.handlers.map((handler) => ({ handler, statement: node, at })) : [],
    );
    cache.set(summary, found);
  }
  return found;
}

/** A finding at an `except` line: from the keyword to the end of what it catches. */
export function findingAtHandler(
  rule: Pick<Rule, 'name' | 'severity'>,
  unit: FactUnit,
  handler: ExceptHandler,
  message: string,
  more: Parameters<typeof findingAt>[4] = {},
): Finding {
  const finding = findingAt(rule, unit, handler, message, more);
  const headEnd = handler.nameSpan?.end ?? handler.type?.end ?? handler.start + 'except'.length;
  return { ...finding, span: { start: finding.span.start, end: unit.start + headEnd } };
}

/**
 * The classes that a clause catches, named as in `knowledge/exceptionClasses`; `undefined` among them stands for one
 * that cannot be told. A bare `except` catches BaseException.
 */
export function caughtBy(
  handler: ExceptHandler,
  unit: FactUnit,
  evaluator: Evaluator,
): readonly (string | undefined)[] {
  return handler.type ? classesOf(handler.type, unit, evaluator, 0) : ['BaseException'];
}

function classesOf(
  type: Expression,
  unit: FactUnit,
  evaluator: Evaluator,
  depth: number,
): readonly (string | undefined)[] {
  if (type.kind === 'Tuple') {
    return type.elements.flatMap((element) => classesOf(element, unit, evaluator, depth));
  }
  const qualified = evaluator.qualifiedName(type, unit);
  if (qualified !== undefined) return [exceptionName(qualified)];
  // Below a star import nothing is sure to be a builtin, but nobody hides these.
  if (type.kind === 'Name' && isKnownException(exceptionName(type.id)) && !isBound(type, unit))
    return [exceptionName(type.id)];
  if (depth > 2) return [undefined];
  return valueFlowOf(evaluator)
    .sources.originsOf(type, unit)
    .flatMap((origin) =>
      origin?.node.kind === 'Tuple' ? classesOf(origin.node, origin.unit, evaluator, depth + 1) : [undefined],
    );
}

/** Whether the program binds a name that is read at a place. */
export function isBound(name: Expression & { kind: 'Name' }, unit: FactUnit): boolean {
  const owner = unit.summary.locate.get(name)?.scope.ownerOf(name.id);
  if (!owner) return true;
  return owner.parent !== undefined || unit.facts.moduleBindings(name.id).length > 0;
}

/** `Exception`, `BaseException` or no class at all. */
export function isBroad(caught: readonly (string | undefined)[]): boolean {
  return caught.some((name) => name === 'Exception' || name === 'BaseException');
}

/** Whether what is raised may be caught: one of the classes derives from the other. */
export function isRelated(raised: string, caught: string): boolean {
  return isException(raised, caught) || isException(caught, raised);
}

/** The statements of a block that run with it: not those of functions and classes defined in it. */
export function* statementsWithin(block: readonly Statement[]): Generator<Statement> {
  for (const statement of block) {
    yield statement;
    if (statement.kind === 'FunctionDef' || statement.kind === 'ClassDef') continue;
    for (const inner of childBlocks(statement)) yield* statementsWithin(inner);
  }
}

/** All expressions of a block's own statements, those within them included. */
export function expressionsWithin(block: readonly Statement[]): readonly Expression[] {
  const found: Expression[] = [];
  for (const statement of statementsWithin(block)) {
    for (const expression of statementExpressions(statement)) {
      walkExpression(expression, (node) => found.push(node));
    }
  }
  return found;
}

/** Whether an expression reads one of some names. */
export function mentions(expression: Expression, names: ReadonlySet<string>): boolean {
  let isFound = false;
  walkExpression(expression, (node) => {
    if (node.kind === 'Name' && names.has(node.id)) isFound = true;
  });
  return isFound;
}

/** Whether a node stands within another of the same unit. */
export function isInside(inner: NodeBase, outer: NodeBase): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

/** The last name of what is called: `exception` of `self.log.exception(...)`. */
export function calledName(node: Expression): string | undefined {
  if (node.kind !== 'Call') return undefined;
  const { func } = node;
  return func.kind === 'Attribute' ? func.attr : func.kind === 'Name' ? func.id : undefined;
}
