import type { FactUnit, ProgramFacts } from '../../semantics/facts';
import { parentsOf } from '../../semantics/parents';
import type { Selection } from './selection';

/** What may run while the statements of a selection do. */
export interface Reachable {
  /** Whether functions, methods and lambdas of a statement may run. */
  mayRun(unit: FactUnit): boolean;
}

/**
 * Follows the names that a selection reads through the functions of the module. A function that is handed on, a class
 * and a lambda may be run by any call.
 */
export function reachableFrom(facts: ProgramFacts, selection: Selection, isModule: boolean): Reachable {
  const units = selection.pieces.map(({ unit }) => unit);
  const isIn = (unit: FactUnit, offset: number): boolean =>
    selection.pieces.some(
      (piece) =>
        piece.unit === unit && piece.statements.some(({ start, end }) => start <= offset && offset < end),
    );
  const hasCalls = units.some((unit) => unit.summary.calls.some(({ node }) => isIn(unit, node.start)));
  const definitions = new Map<string, FactUnit[]>();
  for (const unit of facts.units) {
    const { statement } = unit.unit;
    if (statement.kind !== 'FunctionDef') continue;
    definitions.set(statement.name, [...(definitions.get(statement.name) ?? []), unit]);
  }
  const reached = new Set<FactUnit>();
  const visit = (unit: FactUnit, isWhole: boolean): void => {
    for (const { name, node } of unit.summary.freeReferences) {
      if (!isWhole && !isIn(unit, node.start)) continue;
      for (const next of definitions.get(name) ?? []) {
        if (reached.has(next)) continue;
        reached.add(next);
        visit(next, true);
      }
    }
  };
  for (const unit of units) visit(unit, false);
  return {
    mayRun: (unit) => {
      if (!isModule || units.includes(unit)) return hasCalls;
      const { statement } = unit.unit;
      if (statement.kind !== 'FunctionDef' || isHandedOn(statement.name, facts)) return hasCalls;
      return reached.has(unit);
    },
  };
}

function isHandedOn(name: string, facts: ProgramFacts): boolean {
  return facts.freeReferences.some(({ reference, unit }) => {
    if (reference.name !== name) return false;
    const parent = parentsOf(unit.unit).get(reference.node);
    return !(parent?.kind === 'Call' && parent.func === reference.node);
  });
}
