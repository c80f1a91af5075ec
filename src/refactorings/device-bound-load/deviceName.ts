import type { FactUnit, PlacedBinding } from '../../semantics/facts';
import { reachingBindings } from '../../semantics/reaching';
import { type Block, type Scope, isWithin } from '../../semantics/scope';
import { valueFlowOf } from '../../semantics/valueFlow';
import { type Evaluator, attributeAssignments } from '../../semantics/values';
import type { Call, Expression } from '../../syntax/ast';

const DEVICE = /^(?:cpu|mps|xpu|(?:cuda|hip)(?::\d+)?)$/;

/** The one variable that surely holds a device where a call stands: `device`, `self.device`. Undefined: none, or several. */
export function deviceName(call: Call, unit: FactUnit, evaluator: Evaluator): string | undefined {
  const search = new Search(evaluator);
  const names = [...search.variables(call, unit), ...search.attributes(call, unit)];
  return names.length === 1 ? names[0] : undefined;
}

class Search {
  constructor(private readonly evaluator: Evaluator) {}

  *variables(call: Call, unit: FactUnit): Iterable<string> {
    const place = unit.summary.locate.get(call);
    if (!place) return;
    const vantage = { unit, scope: place.scope, block: place.block, offset: call.start };
    for (const name of new Set([...namesAround(place.scope), ...unit.facts.moduleNames()])) {
      const bindings = reachingBindings(name, vantage);
      const isSure = bindings.some((binding) => isBoundBefore(binding, unit, place.block));
      if (isSure && bindings.every((binding) => this.#isDevice(binding))) yield name;
    }
  }

  /** Attributes of the object whose method the call stands in. */
  *attributes(call: Call, unit: FactUnit): Iterable<string> {
    const owner = unit.summary.locate.get(call)?.scope.enclosingFunction;
    const around = owner && unit.summary.scopeOf.get(owner)?.parent?.node;
    const self = owner?.params[0]?.name;
    if (around?.kind !== 'ClassDef' || self === undefined) return;
    const names = new Set<string>();
    for (const { node } of unit.summary.statements) {
      if (node.kind !== 'Assign' || node.start < around.start || node.end > around.end) continue;
      for (const target of node.targets) {
        const isOwn = target.kind === 'Attribute' && target.value.kind === 'Name' && target.value.id === self;
        if (isOwn) names.add(target.attr);
      }
    }
    const init = around.body.find((one) => one.kind === 'FunctionDef' && one.name === '__init__');
    for (const name of names) {
      const given = attributeAssignments(around, name);
      const isSet = given.some(({ statement }) => {
        if (init?.kind !== 'FunctionDef' || !init.body.includes(statement)) return false;
        return owner !== init || statement.end <= call.start;
      });
      const areDevices = given.every(({ expression }) => expression && this.#isDeviceValue(expression, unit));
      if (isSet && areDevices) yield `${self}.${name}`;
    }
  }

  #isDevice(placed: PlacedBinding): boolean {
    const { source } = placed.binding;
    if (source.type === 'parameter') {
      const isSaid = this.evaluator
        .valuesOfBinding(placed)
        .every((value) => value.kind === 'instance' && value.of === 'torch.device');
      const { default: given } = source.parameter;
      return isSaid || (given?.kind === 'Str' && DEVICE.test(given.value ?? ''));
    }
    return source.type === 'value' && this.#isDeviceValue(source.expression, placed.unit);
  }

  #isDeviceValue(node: Expression, unit: FactUnit): boolean {
    return valueFlowOf(this.evaluator)
      .sources.originsOf(node, unit)
      .every((origin) => {
        if (origin?.node.kind === 'Str') return DEVICE.test(origin.node.value ?? '');
        if (origin?.node.kind !== 'Call') return false;
        return this.evaluator.calleeOf(origin.node, origin.unit) === 'torch.device';
      });
  }
}

/** It is bound under no condition of its own, and above the call as the text has it. */
function isBoundBefore({ binding, unit: where }: PlacedBinding, unit: FactUnit, block: Block): boolean {
  if (where === unit) return isWithin(block, binding.block) || binding.block.parent === undefined;
  return where.order < unit.order && binding.block.parent === undefined;
}

function* namesAround(scope: Scope): Iterable<string> {
  for (let at: Scope | undefined = scope; at; at = at.parent) yield* at.names();
}
