import type * as vscode from 'vscode';
import type { Offer } from '../../actions/offer';
import type { AnalyzedProgram } from '../analysis/analyses';

/** An offer and the version of the program that it was made for. */
export interface OfferRequest {
  readonly offer: Offer;
  readonly analyzed: AnalyzedProgram;
}

export const APPLY_OFFER = 'graduate.applyOffer';
export const PREVIEW_OFFER = 'graduate.previewOffer';
export const CHANGE_APPLIED = 'graduate.changeApplied';

export function isRequest(value: unknown): value is OfferRequest {
  return typeof value === 'object' && value !== null && 'offer' in value && 'analyzed' in value;
}

/** Whether what an offer does may reach beyond the script or cell that it is offered in. */
export function mayChangeSeveralFiles({ id, kind, target }: Offer): boolean {
  return kind === 'refactor' || target.type !== 'finding' || MANY_FILES.has(id);
}

/** Fixes of one finding that make or edit other files. */
const MANY_FILES: ReadonlySet<string> = new Set([
  'paths-to-config',
  'hard-coded-device',
  'install-in-notebook',
]);

/** Whether an offer puts a file beside the program, or edits one there: it needs a folder. */
export function needsFolder({ id }: Offer): boolean {
  return MANY_FILES.has(id);
}

/** The title of the twin that only shows what would change. */
export function previewTitle(title: string): string {
  return title.endsWith(')') ? `${title.slice(0, -1)}, preview)` : `${title} (preview)`;
}

export function applyCommand(request: OfferRequest): vscode.Command {
  return { command: APPLY_OFFER, title: request.offer.title, arguments: [request] };
}

export function previewCommand(request: OfferRequest): vscode.Command {
  return { command: PREVIEW_OFFER, title: request.offer.title, arguments: [request] };
}
