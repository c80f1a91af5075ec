import { callModule } from '../refactorings/direct-forward-call';
import { findingAction } from './findingAction';

/** Calls a module instead of its `forward`. */
export const directForwardCallAction = findingAction({
  rule: 'direct-forward-call',
  leaf: 'directForwardCall',
  whyNot: () => undefined,
  change: callModule,
});
