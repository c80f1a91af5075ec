import type { FactUnit } from '../semantics/facts';
import { parentsOf } from '../semantics/parents';
import type { Call } from '../syntax/ast';

/**
 * `"x" in globals()`, or in `dir()`, `locals()`, `vars()` outside of functions, for a name that is no longer the module's:
 * the same question can be put to the module in which such names live.
 *
 * @returns The name.
 */
export function testedName(call: Call, unit: FactUnit, moved: ReadonlySet<string>): string | undefined {
  const { func } = call;
  if (func.kind !== 'Name' || call.args.length > 0 || call.keywords.length > 0) return undefined;
  if (!['globals', 'dir', 'locals', 'vars'].includes(func.id)) return undefined;
  if (unit.facts.moduleBindings(func.id).length > 0) return undefined;
  const at = unit.summary.locate.get(call);
  if (func.id !== 'globals' && at?.scope.parent !== undefined) return undefined;
  const test = parentsOf(unit.unit).get(call);
  if (test?.kind !== 'Compare' || test.ops.length !== 1) return undefined;
  const [name, names] = test.operands;
  if (names !== call || (test.ops[0] !== 'in' && test.ops[0] !== 'not in')) return undefined;
  return name?.kind === 'Str' && name.value !== undefined && moved.has(name.value) ? name.value : undefined;
}
