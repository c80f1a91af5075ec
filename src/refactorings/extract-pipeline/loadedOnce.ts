import { PICKLE_LOADS, TORCH_LOAD } from '../../knowledge/modelLoaders';
import type { AnalysedProgram } from '../outcome';
import type { Pipeline } from './moved';

/** Loaders by the end of their name, for libraries that have their own. */
const LOADING =
  /(?:^|\.)(?:load_model|from_pretrained|load_from_checkpoint|InferenceSession|load_state_dict)$/;

/** Whether a stage loads an artefact, a model for one, that a later stage uses: that is the state of a class. */
export function loadsOnce({ facts, context }: AnalysedProgram, { names, stages }: Pipeline): boolean {
  const taken = new Set(stages.flatMap((stage) => names.passing.parametersOf(stage)));
  return [...taken].some((name) =>
    facts.moduleBindings(name).some(({ binding: { source }, unit }) => {
      if (source.type !== 'value' || source.expression.kind !== 'Call') return false;
      const callee = context.evaluator.calleeOf(source.expression, unit);
      return (
        callee !== undefined && (TORCH_LOAD.has(callee) || PICKLE_LOADS.has(callee) || LOADING.test(callee))
      );
    }),
  );
}
