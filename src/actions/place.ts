import type { Finding } from '../rules/rule';
import type { Analysis } from './engine';
import type { Place } from './offer';

/** The findings of a program that touch a place. */
export function findingsAt(analysis: Analysis, place: Place): readonly Finding[] {
  return analysis.findings.filter(
    ({ cell, span }) => cell.cell.index === place.cell && span.start <= place.end && place.start <= span.end,
  );
}
