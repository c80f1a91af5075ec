import type { Finding } from '../rules/rule';
import type { FactUnit } from '../semantics/facts';
import type { Call } from '../syntax/ast';
import type { TextEdit } from '../text/edit';
import { editedCell } from './cellChange';
import type { AnalysedProgram, Outcome } from './outcome';
import { refusalAt } from './places';

/** The call that a finding is about. */
export function callOf({ unit, node, rule }: Finding): { readonly unit: FactUnit; readonly call: Call } {
  if (!unit || !node) throw new Error(`a finding of ${rule} has its call`);
  return { unit, call: node as Call };
}

/** A change of the finding's cell by edits, or a refusal at the finding's call for the reason that is given instead. */
export function editedOrRefused(
  program: AnalysedProgram,
  finding: Finding,
  plan: readonly TextEdit[] | string,
): Outcome {
  if (typeof plan !== 'string') return editedCell(program.path, finding.cell, plan);
  const { unit, call } = callOf(finding);
  return { status: 'refused', notes: [], refusals: [refusalAt(program.path, unit, call, plan)] };
}
