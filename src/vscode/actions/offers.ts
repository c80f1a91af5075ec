import type { Offer, Place } from '../../actions/offer';
import { findingsAt } from '../../actions/place';
import { offersAt } from '../../actions/table';
import type { AnalyzedProgram } from '../analysis/analyses';
import type { Siblings } from '../analysis/siblings';
import type { Log } from '../log';
import { needsFolder } from './request';

/** All offers at a place of an open program. An action that fails is logged, and the others have still answered. */
export async function offersFor(
  { analysis, snapshot }: AnalyzedProgram,
  place: Place,
  siblings: Siblings,
  log: Log,
): Promise<readonly Offer[]> {
  // Other files matter to fixes only; without a finding nothing of the folder is read.
  const hasFindings = findingsAt(analysis, place).length > 0;
  const others = hasFindings ? await siblings.of(analysis.path) : [];
  const { offers, failures } = offersAt(analysis, place, others);
  for (const { action, error } of failures) log.report(`The action ${action} failed`, error, true);
  if (snapshot.program.uri.scheme !== 'untitled') return offers;
  return offers.map((offer) =>
    needsFolder(offer) && offer.disabled === undefined ? { ...offer, disabled: NO_FOLDER } : offer,
  );
}

const NO_FOLDER = 'A file has to be made beside this document, which has no folder yet: save it first';
