import type { PlacedCall, ProgramFacts } from '../semantics/facts';
import type { Evaluator } from '../semantics/values';
import { FRAME_READERS } from './extract-pipeline/obstacles';
import { QUERIES, queriedNames } from './frameQueries';

/** What finds variables by their names in a text, or lists them; what else has the same name is asked for. */
const NAMES = new Set([
  ...[...FRAME_READERS].map((name) => name.slice(name.lastIndexOf('.') + 1)),
  ...['query', 'breakpoint', 'set_trace', 'interact', 'embed', 'vars', 'dir'],
]);

/** Of DuckDB's functions and connections. */
const OF_DUCKDB: ReadonlySet<string> = new Set(['sql', 'execute']);

function textsOf({ units }: ProgramFacts): string {
  return units.map(({ unit }) => unit.text).join('\n');
}

/** Calls that may look up variables of a program by their names. */
export function nameLookups(facts: ProgramFacts, evaluator: Evaluator): readonly PlacedCall[] {
  return [...NAMES]
    .flatMap((name) => facts.callsNamed(name))
    .filter((placed) => mayLookUp(placed, evaluator));
}

function mayLookUp({ call, unit }: PlacedCall, evaluator: Evaluator): boolean {
  const { func } = call;
  const name = func.kind === 'Attribute' ? func.attr : func.kind === 'Name' ? func.id : '';
  const isOwn = evaluator.valuesOf(func, unit).every(({ kind }) => kind === 'function' || kind === 'class');
  if (isOwn) return false;
  if (name === 'vars' || name === 'dir') return call.args.length === 0;
  // `re.compile` and the like.
  if (name === 'compile') return evaluator.calleeOf(call, unit) === 'builtins.compile';
  // SQL of other databases knows nothing of Python's variables.
  if (func.kind === 'Attribute' && OF_DUCKDB.has(name) && !/\bduckdb\b/.test(textsOf(unit.facts)))
    return false;
  // A plain text of `df.query` names columns; `model.eval()` is no query at all.
  if (func.kind !== 'Attribute' || !QUERIES.has(name)) return true;
  if (evaluator.calleeOf(call, unit) === 'pandas.eval') return true;
  return queriedNames(call, unit, evaluator)?.size !== 0;
}
