import type { FactUnit } from '../../semantics/facts';
import type { ValueFlow } from '../../semantics/valueFlow';
import type { Call, Statement } from '../../syntax/ast';
import { statementExpressions, walkExpression, walkStatements } from '../../syntax/walk';
import type { TorchModule } from './moduleValue';
import type { TorchModules } from './torchModules';

/**
 * Whether a module is called for evaluation as far as the function around the call shows: it was put into evaluation
 * mode before, and nothing in the function goes backward. At module level the program stands for the function.
 */
export function isEvaluation(
  call: Call,
  unit: FactUnit,
  module: TorchModule,
  flow: ValueFlow,
  modules: TorchModules,
): boolean {
  const owner = unit.summary.locate.get(call)?.scope.enclosingFunction;
  let mode: 'eval' | 'train' | undefined;
  for (const name of ['eval', 'train']) {
    for (const site of flow.evaluator.facts.callsNamed(name)) {
      if (site.call.func.kind !== 'Attribute') continue;
      const at = site.unit.summary.locate.get(site.call)?.scope.enclosingFunction;
      if (at !== owner || (owner !== undefined && site.unit !== unit)) continue;
      const isBefore = site.unit.order < unit.order || (site.unit === unit && site.call.end <= call.start);
      const same = isBefore && modules.moduleOf(site.call.func.value, site.unit);
      if (!same || !modules.isSame(same, module)) continue;
      if (name === 'eval') mode = 'eval';
      // Put back since, or before? Whoever switches both ways in one function trains there.
      else if (mode === 'eval') return false;
    }
  }
  if (mode !== 'eval') return false;
  const body: readonly Statement[] =
    owner?.body ?? flow.evaluator.facts.units.map((one) => one.unit.statement);
  return !body.some(goesBackward);
}

function goesBackward(statement: Statement): boolean {
  let isFound = false;
  walkStatements(statement, (inner) => {
    for (const expression of statementExpressions(inner)) {
      walkExpression(expression, (node) => {
        if (node.kind === 'Attribute' && /^(?:manual_)?backward$/.test(node.attr)) isFound = true;
      });
    }
  });
  return isFound;
}
