import {
  BUFFERS,
  BUFFER_WRITERS,
  BYTES_HANDED_ON,
  type LoaderKind,
  PICKLE_DUMPS,
} from '../../knowledge/modelLoaders';
import type { FactUnit } from '../../semantics/facts';
import type { Placed } from '../../semantics/flow/placed';
import { parentsOf } from '../../semantics/parents';
import type { ValueFlow } from '../../semantics/valueFlow';
import type { Call, Expression } from '../../syntax/ast';

/** Whether a load reads back what the same program has made, in memory: a deep copy, a test of pickling. */
export function readsOwnBytes(call: Call, kind: LoaderKind, unit: FactUnit, flow: ValueFlow): boolean {
  if (kind === 'keras' || kind === 'hub') return false;
  const source =
    call.args[0] ?? unpicklerSource(call) ?? call.keywords.find(({ name }) => isSource(name))?.value;
  return source !== undefined && isOwn({ node: source, unit }, flow, 0);
}

function isSource(name: string | undefined): boolean {
  return name === 'f' || name === 'file' || name === 'data' || name === 'filename';
}

/** `pickle.Unpickler(source).load()`. */
function unpicklerSource({ func }: Call): Expression | undefined {
  return func.kind === 'Attribute' && func.value.kind === 'Call' ? func.value.args[0] : undefined;
}

function isOwn(source: Placed<Expression>, flow: ValueFlow, depth: number): boolean {
  if (depth > 6) return false;
  const { evaluator, sources } = flow;
  return sources.originsOf(source.node, source.unit).every((origin) => {
    if (origin?.node.kind !== 'Call') return false;
    const call = origin.node;
    const name = evaluator.calleeOf(call, origin.unit);
    const [first] = call.args;
    // `buffer.getvalue()`, `buffer.read()`.
    if (
      call.func.kind === 'Attribute' &&
      ['getvalue', 'getbuffer', 'read', 'tobytes'].includes(call.func.attr)
    ) {
      return isOwn({ node: call.func.value, unit: origin.unit }, flow, depth + 1);
    }
    if (name === undefined) return isDumpedByName(call, origin.unit, flow);
    if (PICKLE_DUMPS.has(name)) return true;
    if (BUFFERS.has(name) && !first) return isWritten({ node: call, unit: origin.unit }, flow);
    return BYTES_HANDED_ON.has(name) && first !== undefined
      ? isOwn({ node: first, unit: origin.unit }, flow, depth + 1)
      : false;
  });
}

/** `try: import cPickle as pickle` gives two names for one function. */
function isDumpedByName(call: Call, unit: FactUnit, flow: ValueFlow): boolean {
  const values = flow.evaluator.valuesOf(call.func, unit);
  return values.every((value) => value.kind === 'qualified' && PICKLE_DUMPS.has(value.name));
}

/** Whether the program pickles into a buffer in memory. */
function isWritten(buffer: Placed<Call>, flow: ValueFlow): boolean {
  const { evaluator, sources } = flow;
  for (const unit of evaluator.facts.units) {
    for (const { node: call } of unit.summary.calls) {
      const name = evaluator.calleeOf(call, unit);
      const position = name === undefined ? undefined : BUFFER_WRITERS.get(name);
      const target =
        position === undefined
          ? undefined
          : (call.args[position] ?? call.keywords.find((k) => isSource(k.name))?.value);
      const isHere =
        target &&
        sources
          .originsOf(target, unit)
          .some((origin) => origin?.node === buffer.node && origin.unit === buffer.unit);
      if (isHere) return true;
    }
  }
  // `pickle.Pickler(buffer).dump(x)`.
  const holder = parentsOf(buffer.unit.unit).get(buffer.node);
  return holder?.kind === 'Call' && evaluator.calleeOf(holder, buffer.unit) === 'pickle.Pickler';
}
