import { EditSet } from '../../text/edit';
import type { Refusal } from '../../text/refusal';
import { indentedCell } from '../indentedCell';
import { moduleBeside } from '../moduleBeside';
import { type AnalysedProgram, NOTHING, type Outcome, done, invalid, refused } from '../outcome';
import { refusalInCell } from '../places';
import type { PlanDocument } from '../../plan/document';
import { type Attempt, attempt } from './attempt';
import type { Pipeline } from './moved';
import { MOST_PARAMETERS } from './names';
import { loadsOnce } from './loadedOnce';
import { notebookFiles } from './notebook';
import { type PlannedProgram, plannedProgram } from './planned';
import { takenNames } from './ours';
import type { Shape } from './roles';
import { scriptText } from './script';

/** What the adapter knows of the files around. */
export interface Surroundings {
  /** Why a text is no valid Python; undefined if it is. Asked before anything is given back. */
  check(text: string): string | undefined;
  readonly exists: (path: string) => Promise<boolean>;
  /** The workspace's root, as an absolute path with `/`, where it is on a disk. */
  readonly root?: string | undefined;
}

/** `auto` chooses by what the program is. */
export type ShapeChoice = Shape | 'auto';

/**
 * Turns the statements of a program into stages: functions that hand on what later ones need, or the methods of a class
 * where something has to be shared. In a script `main` calls the stages in their order; of a notebook they become a
 * module beside it, and the cells call them. Everything else stays as it is.
 *
 * @param document A plan that decides about names and cuts.
 */
export async function extractPipeline(
  program: AnalysedProgram,
  around: Surroundings,
  choice: ShapeChoice = 'auto',
  document?: PlanDocument,
): Promise<Outcome> {
  const { facts } = program;
  const isNotebook = facts.program.kind === 'notebook';
  const unfit = unfitness(program);
  if (unfit) return refused([unfit]);
  const attempts = attemptsOf(program, choice, document);
  if (attempts.some(({ pipeline }) => !pipeline)) return NOTHING;
  let last: Outcome | undefined;
  for (const { pipeline, refusals, notes } of attempts) {
    const outcome =
      refusals.length > 0
        ? refused(refusals)
        : isNotebook
          ? await notebookOutcome(program, pipeline!, around)
          : scriptOutcome(program, pipeline!, around);
    if (outcome.status !== 'refused') return { ...outcome, notes: [...outcome.notes, ...notes] };
    // What the last shape is refused for is what stands against the program itself.
    if (!last || last.refusals.length >= outcome.refusals.length) last = outcome;
  }
  return last!;
}

/** What is no program that can be sorted; undefined: it is one. */
export function unfitness(program: AnalysedProgram): Refusal | undefined {
  const { facts, path } = program;
  const broken = facts.cells.find(({ syntax }) => syntax.problem);
  if (broken?.syntax.problem) {
    const { offset, message } = broken.syntax.problem;
    return refusalInCell(path, broken, offset, `the code is ${message}`);
  }
  const isText = facts.program.kind === 'notebook' && facts.cells.some(({ cell }) => cell.index === null);
  if (!isText) return indentedCell(program);
  return { path, cell: null, line: 0, reason: 'notebooks in one text file cannot be converted yet' };
}

/** The shapes that may be tried, the best first. */
export function attemptsOf(
  program: AnalysedProgram,
  choice: ShapeChoice = 'auto',
  document?: PlanDocument,
): readonly Attempt[] {
  const planned: PlannedProgram | undefined = document && plannedProgram(document, program.facts);
  const shape = choice === 'auto' ? (document?.plan.shape ?? 'auto') : choice;
  if (shape !== 'auto') return [attempt(program, shape, planned)];
  const functions = attempt(program, 'functions', planned);
  const isPlain = functions.refusals.length === 0 && functions.pipeline && handsOnAll(functions.pipeline);
  if (!functions.pipeline) return [functions];
  // A class is for what is loaded once and asked often.
  if (isPlain && !loadsOnce(program, functions.pipeline)) return [functions];
  return [attempt(program, 'class', planned), functions];
}

/** Whether functions can do without variables of the module and without more parameters than readers can follow. */
function handsOnAll({ names, stages }: Pipeline): boolean {
  return (
    names.shared.size === 0 &&
    stages.every((stage) => names.passing.parametersOf(stage).length <= MOST_PARAMETERS)
  );
}

function scriptOutcome({ facts, path }: AnalysedProgram, pipeline: Pipeline, around: Surroundings): Outcome {
  const [cell] = facts.cells;
  const text = scriptText(pipeline, facts);
  const problem = around.check(text);
  if (problem !== undefined) return invalid(path, problem);
  const before = cell!.cell.source;
  const edits = new EditSet([{ span: { start: 0, end: before.length }, newText: text }]);
  return done([{ kind: 'text', path, before, edits }]);
}

async function notebookOutcome(
  program: AnalysedProgram,
  pipeline: Pipeline,
  around: Surroundings,
): Promise<Outcome> {
  const { facts, path } = program;
  const beside = await moduleBeside(program, '_pipeline', around);
  if (!('name' in beside)) return refused(beside);
  const objectName = takenNames(facts).has('pipeline') ? 'the_pipeline' : 'pipeline';
  const importAt = facts.units.find((unit) => pipeline.roles.of.get(unit) === 'run')!;
  const module = { modulePath: beside.path, moduleName: beside.name };
  const files = notebookFiles(pipeline, facts, { path, ...module, objectName, importAt });
  const [first] = files;
  const problem = first?.kind === 'create' ? around.check(first.content) : undefined;
  return problem === undefined ? done(files) : invalid(path, problem);
}
