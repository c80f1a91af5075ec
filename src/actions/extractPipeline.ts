import { extractPipeline } from '../refactorings/extract-pipeline';
import { scriptSource } from '../program/source';
import type { Analysis } from './engine';
import type { Action, ActionContext } from './offer';

const ID = 'extract-pipeline';

/** "Extract pipeline class": the statements of a program become the stages of a class. */
export const extractPipelineAction: Action = {
  id: ID,
  offer(analysis) {
    const { facts } = analysis;
    if (facts.units.length < 4 || !facts.isComplete) return [];
    return [
      {
        id: ID,
        title: 'Extract pipeline class',
        kind: 'refactor',
        codeActionKind: 'refactor.extract.graduate.pipeline',
        isPreferred: false,
        disabled: undefined,
        findings: [],
        target: { type: 'program' },
      },
    ];
  },
  resolve(_offer, analysis, context) {
    return extractPipeline(analysis, {
      check: (text) => problemOf(text, analysis, context),
      exists: (path) => context.workspace.exists(path),
    });
  },
};

function problemOf(text: string, { path }: Analysis, { engine }: ActionContext): string | undefined {
  const { facts } = engine.analyze(scriptSource(path.replace(/\.ipynb$/, '.py'), text));
  return facts.cells.find(({ syntax }) => syntax.problem)?.syntax.problem?.message;
}
