import { passTensors, whyNotTensors } from '../refactorings/frame-into-torch-model';
import { findingAction } from './findingAction';

/** Makes tensors of the tables that a module is given. */
export const frameIntoTorchModelAction = findingAction({
  rule: 'frame-into-torch-model',
  leaf: 'frameIntoTorchModel',
  whyNot: whyNotTensors,
  change: passTensors,
});
