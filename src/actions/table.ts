import { addMainAction } from './addMain';
import { clearOutputAction } from './clearOutput';
import { deviceBoundLoadAction } from './deviceBoundLoad';
import { directForwardCallAction } from './directForwardCall';
import type { Analysis } from './engine';
import { extractFunctionAction } from './extractFunction';
import { extractPipelineAction } from './extractPipeline';
import { broadExceptAction } from './broadExcept';
import { globalsToClassAction } from './globalsToClass';
import { hardCodedCredentialAction } from './hardCodedCredential';
import { hardCodedDeviceAction } from './hardCodedDevice';
import { frameIntoTorchModelAction } from './frameIntoTorchModel';
import { inferenceWithoutEvalAction } from './inferenceWithoutEval';
import { inferenceWithoutNoGradAction } from './inferenceWithoutNoGrad';
import { withoutForeignEdits } from '../refactorings/textNotebook';
import { hiddenInputAction } from './hiddenInput';
import { installInNotebookAction } from './installInNotebook';
import type { Action, ActionContext, Offer, Outcome, Place } from './offer';
import { pathsToConfigAction } from './pathsToConfig';
import { lostTracebackAction } from './lostTraceback';
import { printAsLogAction } from './printAsLog';
import { removeSuppressionAction } from './removeSuppression';
import { swallowedExceptionAction } from './swallowedException';
import { unsafeModelLoadAction } from './unsafeModelLoad';

/** Every action, one line each. Both adapters ask this table and nothing else. */
export const ACTIONS: readonly Action[] = [
  pathsToConfigAction,
  hardCodedDeviceAction,
  hardCodedCredentialAction,
  clearOutputAction,
  hiddenInputAction,
  installInNotebookAction,
  swallowedExceptionAction,
  broadExceptAction,
  lostTracebackAction,
  printAsLogAction,
  inferenceWithoutEvalAction,
  inferenceWithoutNoGradAction,
  unsafeModelLoadAction,
  deviceBoundLoadAction,
  frameIntoTorchModelAction,
  directForwardCallAction,
  removeSuppressionAction,
  extractPipelineAction,
  addMainAction,
  extractFunctionAction,
  globalsToClassAction,
];

export function actionNamed(id: string): Action | undefined {
  return ACTIONS.find((action) => action.id === id);
}

/** An action that threw while making its offers; the others have still answered. */
export interface OfferFailure {
  readonly action: string;
  readonly error: unknown;
}

/** All offers at a place, fixes before refactorings. */
export function offersAt(
  analysis: Analysis,
  place: Place,
  siblings: readonly Analysis[] = [],
): { readonly offers: readonly Offer[]; readonly failures: readonly OfferFailure[] } {
  const offers: Offer[] = [];
  const failures: OfferFailure[] = [];
  for (const action of ACTIONS) {
    try {
      offers.push(...action.offer(analysis, place, siblings));
    } catch (error) {
      failures.push({ action: action.id, error });
    }
  }
  const rank = (offer: Offer): number => (offer.kind === 'refactor' ? 1 : 0);
  return { offers: offers.sort((a, b) => rank(a) - rank(b)), failures };
}

/** Computes an offer's edit. */
export async function resolveOffer(
  offer: Offer,
  analysis: Analysis,
  context: ActionContext,
): Promise<Outcome> {
  const action = actionNamed(offer.id);
  if (!action) throw new Error(`no action ${offer.id}`);
  return withoutForeignEdits(await action.resolve(offer, analysis, context));
}
