import { callText } from '../../refactorings/extract-pipeline/moved';
import type { FactUnit } from '../../semantics/facts';
import { type PackagePlan, sentence } from '../plan';
import { importBlock } from '../../refactorings/importBlock';

/** The module that calls the stages in their order. */
export function pipelineText(plan: PackagePlan): string {
  const { modules, stages, isAsync, sharing } = plan;
  const needs = modules.flatMap(({ name, stages: own }) =>
    own.map((stage) => ({ module: `.${name}`, name: stage.name, alias: undefined })),
  );
  const keyword = stages.some(isAsync) ? 'async def' : 'def';
  const calls = stages.map((stage) =>
    callText(stage, { names: sharing }, undefined, '    ', isAsync(stage) ? 'await ' : ''),
  );
  return `${headOf(plan)}

from __future__ import annotations

${importBlock(needs)}


${keyword} run() -> None:
    """${sentence(`does what running ${plan.originalName} from top to bottom does`)}"""
${calls.join('\n')}
`;
}

/** What the author wrote about the whole script: the comments at its top, and its docstring or ours. */
function headOf({ facts, roles, regions }: PackagePlan): string {
  const ours = '"""Calls the stages in their order."""';
  const [first, second] = facts.units;
  if (facts.program.kind === 'notebook' || !first) return ours;
  const { source } = first.cell.cell;
  const isDocstring = roles.of.get(first) === 'header' && first.unit.statement.kind === 'Expr';
  const end = isDocstring ? headEnd(first, second, regions) : regions.get(first)!.start;
  const written = source
    .slice(0, end)
    .replace(/^(?:\uFEFF|#!.*(?:\r\n|\n|\r)|#.*coding[:=].*(?:\r\n|\n|\r))+/, '')
    .replace(/\r\n|\r/g, '\n')
    .trim();
  if (isDocstring) return written;
  return written === '' ? ours : `${written}\n\n${ours}`;
}

/** Where what is said about the whole script ends, behind its docstring: comments with an empty line below belong to it. */
function headEnd(docstring: FactUnit, next: FactUnit | undefined, regions: PackagePlan['regions']): number {
  const end = docstring.start + docstring.unit.text.length;
  const below = docstring.cell.cell.source.slice(end, next?.start);
  const cut = regions.get(docstring)!.end;
  // A section's heading has been given to the section already.
  if (below.slice(0, cut - end).includes('#')) return cut;
  return end + (/^[^]*(?:\r\n|\n|\r)[ \t]*(?=\r\n|\n|\r)/.exec(below)?.[0].length ?? 0);
}
