import type { FactUnit } from '../../semantics/facts';
import { parentsOf } from '../../semantics/parents';
import type { ValueFlow } from '../../semantics/valueFlow';
import type { Call, Expression, Statement } from '../../syntax/ast';
import { walkExpression } from '../../syntax/walk';
import { isEvaluation } from './evaluation';
import { gradientModesOf } from './gradientMode';
import { BACKWARD } from './modeIndex';
import { gradientUse } from './gradientUse';
import type { ModuleCall } from './moduleCalls';
import type { TorchModules } from './torchModules';

/** Whether a module is called for its values: with gradients off, or so that nobody can go back through the result. */
export function isPrediction(
  { call, unit, module }: ModuleCall,
  flow: ValueFlow,
  modules: TorchModules,
): boolean {
  const modes = gradientModesOf(flow);
  const isOff = modes.isOff(call, unit);
  // Who switches something of which nothing is known may switch the mode as well.
  if (!isOff && modes.isSwitched(call, unit)) return false;
  const trust = {
    module,
    isEvaluation: () => isOff || isEvaluation(call, unit, module, flow, modules),
  };
  const use = gradientUse(call, unit, flow, modules, trust);
  if (use.isNeeded) return false;
  if (isOff) return use.isLost || use.ends.length > 0;
  return use.ends.length > 0 && !use.isLost && !isBesideTraining(call, unit);
}

/** With gradients on, in the very loop that goes backward: who knows what the training step is for. */
function isBesideTraining(call: Call, unit: FactUnit): boolean {
  const loop = loopAround(call, unit);
  return (
    loop !== undefined &&
    unit.summary.calls.some(
      ({ node }) =>
        node.func.kind === 'Attribute' && BACKWARD.test(node.func.attr) && loopAround(node, unit) === loop,
    )
  );
}

/** The innermost loop around a call, within its function. */
function loopAround(call: Call, unit: FactUnit): Statement | undefined {
  const parents = parentsOf(unit.unit);
  for (let at = parents.get(call); at && at.kind !== 'FunctionDef'; at = parents.get(at)) {
    if (at.kind === 'For' || at.kind === 'While') return at;
  }
  return undefined;
}

const SAMPLING = /mc_?drop|monte_?carlo|dropout|bayes|uncertain|stochastic|epistemic|update_bn|calibrat/i;

/** Repeated draws with dropout on, or batch statistics renewed: training mode is wanted. */
export function isSampling({ call, unit }: ModuleCall): boolean {
  const parents = parentsOf(unit.unit);
  const names = namesIn(call);
  for (let at: Expression | Statement | undefined = parents.get(call); at; at = parents.get(at)) {
    if ((at.kind === 'FunctionDef' || at.kind === 'ClassDef') && SAMPLING.test(at.name)) return true;
    if (at.kind === 'Comprehension' && at.clauses.some(({ iter }) => isRange(iter))) {
      const bound = at.clauses.flatMap(({ target }) => [...namesIn(target)]);
      if (!bound.some((name) => names.has(name))) return true;
    }
    if (at.kind === 'For' && isRange(at.iter) && isRepeated(call, at, unit, names)) return true;
    if (at.kind === 'FunctionDef') return false;
  }
  return false;
}

/** Whether a call in a loop is given the same in each round: nothing that the loop binds. */
function isRepeated(
  call: Call,
  loop: Statement & { kind: 'For' },
  unit: FactUnit,
  names: ReadonlySet<string>,
): boolean {
  const scope = unit.summary.locate.get(call)?.scope;
  const { target } = loop;
  // Who counts draws has no use for the count; epochs are printed.
  if (!scope || names.size === 0 || target.kind !== 'Name' || !target.id.startsWith('_')) return false;
  const isWithin = (start: number): boolean => start >= loop.start && start < loop.end;
  const isTraining = unit.summary.calls.some(
    ({ node }) =>
      isWithin(node.start) && node.func.kind === 'Attribute' && /^(?:backward|step)$/.test(node.func.attr),
  );
  if (isTraining) return false;
  for (const name of names) {
    const owner = scope.ownerOf(name);
    if (owner.bindingsOf(name).some((binding) => isWithin(binding.start))) return false;
  }
  return true;
}

function isRange(node: Expression): boolean {
  if (node.kind !== 'Call') return false;
  const { func, args } = node;
  if (func.kind === 'Name' && func.id === 'range') return true;
  const name = func.kind === 'Attribute' ? func.attr : func.kind === 'Name' ? func.id : '';
  return /^t(?:qdm|range)$/.test(name) && (name === 'trange' || (args[0] !== undefined && isRange(args[0])));
}

function namesIn(node: Expression): ReadonlySet<string> {
  const names = new Set<string>();
  walkExpression(node, (inner) => {
    if (inner.kind === 'Name') names.add(inner.id);
  });
  return names;
}
