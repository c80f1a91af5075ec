import { extractPipeline } from '../refactorings/extract-pipeline';
import type { Action } from './offer';
import { problemOf } from './validity';

const ID = 'extract-pipeline';

/** "Extract pipeline": the statements of a program become stages, functions or methods of a class. */
export const extractPipelineAction: Action = {
  id: ID,
  offer(analysis) {
    const { facts } = analysis;
    if (facts.units.length < 4 || !facts.isComplete) return [];
    return [
      {
        id: ID,
        title: 'Extract pipeline',
        kind: 'refactor',
        codeActionKind: 'refactor.extract.graduate.pipeline',
        isPreferred: false,
        disabled: undefined,
        findings: [],
        target: { type: 'program' },
      },
    ];
  },
  resolve({ target }, analysis, context) {
    const around = {
      check: (text: string) => problemOf(text, analysis, context),
      exists: (path: string) => context.workspace.exists(path),
      root: context.workspace.root,
    };
    const { shape, plan } = target.type === 'program' ? target : {};
    return extractPipeline(analysis, around, shape, plan);
  },
};
