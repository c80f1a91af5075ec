import type { Finding } from '../../rules/rule';
import type { FactUnit } from '../../semantics/facts';
import type { Call, Statement } from '../../syntax/ast';
import { editedCell } from '../cellChange';
import type { AnalysedProgram, Outcome } from '../outcome';
import { refusalAt } from '../places';
import { noGradName } from './noGradName';
import { whyNotEvaluated } from './evaluation';
import { whyNotWrapped, wrapInWith } from './wrap';

/** Why the statement of a finding cannot be put under `no_grad`; undefined: it can. Cheap. */
export function whyNotWithoutGradients(program: AnalysedProgram, finding: Finding): string | undefined {
  const plan = planOf(program, finding);
  return 'reason' in plan ? plan.reason : undefined;
}

/** Puts the statement of the call that a finding points at under `with torch.no_grad():`. */
export function runWithoutGradients(program: AnalysedProgram, finding: Finding): Outcome {
  const plan = planOf(program, finding);
  if ('reason' in plan) {
    const { unit, call } = placeOf(finding);
    return { status: 'refused', notes: [], refusals: [refusalAt(program.path, unit, call, plan.reason)] };
  }
  const { statement, context, unit } = plan;
  return editedCell(program.path, unit.cell, wrapInWith(statement, `${context}()`, unit, program.facts));
}

interface Plan {
  readonly unit: FactUnit;
  readonly statement: Statement;
  /** What is called to switch gradients off: `torch.no_grad`. */
  readonly context: string;
}

function planOf(program: AnalysedProgram, finding: Finding): Plan | { readonly reason: string } {
  const { unit, call } = placeOf(finding);
  const statement = unit.summary.locate.get(call)?.statement;
  if (!statement) return { reason: 'The statement of the call was not found' };
  const reason = whyNotWrapped(statement, unit) ?? whyNotEvaluated(call, statement, unit, program.context);
  if (reason !== undefined) return { reason };
  const context = noGradName(call, unit, program.context.evaluator);
  if (context === undefined) return { reason: 'torch is not imported under a name that can be used here' };
  return { unit, statement, context };
}

function placeOf({ unit, node }: Finding): { readonly unit: FactUnit; readonly call: Call } {
  if (!unit || !node) throw new Error('a finding of inference-without-no-grad has its call');
  return { unit, call: node as Call };
}
