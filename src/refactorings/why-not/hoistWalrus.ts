import type { FactUnit } from '../../semantics/facts';
import type { Expression } from '../../syntax/ast';
import type { NamedExpr } from '../../syntax/expressions';
import { childExpressions } from '../../syntax/walk';
import { lineBreakOf } from '../places';
import type { Lift, Lifter } from './lift';
import { unitsOnLine } from './units';

/** `if (n := f()) > 3:` binds `n` in a statement above, where nothing is evaluated before it. */
export const hoistWalrus: Lifter = (program, refusal) => {
  const name = /^an assignment expression binds (\S+), which is needed elsewhere$/.exec(refusal.reason)?.[1];
  if (name === undefined) return undefined;
  for (const unit of unitsOnLine(program, refusal)) {
    const expression = firstEvaluated(unit);
    const walrus = expression && leftmost(expression);
    if (walrus?.target.id === name) return liftOf(unit, walrus);
  }
  return undefined;
};

/** What a statement evaluates first, and always. */
function firstEvaluated({ unit: { statement } }: FactUnit): Expression | undefined {
  if (statement.kind === 'If') return statement.test;
  return statement.kind === 'Expr' || statement.kind === 'Assign' ? statement.value : undefined;
}

/** The assignment expression that comes before everything else in an expression. */
function leftmost(node: Expression): NamedExpr | undefined {
  switch (node.kind) {
    case 'NamedExpr':
      return node;
    case 'Compare':
    case 'BinOp':
    case 'BoolOp':
    case 'UnaryOp':
    case 'Attribute':
    case 'Subscript':
    case 'Call':
    case 'IfExp': {
      const [first] = childExpressions(node);
      return first && leftmost(first);
    }
    default:
      return undefined;
  }
}

function liftOf(unit: FactUnit, { start, end, target, value }: NamedExpr): Lift | undefined {
  const { text } = unit.unit;
  const { source } = unit.cell.cell;
  const isAtLineStart = unit.start === 0 || /[\r\n]$/.test(source.slice(0, unit.start));
  const [before, behind] = [text.slice(0, start), text.slice(end)];
  if (!isAtLineStart || !before.endsWith('(') || !behind.startsWith(')')) return undefined;
  const given = text.slice(value.start, value.end);
  const bound = /[\r\n]/.test(given) ? `(${given})` : given;
  // Without the brackets words would run together, or the name be called.
  const isTight = /\w\($/.test(before) || /^\)\w/.test(behind);
  const [from, to] = isTight ? [start, end] : [start - 1, end + 1];
  const at = unit.start;
  return {
    title: `Bind ${target.id} in a statement of its own`,
    kind: 'keeps',
    cell: unit.cell,
    edits: [
      { span: { start: at, end: at }, newText: `${target.id} = ${bound}${lineBreakOf(source)}` },
      { span: { start: at + from, end: at + to }, newText: target.id },
    ],
  };
}
