import type { Analysis } from './engine';
import { inferenceWithoutNoGradAction } from './inferenceWithoutNoGrad';
import type { Action, ActionContext, Offer, Outcome, Place } from './offer';
import { pathsToConfigAction } from './pathsToConfig';
import { removeSuppressionAction } from './removeSuppression';
import { unsafeModelLoadAction } from './unsafeModelLoad';

/** Every action, one line each. Both adapters ask this table and nothing else. */
export const ACTIONS: readonly Action[] = [
  pathsToConfigAction,
  inferenceWithoutNoGradAction,
  unsafeModelLoadAction,
  removeSuppressionAction,
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
  return action.resolve(offer, analysis, context);
}
