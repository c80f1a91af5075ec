import type { FactUnit, ProgramFacts } from '../../semantics/facts';
import { parentsOf } from '../../semantics/parents';
import type { Evaluator } from '../../semantics/values';
import type { Expression } from '../../syntax/ast';
import { QUERIES, queriedNames } from '../frameQueries';

/**
 * Names that texts name and libraries look up in the frame of their caller: `df.query("a > @low")`. A module's variable
 * is found from every function of the module, a parameter only if something else reads it, too. Formulas (`"y ~ a + b"`)
 * are such texts.
 */
export function textReads(facts: ProgramFacts, evaluator: Evaluator): ReadonlySet<string> {
  const names = new Set<string>();
  for (const method of QUERIES) {
    for (const { call, unit } of facts.callsNamed(method)) {
      for (const name of queriedNames(call, unit, evaluator) ?? []) names.add(name);
    }
  }
  for (const name of formulaNames(facts)) names.add(name);
  return names;
}

/** Packages that evaluate formulas in the frame of their caller. */
const PACKAGES = 'statsmodels|patsy|formulaic|linearmodels|plotnine';
export const FORMULA_PACKAGES = new RegExp(`^(?:${PACKAGES})\\b`);
const NAMES_FORMULA_PACKAGE = new RegExp(`\\b(?:${PACKAGES})\\b`);
export const WORDS = /[^\W\d]\w*/gu;
/** Two words in a row are prose, and no piece of a formula. */
const PROSE = /[\p{L}\p{N}_)]\s+[\p{L}\p{N}_(]/u;

/** Names in formulas (`"y ~ a + b"`), and, where formulas are evaluated, in texts that may be pieces of one. */
export function formulaNames(facts: ProgramFacts): ReadonlySet<string> {
  const names = new Set<string>();
  if (!facts.units.some(({ unit }) => unit.text.includes('~'))) return names;
  const mayBePieces = facts.units.some(({ unit }) => NAMES_FORMULA_PACKAGE.test(unit.text));
  for (const unit of facts.units) {
    for (const [node, text] of textsOf(unit)) {
      if (!text.includes('~') && !(mayBePieces && !PROSE.test(text))) continue;
      // A docstring is handed to nobody: `:class:`~sklearn.cluster.KMeans``.
      if (parentsOf(unit.unit).get(node)?.kind === 'Expr') continue;
      for (const [found] of text.matchAll(WORDS)) names.add(found);
    }
  }
  return names;
}

/** Of each statement the names that formulas may look up in it, beside those that it reads in plain sight. */
export function formulaReads(facts: ProgramFacts): (unit: FactUnit) => ReadonlySet<string> {
  const names = formulaNames(facts);
  const makers = new Set(
    facts.units.flatMap(({ unit, summary }) =>
      /^Import/.test(unit.statement.kind) && NAMES_FORMULA_PACKAGE.test(unit.text)
        ? summary.moduleBindings.map(({ name }) => name)
        : [],
    ),
  );
  const evaluates = (unit: FactUnit): boolean =>
    NAMES_FORMULA_PACKAGE.test(unit.unit.text) ||
    unit.summary.freeReferences.some(({ name }) => makers.has(name)) ||
    textsOf(unit).some(([, text]) => text.includes('~'));
  return (unit) => (names.size > 0 && makers.size > 0 && evaluates(unit) ? names : NONE);
}

const NONE: ReadonlySet<string> = new Set();

function textsOf({ unit, summary }: FactUnit): readonly (readonly [node: Expression, text: string])[] {
  return [...summary.locate.keys()].flatMap((node) =>
    node.kind === 'Str' ? [[node, node.value ?? unit.text.slice(node.start, node.end)] as const] : [],
  );
}
