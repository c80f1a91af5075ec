import type { FactUnit } from '../../semantics/facts';
import type { Placed } from '../../semantics/flow/placed';
import { isStored } from '../../semantics/flow/reads';
import { parentsOf } from '../../semantics/parents';
import type { ValueFlow } from '../../semantics/valueFlow';
import type { Call, Expression } from '../../syntax/ast';

/**
 * The argument of a call, by name or position. `absent`: it is not given; `unknown`: it may be, in `*args` or
 * `**kwargs` that cannot be told.
 */
export function argumentOf(
  call: Call,
  keyword: string,
  position: number | undefined,
  unit: FactUnit,
  flow: ValueFlow,
): Placed<Expression> | 'absent' | 'unknown' {
  const named = call.keywords.find(({ name }) => name === keyword);
  if (named) return { node: named.value, unit };
  const splatAt = call.args.findIndex((argument) => argument.kind === 'Starred');
  const given = position === undefined ? undefined : call.args[position];
  if (given && (splatAt < 0 || splatAt > (position ?? 0))) return { node: given, unit };
  if (position !== undefined && splatAt >= 0) return 'unknown';
  for (const { name, value } of call.keywords) {
    if (name !== undefined) continue;
    const inside = itemOfOptions(value, keyword, unit, flow);
    if (inside !== 'absent') return inside;
  }
  return 'absent';
}

/** An item of `**options`, where the options are written out and never changed. */
function itemOfOptions(
  options: Expression,
  key: string,
  unit: FactUnit,
  flow: ValueFlow,
): Placed<Expression> | 'absent' | 'unknown' {
  const [origin, ...others] = flow.sources.originsOf(options, unit);
  if (!origin || others.length > 0) return 'unknown';
  if (options.kind === 'Name' ? isChanged(options, unit, flow) : options !== origin.node) return 'unknown';
  const { node } = origin;
  if (node.kind === 'Dict') {
    if (node.entries.some((entry) => entry.key?.kind !== 'Str')) return 'unknown';
    const entry = node.entries.findLast((one) => one.key?.kind === 'Str' && one.key.value === key);
    return entry ? { node: entry.value, unit: origin.unit } : 'absent';
  }
  if (node.kind !== 'Call' || flow.evaluator.calleeOf(node, origin.unit) !== 'builtins.dict')
    return 'unknown';
  if (node.args.length > 0 || node.keywords.some(({ name }) => name === undefined)) return 'unknown';
  const given = node.keywords.find(({ name }) => name === key);
  return given ? { node: given.value, unit: origin.unit } : 'absent';
}

/** Whether options are more than unpacked and looked at: who else gets hold of them may change them. */
function isChanged(options: Expression & { kind: 'Name' }, unit: FactUnit, flow: ValueFlow): boolean {
  const scope = unit.summary.locate.get(options)?.scope;
  if (!scope) return true;
  return flow.reads.ofName(options.id, scope, unit).some((read) => {
    const { node } = read.reference;
    const parent = parentsOf(read.unit.unit).get(node);
    if (parent?.kind === 'Call') {
      return !parent.keywords.some(({ name, value }) => name === undefined && value === node);
    }
    if (parent?.kind === 'Subscript') return isStored(read.unit.unit, parent);
    return true;
  });
}

/** The constant that an expression stands for; undefined if it is none, or not always the same. */
export function constantOf(
  node: Expression,
  unit: FactUnit,
  flow: ValueFlow,
): true | false | null | undefined {
  let found: true | false | null | undefined;
  for (const origin of flow.sources.originsOf(node, unit)) {
    if (origin?.node.kind !== 'Constant' || origin.node.value === '...') return undefined;
    if (found !== undefined && found !== origin.node.value) return undefined;
    found = origin.node.value;
  }
  return found;
}
