import type { FactUnit } from '../../semantics/facts';
import type { Call, Expression } from '../../syntax/ast';
import type { AnalysedProgram } from '../outcome';
import type { Lifter } from './lift';
import { unitsOnLine } from './units';

/** Variables that the text of a pandas query names. */
const NAMED = /@([A-Za-z_]\w*)/g;

/** `df.query("a > @low")` is handed what its text names: `local_dict={"low": low}`. */
export const queryLocals: Lifter = (program, refusal) => {
  if (!/^(?:query|eval) may read variables that its text names$/.test(refusal.reason)) return undefined;
  for (const unit of unitsOnLine(program, refusal)) {
    for (const { node, at } of unit.summary.calls.map((each) => ({
      ...each,
      at: unit.summary.locate.get(each.node),
    }))) {
      const line = unit.cell.lines.positionAt(unit.start + node.start).line;
      if (line !== refusal.line || at?.scope.parent !== undefined) continue;
      const names = namesFor(node, unit, program);
      if (names.length === 0) continue;
      const { close } = node;
      const isTrailing = /,\s*$/.test(unit.unit.text.slice(0, close));
      const entries = names.map((name) => `"${name}": ${name}`).join(', ');
      const start = unit.start + close;
      return {
        title: `Hand ${names.join(', ')} to the query`,
        kind: 'keeps',
        cell: unit.cell,
        edits: [
          { span: { start, end: start }, newText: `${isTrailing ? ' ' : ', '}local_dict={${entries}}` },
        ],
      };
    }
  }
  return undefined;
};

/** The names to hand over; empty where it cannot be told, or where they are no variables of the program. */
function namesFor(node: Call, unit: FactUnit, { facts, context }: AnalysedProgram): readonly string[] {
  const { func, args, keywords } = node;
  const [text] = args;
  if (func.kind !== 'Attribute' || !['query', 'eval'].includes(func.attr)) return [];
  if (args.length !== 1 || text?.kind !== 'Str' || text.value === undefined) return [];
  if (keywords.some(({ name }) => name === undefined || name === 'local_dict')) return [];
  // `pd.eval` has no frame of data; the names in its text are all variables.
  if (context.evaluator.calleeOf(node, unit)?.startsWith('pandas.eval')) return [];
  const isPandas = facts.units.some(({ summary }) =>
    summary.moduleBindings.some(({ source }) => source.type === 'import' && source.imported === 'pandas'),
  );
  const names = [...new Set([...text.value.matchAll(NAMED)].map((match) => match[1]!))];
  const areVariables = names.every((name) => facts.moduleBindings(name).length > 0);
  return isPandas && areVariables ? names : [];
}

/** Whether a call of `query` or `eval` is handed everything that its text names. */
export function isHandedAll({ args: [text], keywords }: Call): boolean {
  const handed = keywords.find(({ name }) => name === 'local_dict')?.value;
  if (text?.kind !== 'Str' || text.value === undefined || handed?.kind !== 'Dict') return false;
  const keys = new Set(handed.entries.map(({ key }) => textOf(key)));
  return [...text.value.matchAll(NAMED)].every((match) => keys.has(match[1]));
}

function textOf(node: Expression | undefined): string | undefined {
  return node?.kind === 'Str' ? node.value : undefined;
}
