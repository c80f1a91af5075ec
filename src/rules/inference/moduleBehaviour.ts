import { HARMLESS_BASES, MODULE_ONLY_METHODS } from '../../knowledge/torch';
import type { FactUnit } from '../../semantics/facts';
import type { Placed } from '../../semantics/flow/placed';
import { parentsOf } from '../../semantics/parents';
import type { Scope } from '../../semantics/scope';
import type { ValueFlow } from '../../semantics/valueFlow';
import { type Value, attributeAssignments } from '../../semantics/values';
import type { Attribute, Expression, Name, NodeBase } from '../../syntax/ast';

/**
 * A module that is known by what it is asked for: nothing else is called and has `eval()`, `parameters()` or
 * `load_state_dict()`. Gives what mentions of it share; undefined if it is not asked, or known to be something else.
 */
export function rootsByBehaviour(
  node: Expression,
  unit: FactUnit,
  flow: ValueFlow,
): readonly Placed<NodeBase>[] | undefined {
  if (node.kind === 'Name') return ofName(node, unit, flow);
  return node.kind === 'Attribute' ? ofAttribute(node, unit, flow) : undefined;
}

function ofName(node: Name, unit: FactUnit, flow: ValueFlow): readonly Placed<NodeBase>[] | undefined {
  const { sources, evaluator } = flow;
  const scope = unit.summary.locate.get(node)?.scope;
  if (!scope || !isNameAsked(node.id, scope, unit, flow)) return undefined;
  const bindings = sources.bindingsOf(node, unit);
  if (bindings.length === 0) return undefined;
  if (!evaluator.valuesOf(node, unit).every((value) => isOpen(value, flow))) return undefined;
  return bindings.map((one) => ({ node: one.binding, unit: one.unit }));
}

/** Names that are asked, by the scope that owns them; module names, whose scope is per statement, by the flow. */
const askedNames = new WeakMap<Scope | ValueFlow, Map<string, boolean>>();

function isNameAsked(name: string, scope: Scope, unit: FactUnit, flow: ValueFlow): boolean {
  const owner = scope.ownerOf(name);
  // What a scope within a statement owns is read within the statement, so the answer stays good for it.
  const key = owner.parent === undefined ? flow : owner;
  const known = askedNames.get(key) ?? new Map<string, boolean>();
  askedNames.set(key, known);
  let isAsked = known.get(name);
  if (isAsked === undefined) {
    isAsked = flow.reads
      .ofName(name, scope, unit)
      .some((read) => isAskedAsModule(read.reference.node, read.unit));
    known.set(name, isAsked);
  }
  return isAsked;
}

function ofAttribute(
  node: Attribute,
  unit: FactUnit,
  flow: ValueFlow,
): readonly Placed<NodeBase>[] | undefined {
  const { evaluator, reads, calls } = flow;
  if (!evaluator.valuesOf(node, unit).every((value) => isOpen(value, flow))) return undefined;
  const objects = (receiver: Expression, where: FactUnit) =>
    evaluator.valuesOf(receiver, where).flatMap((value) => (value.kind === 'object' ? [value] : []));
  const [owner] = objects(node.value, unit);
  if (!owner) return undefined;
  const isAsked = reads
    .ofAttribute(node.attr)
    .some(
      (read) =>
        isAskedAsModule(read.node, read.unit) &&
        objects(read.node.value, read.unit).some((one) => calls.isRelated(one, owner)),
    );
  if (!isAsked) return undefined;
  const [given] = attributeAssignments(owner.node, node.attr);
  return [{ node: given?.statement ?? owner.node, unit: owner.unit }];
}

/** Nothing is known that speaks against a module. */
function isOpen(value: Value, flow: ValueFlow): boolean {
  switch (value.kind) {
    case 'object':
      // With a base class outside the program it may be one.
      return flow.evaluator
        .basesOf(value.node, value.unit)
        .some((base) => base === undefined || !HARMLESS_BASES.has(base));
    case 'class':
    case 'function':
      return false;
    default:
      return true;
  }
}

function isAskedAsModule(node: Expression, unit: FactUnit): boolean {
  const parents = parentsOf(unit.unit);
  const attribute = parents.get(node);
  if (attribute?.kind !== 'Attribute') return false;
  const call = parents.get(attribute);
  if (call?.kind !== 'Call' || call.func !== attribute) return false;
  return attribute.attr === 'eval' ? call.args.length === 0 : MODULE_ONLY_METHODS.has(attribute.attr);
}
