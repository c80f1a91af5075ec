import type { FactUnit } from '../../semantics/facts';
import type { BindingSource } from '../../semantics/scope';
import type { Region } from './regions';

/**
 * Whether two statements bind a name to the same thing by importing it, each whenever it runs: notebooks import
 * `numpy as np` in many cells, alone or beside others.
 */
export function importsSame(name: string, one: FactUnit, other: FactUnit): boolean {
  const target = importedBy(name, one);
  return target !== undefined && target === importedBy(name, other);
}

/**
 * Whether a name means the same behind two statements that bind it, so that the later one may stand beside the earlier: the
 * same text or import, with no star import in between that may have bound the name anew.
 */
export function bindsSame(name: string, first: FactUnit, last: FactUnit): boolean {
  const isOpen = first.facts.unknownBinders.some(({ order }) => first.order < order && order < last.order);
  return !isOpen && (first.unit.text === last.unit.text || importsSame(name, first, last));
}

/** What a statement imports under a name; undefined where it binds the name otherwise as well, or only sometimes. */
function importedBy(name: string, { summary }: FactUnit): string | undefined {
  const targets = new Set<string | undefined>();
  for (const { name: bound, source, block, scope } of summary.moduleBindings) {
    if (bound !== name) continue;
    const isPlain = block.parent === undefined && scope.parent === undefined;
    targets.add(isPlain ? targetOf(source) : undefined);
  }
  const [target] = targets;
  return targets.size === 1 ? target : undefined;
}

function targetOf(source: BindingSource): string | undefined {
  if (source.type === 'import') return source.module;
  return source.type === 'from-import'
    ? `${'.'.repeat(source.level)}${source.module}:${source.name}`
    : undefined;
}

/**
 * The regions of a script that stay at module level, without imports that stand further up word for word: in one block
 * the second binds what is bound. A comment at one keeps it.
 *
 * @param kept In document order.
 */
export function withoutRepeated(kept: readonly Region[]): readonly Region[] {
  /** What an import's text has bound that is bound still. */
  const above = new Map<string, ReadonlySet<string>>();
  return kept.filter(({ unit, start, end }) => {
    const { statement, text } = unit.unit;
    const { source } = unit.cell.cell;
    const own = source.slice(start, end);
    // With lines of its own: else what follows would come to stand behind what is above.
    const isAlone =
      own.trim() === text &&
      (start === 0 || /[\r\n]/.test(source[start - 1]!)) &&
      (/[\r\n]$/.test(own) || end === source.length);
    if (isAlone && above.has(text)) return false;
    const isUnknown = unit.facts.unknownBinders.some((binder) => binder.unit === unit);
    const bound = new Set(unit.summary.moduleBindings.map(({ name }) => name));
    for (const [earlier, names] of above) {
      if (isUnknown || [...names].some((name) => bound.has(name))) above.delete(earlier);
    }
    const isListed = statement.kind === 'Import' || (statement.kind === 'ImportFrom' && !statement.isStar);
    if (isListed) above.set(text, bound);
    return true;
  });
}
