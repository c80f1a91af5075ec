import { indentedCell } from '../indentedCell';
import { BUILTIN_NAMES } from '../../knowledge/builtins';
import { headingBefore } from '../../stages/headings';
import { StageNames } from '../../stages/naming';
import { phasesOf } from '../../stages/phases';
import type { CodeCell } from '../../semantics/facts';
import { parentsOf } from '../../semantics/parents';
import type { TextEdit } from '../../text/edit';
import type { Refusal } from '../../text/refusal';
import { changedCells } from '../cellChange';
import { freeName, namesIn } from '../names';
import { type AnalysedProgram, type Outcome, refused } from '../outcome';
import { refusalAt, refusalInCell } from '../places';
import { maySwallow } from './assigned';
import { isOwnManager } from './managers';
import { type Flow, flowOf } from './flow';
import { obstacles } from './obstacles';
import { type Selected, type Selection, selectionOf } from './selection';
import { type Shown, shownBy } from './shown';
import { lineBreakOf } from '../places';
import { callText, definitionText, restText } from './text';

/**
 * Makes a function of selected statements, above the top-level statement that they stand in, and calls it in their
 * place. It is given what it reads and gives back what others read of what it binds.
 */
export function extractFunction(program: AnalysedProgram, selected: Selected): Outcome {
  const { facts, path, context } = program;
  const broken = facts.cells.find(({ syntax }) => syntax.problem);
  if (broken?.syntax.problem) {
    const { offset, message } = broken.syntax.problem;
    return refused([refusalInCell(path, broken, offset, `the code is ${message}`)]);
  }
  const indented = indentedCell(program);
  if (indented) return refused([indented]);
  const selection = selectionOf(facts, selected);
  if (typeof selection === 'string') {
    const cell = selected.type === 'cells' ? selected.first : selected.cell;
    const line = selected.type === 'cells' ? 0 : selected.first;
    return refused([{ path, cell, line, reason: selection }]);
  }
  const flow = flowOf(facts, context.evaluator, selection);
  const shown = shownBy(facts, selection);
  const refusals = [
    ...obstacles(program, selection),
    ...flow.problems.map(({ unit, node, reason }) => refusalAt(path, unit, node, reason)),
    ...halfWay(program, selection, flow),
    ...lostValues(path, shown, flow),
  ];
  if (refusals.length > 0) return refused(refusals);
  return changedCells(path, editsOf(program, selection, flow, shown));
}

function editsOf(
  { facts, context }: AnalysedProgram,
  selection: Selection,
  { parameters, results }: Flow,
  shown: Shown,
): ReadonlyMap<CodeCell, readonly TextEdit[]> {
  const { unit } = selection.pieces[0];
  const taken = new Set([...namesIn(facts), ...BUILTIN_NAMES]);
  const plan = {
    name: nameOf(selection, results, taken, () => phasesOf(facts, context.evaluator)),
    parameters,
    results,
    returned: shown.returned,
  };
  const edits = new Map<CodeCell, TextEdit[]>();
  const put = (cell: CodeCell, edit: TextEdit): void => {
    edits.set(cell, [...(edits.get(cell) ?? []), edit]);
  };
  const [region, ...more] = selection.regions;
  const definition = definitionText(selection, plan);
  const isWhole = selection.at.scope.parent === undefined && selection.indent === '';
  const call = callText(selection, plan, region!);
  if (isWhole) {
    put(unit.cell, {
      span: { start: region!.start, end: region!.end },
      newText: `${spaceAbove(unit.cell, region!.start)}${definition.joined}${call}`,
    });
  } else {
    const start = topOf(unit.cell, unit.start);
    put(unit.cell, {
      span: { start, end: start },
      newText: spaceAbove(unit.cell, start) + definition.joined,
    });
    put(unit.cell, { span: { start: region!.start, end: region!.end }, newText: call });
  }
  for (const other of more) {
    put(other.cell, { span: { start: other.start, end: other.end }, newText: restText(other, plan.name) });
  }
  return edits;
}

/** The empty lines that a definition lacks above it (PEP 8: two). */
function spaceAbove({ cell }: CodeCell, at: number): string {
  const above = cell.source.slice(cell.span.start, at);
  if (above.trim() === '') return '';
  const breaks = /(?:(?:\r\n|\n|\r)[ \t]*)*$/.exec(above)![0].match(/\r\n|\n|\r/g)?.length ?? 0;
  return lineBreakOf(cell.source).repeat(Math.max(0, 3 - breaks));
}

/** Above the comments right above a top-level statement. */
function topOf({ cell, lines }: CodeCell, start: number): number {
  let { line } = lines.positionAt(start);
  const textOf = (at: number): string => cell.source.slice(lines.lineStart(at), lines.lineStart(at + 1));
  const first = lines.positionAt(cell.span.start).line;
  while (line > first && /^#(?!!)(?!.*coding[:=])(?!\s*%%)/.test(textOf(line - 1))) line--;
  return lines.lineStart(line);
}

function nameOf(
  selection: Selection,
  results: readonly string[],
  taken: ReadonlySet<string>,
  phases: () => ReturnType<typeof phasesOf>,
): string {
  const units = selection.pieces.map(({ unit }) => unit);
  const isTop = selection.pieces.every(({ unit, statements }) => statements[0] === unit.unit.statement);
  if (isTop) {
    const known = phases();
    const heading = headingBefore(units[0]!, true);
    const signs = known.signsOf(units[0]!);
    return new StageNames(taken, known).next({ phase: signs[0]?.phase, heading, isFirst: true, units });
  }
  const last = results.at(-1)?.toLowerCase().replace(/^_+/, '');
  const candidates = last && /^[a-z]\w*$/.test(last) ? [`compute_${last}`, `update_${last}`] : ['run_step'];
  return freeName(candidates, taken);
}

/** What the selection has bound when an exception ends it is seen by whoever catches that. */
function halfWay(
  { context, path }: AnalysedProgram,
  selection: Selection,
  { results }: Flow,
): readonly Refusal[] {
  if (results.length === 0) return [];
  const { unit, statements } = selection.pieces[0];
  const [first] = statements;
  const parents = parentsOf(unit.unit);
  let inner = first!;
  for (let node = parents.get(first!); node; node = parents.get(node)) {
    if (node.kind === 'FunctionDef') break;
    const isTried = node.kind === 'Try' && node.body.includes(inner);
    const isSwallowed =
      node.kind === 'With' &&
      node.items.some((item) => maySwallow(item) || isOwnManager(item.context, context.evaluator));
    if (isTried || isSwallowed) {
      const reason = `${results.join(', ')} may be needed when an exception ends the selection half-way`;
      return [refusalAt(path, unit, first!, reason)];
    }
    inner = node as typeof inner;
  }
  return [];
}

function lostValues(path: string, { returned, problems }: Shown, { results }: Flow): readonly Refusal[] {
  const lost = problems.map(({ unit, node, reason }) => refusalAt(path, unit, node, reason));
  if (!returned || results.length === 0) return lost;
  const reason = 'the cell shows this value: leave it out of the selection';
  return [...lost, refusalAt(path, returned, returned.unit.statement, reason)];
}
