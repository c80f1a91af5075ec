import { namesThere } from '../../knowledge/builtins';
import type { FactUnit, ProgramFacts } from '../../semantics/facts';
import { catchesNameError } from '../../semantics/unitSummary';
import { caughtUnbound } from './guardedCalls';
import { importsSame } from './sameImport';

/**
 * Whether what runs above a statement may look for a name that the statement binds, and has to find it unbound, or to find
 * what a builtin or a star import means by it.
 *
 * @param above What runs before the statement now and would run after it.
 */
export function isMissedAbove(
  name: string,
  unit: FactUnit,
  above: readonly FactUnit[],
  facts: ProgramFacts,
): boolean {
  const [first] = above;
  if (!first) return false;
  const binders = facts.moduleBindings(name).map((placed) => placed.unit);
  if (binders.some((other) => other.order < first.order && other.unit.text === unit.unit.text)) return false;
  // What is below another import of the same finds that one.
  const from = Math.min(
    unit.order,
    ...binders.filter((other) => importsSame(name, unit, other)).map(({ order }) => order),
  );
  const hasOtherMeaning = namesThere(facts.program.kind).has(name) || facts.unknownBinders.length > 0;
  const isCaught = above.some(survivesNameErrors) || caughtUnbound(facts).has(name);
  return facts.freeReferences.some(({ reference, unit: reader }) => {
    // A function that stands below is not called above.
    if (reference.name !== name || reader.order >= from) return false;
    return reference.time !== 'later' || hasOtherMeaning || reference.isGuarded || isCaught;
  });
}

/** Whether a function that fails for a name that is not yet there does not end the program. */
function survivesNameErrors({ unit, summary }: FactUnit): boolean {
  return (
    /\bsuppress\b/.test(unit.text) ||
    summary.statements.some(
      ({ node }) => node.kind === 'Try' && node.handlers.some(({ type }) => catchesNameError(type)),
    )
  );
}
