import type { Expression, Statement } from '../syntax/ast';
import type { Unit } from '../syntax/cell';
import { childBlocks, childExpressions, statementExpressions } from '../syntax/walk';

export type SyntaxParent = Expression | Statement;

const cache = new WeakMap<Unit, ReadonlyMap<SyntaxParent, SyntaxParent>>();

/** For each expression and statement of a unit the one directly around it; the top-level statement has none. */
export function parentsOf(unit: Unit): ReadonlyMap<SyntaxParent, SyntaxParent> {
  const known = cache.get(unit);
  if (known) return known;
  const parents = new Map<SyntaxParent, SyntaxParent>();
  const visitExpression = (node: Expression): void => {
    for (const child of childExpressions(node)) {
      parents.set(child, node);
      visitExpression(child);
    }
  };
  const visitStatement = (node: Statement): void => {
    for (const child of statementExpressions(node)) {
      parents.set(child, node);
      visitExpression(child);
    }
    for (const block of childBlocks(node)) {
      for (const child of block) {
        parents.set(child, node);
        visitStatement(child);
      }
    }
  };
  visitStatement(unit.statement);
  cache.set(unit, parents);
  return parents;
}
