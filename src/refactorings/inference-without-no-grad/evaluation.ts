import { gradientUse } from '../../rules/inference/gradientUse';
import { TorchModules } from '../../rules/inference/torchModules';
import type { RuleContext } from '../../rules/rule';
import type { FactUnit } from '../../semantics/facts';
import { type SyntaxParent, parentsOf } from '../../semantics/parents';
import { valueFlowOf } from '../../semantics/valueFlow';
import type { Call, Expression, Statement } from '../../syntax/ast';
import { childExpressions, statementExpressions, walkExpression } from '../../syntax/walk';

/** Builtins that run a generator to its end before they return. */
const CONSUMING: ReadonlySet<string> = new Set(
  ['list', 'tuple', 'set', 'dict', 'sum', 'max', 'min', 'any', 'all', 'sorted', 'frozenset'].map(
    (name) => `builtins.${name}`,
  ),
);

/** Why running the statement without gradients would do something else, or not what it is meant to. */
export function whyNotEvaluated(
  call: Call,
  statement: Statement,
  unit: FactUnit,
  context: RuleContext,
): string | undefined {
  return (
    whyLater(call, unit, context) ??
    whySuspended(statement) ??
    (isOutput(statement, unit)
      ? "The statement's value is the cell's output, which nothing under a with statement is"
      : undefined) ??
    whyNeeded(call, statement, unit, context)
  );
}

/** The call runs when the statement is long over. */
function whyLater(call: Call, unit: FactUnit, context: RuleContext): string | undefined {
  const parents = parentsOf(unit.unit);
  let inside: SyntaxParent = call;
  for (let at = parents.get(call); at; inside = at, at = parents.get(at)) {
    if (at.kind === 'Lambda') return 'The call stands in a lambda, which runs later';
    if (at.kind !== 'Comprehension' || at.type !== 'generator' || at.clauses[0]?.iter === inside) continue;
    const around = parents.get(at);
    const callee = around?.kind === 'Call' && around.args.includes(at) ? around : undefined;
    const name = callee && context.evaluator.calleeOf(callee, unit);
    const isConsumed = name !== undefined && CONSUMING.has(name);
    if (!isConsumed) return 'The call stands in a generator, which runs later';
  }
  return undefined;
}

/** A generator or coroutine that is suspended under `no_grad` switches gradients off for everybody else. */
function whySuspended(statement: Statement): string | undefined {
  let reason: string | undefined;
  for (const expression of statementExpressions(statement)) {
    walkExpression(expression, (node) => {
      if (node.kind === 'Yield')
        reason ??= 'The statement yields: others would run without gradients meanwhile';
      if (node.kind === 'Await')
        reason ??= 'The statement awaits: others would run without gradients meanwhile';
    });
  }
  return reason;
}

/** The last expression of a notebook cell is shown. */
function isOutput(statement: Statement, unit: FactUnit): boolean {
  if (statement.kind !== 'Expr' || !unit.cell.cell.isInNotebook || unit.unit.statement !== statement)
    return false;
  const isLast = unit.cell.syntax.units.at(-1)?.start === unit.start;
  const { value } = statement;
  const isPrint = value.kind === 'Call' && value.func.kind === 'Name' && value.func.id === 'print';
  return isLast && !isPrint;
}

/** Something else that the statement computes goes backward later. */
function whyNeeded(
  call: Call,
  statement: Statement,
  unit: FactUnit,
  context: RuleContext,
): string | undefined {
  const flow = valueFlowOf(context.evaluator);
  const modules = new TorchModules(flow);
  const trust = { module: undefined, isEvaluation: () => true };
  const isNeeded = partsBeside(call, statement, unit).some(
    (part) => gradientUse(part, unit, flow, modules, trust).isNeeded,
  );
  return isNeeded ? 'Another part of the statement is needed for gradients' : undefined;
}

/** What a statement computes apart from a call: the expressions around it, and those beside it at every level. */
function partsBeside(call: Call, statement: Statement, unit: FactUnit): readonly Expression[] {
  const parents = parentsOf(unit.unit);
  const parts: Expression[] = [];
  let inside: SyntaxParent = call;
  for (let at = parents.get(call); at; inside = at, at = parents.get(at)) {
    const isEnd: boolean = at === statement;
    const around = isEnd ? statementExpressions(statement) : childExpressions(at as Expression);
    for (const sibling of around) if (sibling !== inside && computes(sibling)) parts.push(sibling);
    if (isEnd) break;
    parts.push(at as Expression);
  }
  return parts;
}

function computes(node: Expression): boolean {
  let isFound = false;
  walkExpression(node, (inner) => {
    if (inner.kind === 'Call' || inner.kind === 'BinOp') isFound = true;
  });
  return isFound;
}
