import type { FactUnit, ProgramFacts } from '../../semantics/facts';
import type { Evaluator } from '../../semantics/values';
import type { ClassDef, Expression, FunctionDef } from '../../syntax/ast';
import { walkExpression } from '../../syntax/walk';

/** Methods that IPython calls to show an object. */
const SHOWING = /^(?:__repr__|__str__|__format__|_repr_\w+_|_ipython_display_)$/;
const LOUD_CALLS = new Set(['print', 'open', 'input', 'next', 'setattr', 'exec', 'eval']);
const CHANGING = new Set(['append', 'extend', 'add', 'update', 'pop', 'insert', 'write', 'remove', 'clear']);

/** The class of the program whose objects do more than give a text when they are shown; undefined if there is none. */
export function loudClass(facts: ProgramFacts): string | undefined {
  for (const { summary } of facts.units) {
    for (const { node } of summary.statements) {
      if (node.kind === 'ClassDef' && isLoud(node)) return node.name;
    }
  }
  return undefined;
}

function isLoud({ body }: ClassDef): boolean {
  return body.some((inner) => inner.kind === 'FunctionDef' && SHOWING.test(inner.name) && speaks(inner));
}

function speaks({ body }: FunctionDef): boolean {
  return body.some((statement) => {
    if (statement.kind === 'Expr' && statement.value.kind === 'Str') return false;
    if (statement.kind !== 'Return') return true;
    return statement.value !== undefined && callsLoudly(statement.value);
  });
}

function callsLoudly(expression: Expression): boolean {
  let isFound = false;
  walkExpression(expression, (node) => {
    if (node.kind === 'NamedExpr' || node.kind === 'Await' || node.kind === 'Yield') isFound = true;
    if (node.kind !== 'Call') return;
    const { func } = node;
    if (func.kind === 'Name' && LOUD_CALLS.has(func.id)) isFound = true;
    if (func.kind === 'Attribute' && CHANGING.has(func.attr)) isFound = true;
  });
  return isFound;
}

/** Whether a value may be an object of the program, or hold one. */
export function mayHoldObject(node: Expression, unit: FactUnit, evaluator: Evaluator): boolean {
  if (['Num', 'Constant', 'Str', 'Compare'].includes(node.kind)) return false;
  return evaluator.valuesOf(node, unit).some(({ kind }) => kind !== 'result' && kind !== 'qualified');
}
