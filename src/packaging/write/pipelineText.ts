import { callText } from '../../refactorings/extract-pipeline/moved';
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
  return `"""Calls the stages in their order."""

from __future__ import annotations

${importBlock(needs)}


${keyword} run() -> None:
    """${sentence(`does what running ${plan.originalName} from top to bottom does`)}"""
${calls.join('\n')}
`;
}
