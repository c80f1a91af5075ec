import type { PipelineReport } from '../../refactorings/extract-pipeline/report';

/** What following a plan comes to, in one line: cells done and refused, statements, state, parameters. */
export function costText({ stages, statements, shared, shape, refusals }: PipelineReport): string {
  const refused = new Set(refusals.flatMap(({ cell }) => cell ?? []));
  const done = new Set(stages.flatMap(({ cells }) => cells.filter((cell) => !refused.has(cell))));
  const cells = done.size + refused.size > 0 ? [`${counted(done.size, 'cell')} done`] : [];
  if (refused.size > 0) cells.push(`${refused.size} refused`);
  const parameters = stages.reduce((sum, stage) => sum + stage.parameters.length, 0);
  return [
    ...cells,
    `${statements.inStages} of ${statements.all} statements in stages`,
    counted(shared.length, shape === 'class' ? 'attribute' : 'module variable'),
    counted(parameters, 'parameter'),
  ].join(', ');
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}
