import type { ProgramFacts } from '../../semantics/facts';
import { parentsOf } from '../../semantics/parents';

/** `@name` in the text of a query of a frame. */
const QUERY_NAMES = /@\s*([^\W\d]\w*)/gu;
const QUERIES = new Set(['query', 'eval']);

/**
 * Names that texts name and libraries look up in the frame of their caller: `df.query("a > @low")`. A module's variable
 * is found from every function of the module, a parameter only if something else reads it, too. Formulas (`"y ~ a + b"`)
 * are such texts.
 */
export function textReads(facts: ProgramFacts): ReadonlySet<string> {
  const names = new Set<string>();
  for (const name of QUERIES) {
    for (const { call } of facts.callsNamed(name)) {
      const [text] = call.args;
      if (text?.kind !== 'Str' || text.value === undefined) continue;
      for (const [, found] of text.value.matchAll(QUERY_NAMES)) names.add(found!);
    }
  }
  for (const { unit, summary } of facts.units) {
    if (!unit.text.includes('~')) continue;
    for (const node of summary.locate.keys()) {
      if (node.kind !== 'Str' || !node.value?.includes('~')) continue;
      // A docstring is handed to nobody: `:class:`~sklearn.cluster.KMeans``.
      if (parentsOf(unit).get(node)?.kind === 'Expr') continue;
      for (const [found] of node.value.matchAll(/[^\W\d]\w*/gu)) names.add(found);
    }
  }
  return names;
}
