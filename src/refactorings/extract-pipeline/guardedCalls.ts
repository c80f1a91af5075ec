import type { FactUnit, ProgramFacts } from '../../semantics/facts';
import { catchesNameError } from '../../semantics/unitSummary';
import type { Span } from '../../text/position';

const known = new WeakMap<ProgramFacts, ReadonlySet<string>>();

/**
 * Names that a function reads when it runs, that may not be bound by then, and whose `NameError` is caught further up the
 * calls: `try: f()`, above the statement that binds what f reads. As attributes they would raise another error. By words,
 * for calls are not followed exactly: whatever a guarded block mentions may be called in it.
 */
export function caughtUnbound(facts: ProgramFacts): ReadonlySet<string> {
  let names = known.get(facts);
  if (!names) known.set(facts, (names = findCaught(facts)));
  return names;
}

function findCaught(facts: ProgramFacts): ReadonlySet<string> {
  const caught = new Set<string>();
  const guards = facts.units.flatMap((unit) => guardedSpans(unit).map((span) => ({ unit, span })));
  if (guards.length === 0) return caught;
  const definers = definersOf(facts);
  const running = facts.units.filter((unit) => !isDefinition(unit));
  for (const { unit, span } of guards) {
    const guarded = wordsIn(unit, span);
    // A function that catches calls what it is given, too.
    const callers = isDefinition(unit)
      ? running.filter((each) => reached(wordsIn(each), definers).has(unit))
      : [unit];
    for (const caller of callers) {
      const words = caller === unit ? guarded : [...guarded, ...wordsIn(caller)];
      for (const reader of reached(words, definers)) {
        for (const { name, time } of reader.summary.freeReferences) {
          if (time === 'later' && !isBoundBefore(name, caller.order, facts)) caught.add(name);
        }
      }
    }
  }
  return caught;
}

/** Where a statement catches what is raised for a name that is not bound. */
function guardedSpans({ unit, summary }: FactUnit): readonly Span[] {
  return summary.statements.flatMap(({ node }): Span[] => {
    if (node.kind === 'With' && /\bsuppress\b/.test(unit.text.slice(node.start, node.end))) return [node];
    if (node.kind !== 'Try' || !node.handlers.some(({ type }) => catchesNameError(type))) return [];
    const [first, last] = [node.body[0], node.body.at(-1)];
    return first && last ? [{ start: first.start, end: last.end }] : [];
  });
}

function isDefinition({ unit: { statement } }: FactUnit): boolean {
  return statement.kind === 'FunctionDef' || statement.kind === 'ClassDef';
}

/** The functions and classes of the program by their names, classes by the names of their methods, too. */
function definersOf(facts: ProgramFacts): ReadonlyMap<string, readonly FactUnit[]> {
  const definers = new Map<string, FactUnit[]>();
  for (const unit of facts.units.filter(isDefinition)) {
    for (const { node } of unit.summary.statements) {
      if (node.kind !== 'FunctionDef' && node.kind !== 'ClassDef') continue;
      definers.set(node.name, [...(definers.get(node.name) ?? []), unit]);
    }
  }
  return definers;
}

/** The names and attributes that a statement, or a part of it, mentions. */
function wordsIn({ unit, summary }: FactUnit, part?: Span): ReadonlySet<string> {
  const { start, end } = part ?? { start: 0, end: unit.text.length };
  const words = new Set<string>();
  for (const node of summary.locate.keys()) {
    if (node.start < start || node.end > end) continue;
    if (node.kind === 'Name') words.add(node.id);
    if (node.kind === 'Attribute') words.add(node.attr);
  }
  return words;
}

/** The definitions that words lead to, by what these mention in turn. */
function reached(
  words: Iterable<string>,
  definers: ReadonlyMap<string, readonly FactUnit[]>,
): ReadonlySet<FactUnit> {
  const found = new Set<FactUnit>();
  const left = [...words];
  for (let word = left.pop(); word !== undefined; word = left.pop()) {
    for (const unit of definers.get(word) ?? []) {
      if (found.has(unit)) continue;
      found.add(unit);
      left.push(...wordsIn(unit));
    }
  }
  return found;
}

/** Whether a name is no module's at all, or is bound for certain by statements above. */
function isBoundBefore(name: string, order: number, facts: ProgramFacts): boolean {
  const bindings = facts.moduleBindings(name);
  return (
    bindings.length === 0 ||
    bindings.some(
      ({ binding: { block, scope, source }, unit }) =>
        unit.order < order &&
        block.parent === undefined &&
        scope.parent === undefined &&
        source.type !== 'deletion',
    )
  );
}
