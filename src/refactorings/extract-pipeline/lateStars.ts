import type { FactUnit } from '../../semantics/facts';
import type { Refusal } from '../../text/refusal';
import type { AnalysedProgram } from '../outcome';
import { refusalAt } from '../places';
import type { Roles } from './roles';

/** Builtins that no module means something else by. */
const NEVER_REPLACED = new Set(['print', 'len', 'str', 'super', 'open']);

/**
 * `from x import *` goes to the top with the other imports: what stands above it now, and looks for a name that it may
 * bind or binds one itself, would find another thing.
 */
export function lateStars(program: AnalysedProgram, roles: Pick<Roles, 'of'>): readonly Refusal[] {
  const { facts, path } = program;
  return facts.units.flatMap((unit) => {
    const { statement } = unit.unit;
    if (statement.kind !== 'ImportFrom' || !statement.isStar) return [];
    const above = facts.units.slice(0, unit.order);
    const running = above.filter((other) => roles.of.get(other) === 'run');
    if (running.length === 0) return [];
    const brought = namesBrought(unit, program);
    const mayBring = (name: string): boolean => brought?.has(name) ?? !NEVER_REPLACED.has(name);
    if (running.some(({ summary }) => summary.moduleBindings.some(({ name }) => mayBring(name)))) {
      return [refusalAt(path, unit, statement, 'a star import below the first results may replace them')];
    }
    // What a function reads that is called above.
    const functions = above.filter((other) => roles.of.get(other) !== 'run');
    const read = [...running, ...functions]
      .flatMap(({ summary }) => summary.freeReferences)
      .find(({ name }) => mayBring(name));
    if (!read) return [];
    const reason = `this star import may bring another ${read.name}, which is read above`;
    return [refusalAt(path, unit, statement, reason)];
  });
}

/** The names that a star import of one of the project's modules brings, where they can be listed. */
function namesBrought({ unit }: FactUnit, { context }: AnalysedProgram): ReadonlySet<string> | undefined {
  const { statement } = unit;
  if (statement.kind !== 'ImportFrom') return undefined;
  const module = context.evaluator.project?.moduleNamed('.'.repeat(statement.level) + statement.module);
  // A package brings the submodules that are loaded by then.
  if (!module || module.path.endsWith('__init__.py')) return undefined;
  const { facts } = module;
  if (facts.unknownBinders.length > 0 || facts.moduleBindings('__all__').length > 0) return undefined;
  return new Set([...facts.moduleNames()].filter((name) => !name.startsWith('_')));
}
