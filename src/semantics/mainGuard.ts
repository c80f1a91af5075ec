import type { Expression, If, NodeBase, Statement } from '../syntax/ast';
import { childBlocks, statementExpressions, walkExpression } from '../syntax/walk';
import type { FactUnit, ProgramFacts } from './facts';
import type { Block } from './scope';
import type { UnitSummary } from './summary';

/** Whether an expression is `__name__ == "__main__"`, on its own or with further conditions. */
export function testsForMain(test: Expression): boolean {
  if (test.kind === 'BoolOp')
    return test.op === 'and' && (testsForMain(test.left) || testsForMain(test.right));
  if (test.kind !== 'Compare' || test.ops.length !== 1 || test.ops[0] !== '==') return false;
  const isName = (side: Expression | undefined): boolean => side?.kind === 'Name' && side.id === '__name__';
  const isMain = (side: Expression | undefined): boolean => side?.kind === 'Str' && side.value === '__main__';
  const [left, right] = test.operands;
  return (isName(left) && isMain(right)) || (isMain(left) && isName(right));
}

/** Whether a node of a block stands under `if __name__ == "__main__":`. */
export function isUnderMainGuard(node: NodeBase, block: Block): boolean {
  for (let at: Block | undefined = block; at; at = at.parent) {
    const { statement } = at;
    if (statement?.kind !== 'If' || !testsForMain(statement.test)) continue;
    const [otherwise] = statement.orelse;
    if (!otherwise || node.start < otherwise.start) return true;
  }
  return false;
}

const guards = new WeakMap<UnitSummary, readonly If[]>();

function guardsOf({ summary }: FactUnit): readonly If[] {
  let found = guards.get(summary);
  if (!found) {
    found = summary.statements.flatMap(({ node, at }) =>
      node.kind === 'If' && at.scope.parent === undefined && testsForMain(node.test) ? [node] : [],
    );
    guards.set(summary, found);
  }
  return found;
}

const runners = new WeakMap<If, ReadonlySet<string>>();

/** The names that are read under the program's main guards: what it runs, or hands to something that runs it. */
export function namesUnderMainGuard(facts: ProgramFacts): ReadonlySet<string> {
  const names = new Set<string>();
  for (const unit of facts.units) {
    for (const guard of guardsOf(unit)) for (const name of namesIn(guard)) names.add(name);
  }
  return names;
}

function namesIn(guard: If): ReadonlySet<string> {
  const known = runners.get(guard);
  if (known) return known;
  const names = new Set<string>();
  const visit = (statement: Statement): void => {
    for (const expression of statementExpressions(statement)) {
      walkExpression(expression, (node) => {
        if (node.kind === 'Name') names.add(node.id);
      });
    }
    for (const block of childBlocks(statement)) block.forEach(visit);
  };
  guard.body.forEach(visit);
  runners.set(guard, names);
  return names;
}
