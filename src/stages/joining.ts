import type { Stage } from './stages';

/** Stages that would have to be one, for a name that has no form outside of one stage. */
export interface Join {
  readonly joins?: readonly Stage[];
}

/**
 * Joins stages until nothing asks for it any more. One that would hold over half of the statements is no stage: then it is
 * left as it is, and what asks for it stays a problem.
 *
 * @param planOf Decides where names live, for stages.
 * @param problemsOf What of a decision asks for a join.
 */
export function joinedStages<T>(
  cut: readonly Stage[],
  planOf: (stages: readonly Stage[]) => T,
  problemsOf: (plan: T) => readonly Join[],
): { readonly stages: readonly Stage[]; readonly plan: T } {
  let stages = cut;
  for (;;) {
    const plan = planOf(stages);
    const joins = problemsOf(plan).find((problem) => new Set(problem.joins).size > 1)?.joins;
    if (!joins) return { stages, plan };
    const places = joins.map((stage) => stages.indexOf(stage));
    const [first, last] = [Math.min(...places), Math.max(...places)];
    const joined = { ...stages[first]!, units: stages.slice(first, last + 1).flatMap(({ units }) => units) };
    const total = stages.reduce((sum, { units }) => sum + units.length, 0);
    if (joined.units.length * 2 > total) return { stages, plan };
    stages = [...stages.slice(0, first), joined, ...stages.slice(last + 1)];
  }
}
