import type { PlanDocument } from '../../plan/document';
import type { Plan } from '../../plan/plan';
import { planOf } from '../../plan/propose';
import type { FactUnit } from '../../semantics/facts';
import type { Stage } from '../../stages/stages';
import type { Note, Refusal } from '../../text/refusal';
import type { AnalysedProgram } from '../outcome';
import type { Attempt } from './attempt';
import { type ShapeChoice, attemptsOf, unfitness } from './index';
import type { Shape } from './roles';

/** What one stage costs the reader. */
export interface StageReport {
  readonly stage: Stage;
  /** Zero-based cells that it takes statements from; empty in a script. */
  readonly cells: readonly number[];
  readonly parameters: readonly string[];
  readonly returns: readonly string[];
}

/** What extracting a pipeline comes to, before anything is done. */
export interface PipelineReport {
  readonly plan: Plan;
  readonly shape: Shape;
  readonly stages: readonly StageReport[];
  /** Names that become attributes of the object, or with functions stay variables of the module. */
  readonly shared: readonly string[];
  /** How many statements run, and how many of them end in stages. */
  readonly statements: { readonly all: number; readonly inStages: number };
  /** Why it would not be done. */
  readonly refusals: readonly Refusal[];
  readonly notes: readonly Note[];
}

/** The report, or why there is none: undefined where nothing runs, a refusal where the program is none. */
export function reportPipeline(
  program: AnalysedProgram,
  choice?: ShapeChoice,
  document?: PlanDocument,
): PipelineReport | Refusal | undefined {
  const unfit = unfitness(program);
  if (unfit) return unfit;
  const attempts = attemptsOf(program, choice, document);
  if (attempts.some(({ pipeline }) => !pipeline)) return undefined;
  return reportOf(program, best(attempts), document);
}

/** The first that is possible; else that with the fewest reasons against it. */
function best(attempts: readonly Attempt[]): Attempt {
  const possible = attempts.find(({ refusals }) => refusals.length === 0);
  return possible ?? [...attempts].sort((a, b) => a.refusals.length - b.refusals.length)[0]!;
}

function reportOf(
  { facts }: AnalysedProgram,
  { pipeline, shape, refusals, notes }: Attempt,
  document: PlanDocument | undefined,
): PipelineReport {
  const { stages, names, roles, className } = pipeline!;
  const withRole = (role: string): readonly FactUnit[] =>
    facts.units.filter((unit) => roles.of.get(unit) === role);
  const staying = withRole('stay').filter(
    ({ unit }) => unit.escapes.length === 0 && unit.statement.kind === 'Expr',
  );
  const plan = planOf({
    facts,
    stages,
    shape,
    className: document?.plan.className ?? (shape === 'class' ? className : undefined),
    keep: staying,
    drop: withRole('drop'),
    ...(document && { configuration: document.plan.configuration }),
  });
  const inStages = stages.reduce((sum, { units }) => sum + units.length, 0);
  return {
    plan,
    shape,
    stages: stages.map((stage) => ({
      stage,
      cells: [...new Set(stage.units.flatMap(({ cell }) => cell.cell.index ?? []))],
      parameters: names.passing.parametersOf(stage),
      returns: names.passing.returnsOf(stage),
    })),
    shared: [...names.shared].sort(),
    statements: { all: inStages + withRole('stay').length + withRole('setup').length, inStages },
    refusals,
    notes,
  };
}
