import type { Call, Expression, NodeBase } from '../../syntax/ast';
import type { FactUnit, PlacedBinding, PlacedReference } from '../facts';
import { outermostLoop } from '../scope';
import type { Value } from '../values';
import type { ValueFlow } from '../valueFlow';
import { STORING_METHODS } from './builtins';
import { isUnknown } from './calls';
import { ANY, type FlowPath, attributeStep, follow, indexStep } from './paths';
import { bindingsSeenBy, isStored } from './reads';
import type { EscapeReason, Tracked } from './uses';

/** Calls that make a plain container. */
const CONTAINER_CALLS: ReadonlySet<string> = new Set([
  'builtins.list',
  'builtins.dict',
  'builtins.set',
  'collections.deque',
  'collections.defaultdict',
  'collections.OrderedDict',
]);

export interface StoreSink {
  push(item: Tracked): void;
  escape(reason: EscapeReason, node: NodeBase, unit: FactUnit): void;
}

/** What happens to a value that is put into a container or an attribute: it is wherever that is read. */
export class Stores {
  constructor(
    private readonly flow: ValueFlow,
    private readonly sink: StoreSink,
  ) {}

  /** Handles `container.append(value)` and its kin. False: the receiver is no plain container that is known. */
  putInto(call: Call, position: number, item: Tracked): boolean {
    const { func } = call;
    const method = func.kind === 'Attribute' ? STORING_METHODS.get(func.attr) : undefined;
    if (func.kind !== 'Attribute' || method?.position !== position) return false;
    if (!this.#isContainer(func.value, item.unit)) return false;
    const inside = method.isItems ? (follow(item.path, ANY) ?? item.path) : item.path;
    this.store(func.value, [ANY, ...inside], item);
    return true;
  }

  #isContainer(node: Expression, unit: FactUnit): boolean {
    if (node.kind === 'Subscript') return this.#isContainer(node.value, unit);
    const { func } = node.kind === 'Call' ? node : { func: undefined };
    if (func?.kind === 'Attribute' && func.attr === 'setdefault') return this.#isContainer(func.value, unit);
    const { sources, evaluator } = this.flow;
    return sources.originsOf(node, unit).every((origin) => {
      if (!origin) return false;
      const { kind } = origin.node;
      if (origin.node.kind === 'Call') {
        const name = evaluator.calleeOf(origin.node, origin.unit);
        return name !== undefined && CONTAINER_CALLS.has(name);
      }
      return ['List', 'Dict', 'Set', 'Comprehension', 'BinOp'].includes(kind);
    });
  }

  /** Puts the value into what `receiver` names; `path` counts from there. */
  store(receiver: Expression, path: FlowPath, item: Tracked): void {
    switch (receiver.kind) {
      case 'Name':
        return this.#inName(receiver, path, item);
      case 'Attribute':
        return this.#inAttribute(receiver, path, item);
      case 'Subscript':
        return this.store(receiver.value, [indexStep(receiver.index), ...path], item);
      case 'Call':
        if (receiver.func.kind === 'Attribute') return this.store(receiver.func.value, [ANY, ...path], item);
        break;
      default:
    }
    this.sink.escape('stored', receiver, item.unit);
  }

  #inName(receiver: Expression & { kind: 'Name' }, path: FlowPath, item: Tracked): void {
    const { sources, reads } = this.flow;
    const bindings = sources.bindingsOf(receiver, item.unit);
    const at = item.unit.summary.locate.get(receiver);
    if (bindings.length === 0 || !at) return this.sink.escape('stored', receiver, item.unit);
    const isSame = (a: PlacedBinding) => (b: PlacedBinding) => a.binding === b.binding && a.unit === b.unit;
    for (const read of reads.ofName(receiver.id, at.scope, item.unit)) {
      if (read.reference.node === receiver && read.unit === item.unit) continue;
      if (!this.#mayFollow(read, receiver, item.unit)) continue;
      const seen = bindingsSeenBy(read);
      if (!bindings.some((binding) => seen.some(isSame(binding)))) continue;
      const isLocal = at.scope.ownerOf(receiver.id).enclosingFunction === item.frame?.function;
      const frame = isLocal ? item.frame : undefined;
      this.sink.push({ ...item, node: read.reference.node, unit: read.unit, path, frame });
    }
    for (const binding of bindings) this.#inOwner(binding, path, item, receiver);
  }

  /** A parameter is the caller's object, an imported one is everybody's. */
  #inOwner({ binding, unit }: PlacedBinding, path: FlowPath, item: Tracked, receiver: Expression): void {
    const { source } = binding;
    if (source.type === 'import' || source.type === 'from-import') {
      return this.sink.escape('stored', receiver, item.unit);
    }
    if (source.type !== 'parameter') return;
    if (source.owner.kind !== 'FunctionDef') return this.sink.escape('stored', receiver, item.unit);
    const given = this.flow.calls.argumentsFor(source.owner, source.parameter, unit);
    if (given.length === 0) this.sink.escape('stored', receiver, item.unit);
    for (const argument of given) {
      if (!argument) this.sink.escape('stored', receiver, item.unit);
      else this.store(argument.node, path, { ...item, unit: argument.unit, frame: undefined });
    }
  }

  /** Whether a read may come after the store, as far as the text says. */
  #mayFollow({ reference, unit }: PlacedReference, stored: Expression, at: FactUnit): boolean {
    const scope = at.summary.locate.get(stored)?.scope;
    if (reference.scope.enclosingFunction !== scope?.enclosingFunction) return true;
    if (unit !== at) return unit.order > at.order;
    return reference.node.start > stored.start || outermostLoop(reference.block) !== undefined;
  }

  #inAttribute(receiver: Expression & { kind: 'Attribute' }, path: FlowPath, item: Tracked): void {
    const { evaluator, reads, calls } = this.flow;
    const owners = evaluator.valuesOf(receiver.value, item.unit).flatMap((value) => classOf(value));
    if (owners.length === 0) return this.store(receiver.value, [attributeStep(receiver.attr), ...path], item);
    for (const owner of owners) {
      const bases = evaluator.basesOf(owner.node, owner.unit);
      if (bases.length > 0) this.sink.escape('inherited', owner.node, owner.unit);
    }
    for (const { node, unit } of reads.ofAttribute(receiver.attr)) {
      if ((node === receiver && unit === item.unit) || isStored(unit.unit, node)) continue;
      const values = evaluator.valuesOf(node.value, unit);
      const isOne = values
        .flatMap((value) => classOf(value))
        .some((value) => owners.some((owner) => calls.isRelated(owner, value)));
      if (!isOne && !values.some(isUnknown)) continue;
      const isCertain = item.isCertain && isOne;
      this.sink.push({ node, unit, path, frame: undefined, isCertain });
    }
  }
}

function classOf(value: Value): (Value & { kind: 'object' | 'class' })[] {
  return value.kind === 'object' || value.kind === 'class' ? [value] : [];
}
