import { extractPipeline } from '../refactorings/extract-pipeline';
import type { Action } from './offer';
import { problemOf } from './validity';

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
