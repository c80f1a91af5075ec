import type { Unit } from '../syntax/cell';
import { ScopeBuilder } from './scopeBuilder';
import type { UnitSummary } from './unitSummary';

export type { Located, UnitSummary } from './unitSummary';

const summaries = new WeakMap<Unit, UnitSummary>();

/** The summary of a unit, made once. */
export function summarize(unit: Unit): UnitSummary {
  let summary = summaries.get(unit);
  if (!summary) {
    summary = new ScopeBuilder(unit).build();
    summaries.set(unit, summary);
  }
  return summary;
}
