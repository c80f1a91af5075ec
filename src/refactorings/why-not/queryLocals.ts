import { handedLocals } from '../frameQueries';
import type { Lifter } from './lift';
import { unitsOnLine } from './units';

/** `df.query("a > @low")` is handed what its text names: `local_dict={"low": low}`. */
export const queryLocals: Lifter = (program, refusal) => {
  if (!/^(?:query|eval) may read variables that its text names$/.test(refusal.reason)) return undefined;
  const isPandas = program.facts.units.some(({ summary }) =>
    summary.moduleBindings.some(({ source }) => source.type === 'import' && source.imported === 'pandas'),
  );
  if (!isPandas) return undefined;
  for (const unit of unitsOnLine(program, refusal)) {
    for (const { node } of unit.summary.calls) {
      const line = unit.cell.lines.positionAt(unit.start + node.start).line;
      const handed = line === refusal.line ? handedLocals(node, unit, program.context.evaluator) : undefined;
      if (!handed) continue;
      const start = unit.start + handed.edit.span.start;
      return {
        title: `Hand ${handed.names.join(', ')} to the query`,
        kind: 'keeps',
        cell: unit.cell,
        edits: [{ span: { start, end: start }, newText: handed.edit.newText }],
      };
    }
  }
  return undefined;
};
