import { BUILTIN_NAMES } from '../knowledge/builtins';
import type { ProgramFacts } from '../semantics/facts';
import type { Scope } from '../semantics/scope';

/**
 * Every name that occurs in a program, in whatever scope, as a binding or a read. Where code that nobody can list runs
 * (`exec`, star imports, `%run`, cells that do not parse), every word of the text counts, strings and comments too.
 */
export function namesIn(facts: ProgramFacts): ReadonlySet<string> {
  const names = new Set<string>(BUILTIN_NAMES);
  const visit = (scope: Scope): void => {
    for (const binding of scope.bindings) names.add(binding.name);
    for (const reference of scope.references) names.add(reference.name);
    for (const declared of scope.declared.keys()) names.add(declared);
    scope.children.forEach(visit);
  };
  for (const unit of facts.units) {
    visit(unit.summary.root);
    for (const escape of unit.unit.escapes) for (const read of escape.reads) names.add(read);
  }
  if (asksForNames(facts)) for (const text of literalTexts(facts)) names.add(text);
  const everything = facts.unknownBinders.length > 0;
  for (const cell of facts.cells) {
    if (!everything && !cell.syntax.problem) continue;
    for (const word of cell.cell.source.matchAll(/[\p{L}_][\p{L}\p{N}_]*/gu))
      names.add(word[0].normalize('NFKC'));
  }
  return names;
}

/** Ways to ask whether a name exists, by its text. */
const NAMESPACE_CALLS = ['globals', 'locals', 'vars', 'dir', 'hasattr', 'getattr', 'eval', 'exec'];

function asksForNames(facts: ProgramFacts): boolean {
  return NAMESPACE_CALLS.some((name) => facts.callsNamed(name).length > 0);
}

/** The texts of all string literals of a program. */
export function literalTexts(facts: ProgramFacts): string[] {
  const texts: string[] = [];
  for (const unit of facts.units) {
    for (const node of unit.summary.locate.keys()) {
      if (node.kind === 'Str' && node.value !== undefined) texts.push(node.value);
    }
  }
  return texts;
}

/** The first candidate that is not taken, or the first with a number behind it that is not. */
export function freeName(candidates: readonly string[], taken: ReadonlySet<string>): string {
  const free = candidates.find((candidate) => !taken.has(candidate));
  if (free !== undefined) return free;
  const base = candidates[0] ?? 'value';
  let number = 2;
  while (taken.has(`${base}_${number}`)) number++;
  return `${base}_${number}`;
}
