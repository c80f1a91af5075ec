import * as vscode from 'vscode';
import type { Offer } from '../../actions/offer';
import { offersFor } from '../actions/offers';
import { type OfferRequest, mayChangeSeveralFiles, previewTitle } from '../actions/request';
import type { OfferRunner } from '../actions/runner';
import type { Analyses } from '../analysis/analyses';
import type { Siblings } from '../analysis/siblings';
import { toRange } from '../diagnostics/convert';
import type { OpenPrograms } from '../documents/openPrograms';
import type { Log } from '../log';
import { showPlace } from '../showPlace';
import { type Place, locate } from './findings';

export interface FindingFixParts {
  readonly programs: OpenPrograms;
  readonly analyses: Analyses;
  readonly siblings: Siblings;
  readonly runner: OfferRunner;
  readonly log: Log;
}

/** Fixes a finding of the tree: its preferred fix at once; where there is none, the user chooses. */
export async function fixFinding(place: Place, parts: FindingFixParts): Promise<void> {
  const requests = await requestsFor(place, parts);
  const preferred = requests?.find(({ offer }) => offer.isPreferred && offer.disabled === undefined);
  if (preferred) await parts.runner.apply(preferred);
  else await choose(requests, parts.runner);
}

/** Lists all fixes of a finding. */
export async function showFixes(place: Place, parts: FindingFixParts): Promise<void> {
  await choose(await requestsFor(place, parts), parts.runner);
}

async function choose(requests: readonly OfferRequest[] | undefined, runner: OfferRunner): Promise<void> {
  if (!requests) return;
  const possible = requests.filter(({ offer }) => offer.disabled === undefined);
  if (possible.length === 0) {
    const reason = requests[0]?.offer.disabled ?? 'there is no fix for this';
    void vscode.window.showInformationMessage(`Graduate: ${reason}.`);
    return;
  }
  const items = possible.flatMap((request) => {
    const { offer } = request;
    const apply = { label: offer.title, description: effectOf(offer), run: () => runner.apply(request) };
    if (!mayChangeSeveralFiles(offer)) return [apply];
    const label = previewTitle(offer.title);
    return [apply, { label, description: '', run: () => runner.showPreview(request) }];
  });
  const chosen = await vscode.window.showQuickPick(items, { placeHolder: 'Fix' });
  await chosen?.run();
}

function effectOf({ kind }: Offer): string {
  return kind === 'keeps' ? 'keeps behaviour' : kind === 'changes' ? 'changes behaviour' : '';
}

/** The offers for a finding as it is now; says so where it is gone. */
async function requestsFor(
  place: Place,
  { programs, analyses, siblings, log }: FindingFixParts,
): Promise<readonly OfferRequest[] | undefined> {
  const { finding: listed, file } = place;
  if (!programs.byUri(file.uri)) {
    const { uri, range } = await locate(place);
    await showPlace(uri, range);
  }
  const program = programs.byUri(file.uri);
  const analyzed = program && (await analyses.current(program));
  const finding = analyzed?.analysis.findings.find(
    ({ rule, cell, span }) =>
      rule === listed.rule &&
      cell.cell.index === listed.cell &&
      toRange(cell.lines.rangeOf(span)).isEqual(toRange(listed.range)),
  );
  if (!analyzed || !finding) {
    void vscode.window.showInformationMessage('Graduate: this finding is not there any more.');
    return undefined;
  }
  const at = { cell: finding.cell.cell.index, ...finding.span };
  const offers = await offersFor(analyzed, at, siblings, log);
  return offers.filter((offer) => offer.findings.includes(finding)).map((offer) => ({ offer, analyzed }));
}
