import { evaluateModule, titleOfEval, whyNotEval } from '../refactorings/inference-without-eval';
import { findingAction } from './findingAction';

/** Puts a module into evaluation mode before it predicts. */
export const inferenceWithoutEvalAction = findingAction({
  rule: 'inference-without-eval',
  leaf: 'inferenceWithoutEval',
  title: titleOfEval,
  whyNot: whyNotEval,
  change: evaluateModule,
});
