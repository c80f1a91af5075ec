import type { PipelineReport } from '../../refactorings/extract-pipeline/report';
import { hintFor } from '../../refactorings/extract-pipeline/hints';
import { type Part, partName } from '../../plan/plan';
import type { Note, Refusal } from '../../text/refusal';
import { counted, printable, shownPlace } from '../places';

/** A refusal with the small edit that would lift it. */
export interface HintedRefusal extends Refusal {
  readonly hint?: string;
}

export function hinted(refusals: readonly Refusal[]): readonly HintedRefusal[] {
  return refusals.map((refusal) => {
    const hint = hintFor(refusal.reason);
    return hint === undefined ? refusal : { ...refusal, hint };
  });
}

/** A plan for people: a table of stages, what it costs, and what stands against it. */
export function planTable(
  report: PipelineReport,
  notes: readonly Note[],
  refusals: readonly HintedRefusal[],
): readonly string[] {
  const { plan, shape, stages, shared, statements } = report;
  const rows = stages.map(({ stage, parameters, returns }, i) => [
    `${i + 1}`,
    stage.name,
    stage.phase ?? '',
    rangesOf(plan.stages[i]?.parts ?? []),
    `${stage.units.length}`,
    parameters.join(', '),
    returns.join(', '),
  ]);
  const isClass = shape === 'class';
  const called =
    isClass && plan.className !== undefined ? `class ${plan.className}` : isClass ? 'a class' : 'functions';
  const held = isClass ? 'attributes' : 'variables of the module';
  return [
    `${printable(plan.program)}: ${counted(stages.length, 'stage')}, ${called}`,
    '',
    ...table([
      [
        '',
        'stage',
        'phase',
        plan.program.endsWith('.ipynb') ? 'cells' : 'lines',
        'statements',
        'parameters',
        'returns',
      ],
      ...rows,
    ]),
    '',
    `${statements.inStages} of ${statements.all} statements that run are in stages`,
    ...(shared.length > 0 ? [`${held}: ${shared.join(', ')}`] : []),
    ...(plan.keep.length > 0 ? [`stays in the notebook: ${rangesOf(plan.keep)}`] : []),
    ...(plan.drop.length > 0 ? [`left out: ${rangesOf(plan.drop)}`] : []),
    ...notes.map((note) => `${shownPlace(note)}: note: ${printable(note.message)}`),
    ...(refusals.length === 0 ? [] : ['', `${counted(refusals.length, 'reason')} why it would be refused:`]),
    ...refusals.flatMap((refusal) => [
      `${shownPlace(refusal)}: ${printable(refusal.reason)}`,
      ...(refusal.hint === undefined ? [] : [`    to lift it: ${refusal.hint}`]),
    ]),
  ];
}

/** Cells or lines, runs of them as `3-5`. */
function rangesOf(parts: readonly Part[]): string {
  const isCells = parts.every(({ lines }) => lines === undefined);
  if (!isCells && parts.some(({ cell }) => cell !== undefined)) return parts.map(partName).join('; ');
  const ranges: [number, number][] = [];
  for (const { cell, lines } of parts) {
    const [first, last] = lines ? [lines.first, lines.last] : [cell!, cell!];
    const before = ranges.at(-1);
    // Statements with nothing but comments between them read as one range.
    if (before && (isCells ? first === before[1] + 1 : true)) before[1] = last;
    else ranges.push([first, last]);
  }
  return ranges.map(([first, last]) => (first === last ? `${first}` : `${first}-${last}`)).join(', ');
}

function table(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  const isEmpty = widths.map((_, column) => rows.slice(1).every((row) => row[column] === ''));
  return rows.map((row) =>
    row
      .flatMap((text, column) => (isEmpty[column] ? [] : [text.padEnd(widths[column]!)]))
      .join('  ')
      .trimEnd(),
  );
}
