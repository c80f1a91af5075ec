import { indentedCell } from '../indentedCell';
import type { FactUnit, ProgramFacts } from '../../semantics/facts';
import { EditSet, type TextEdit } from '../../text/edit';
import { moduleBeside } from '../moduleBeside';
import { type Region, regionsOf } from '../extract-pipeline/regions';
import { freeName, namesIn } from '../names';
import { type AnalysedProgram, NOTHING, type Outcome, done, invalid, refused } from '../outcome';
import { lineBreakOf, refusalInCell } from '../places';
import { moduleObstacles, notebookFiles } from './notebook';
import { problemsOf, unseenNames } from './problems';
import { type SharedState, statesOf } from './state';
import { type StatePlan, classText, outsideEdits } from './text';

/** What the adapter knows of the files around. */
export interface Surroundings {
  /** Why a text is no valid Python; undefined if it is. */
  check(text: string): string | undefined;
  readonly exists: (path: string) => Promise<boolean>;
  /** The workspace's root, as an absolute path with `/`, where it is on a disk. */
  readonly root?: string | undefined;
}

/**
 * Makes classes of variables that functions of the module change: they become attributes of an object that is made once,
 * where the first of those functions stood, and the functions become its methods. Of a notebook the classes become a
 * module beside it.
 */
export async function globalsToClass(program: AnalysedProgram, around: Surroundings): Promise<Outcome> {
  const { facts, path, context } = program;
  const broken = facts.cells.find(({ syntax }) => syntax.problem);
  if (broken?.syntax.problem) {
    const { offset, message } = broken.syntax.problem;
    return refused([refusalInCell(path, broken, offset, `the code is ${message}`)]);
  }
  const indented = indentedCell(program);
  if (indented) return refused([indented]);
  const states = statesOf(context);
  if (states.length === 0) {
    // Variables that only run-time texts name are not seen here.
    const unseen = unseenNames(program);
    return unseen.length > 0 ? refused(unseen) : NOTHING;
  }
  const plans = plansOf(facts, states);
  const isNotebook = facts.program.kind === 'notebook';
  const refusals = [...problemsOf(program, states), ...(isNotebook ? moduleObstacles(program, plans) : [])];
  if (refusals.length > 0) return refused(refusals);
  return isNotebook ? notebookOutcome(program, plans, around) : scriptOutcome(program, plans, around);
}

function scriptOutcome(
  { facts, path }: AnalysedProgram,
  plans: readonly StatePlan[],
  around: Surroundings,
): Outcome {
  const before = facts.cells[0]!.cell.source;
  const text = scriptText(facts, plans);
  const problem = around.check(text);
  if (problem !== undefined) return invalid(path, problem);
  const edits = new EditSet([{ span: { start: 0, end: before.length }, newText: text }]);
  return done([{ kind: 'text', path, before, edits }]);
}

async function notebookOutcome(
  program: AnalysedProgram,
  plans: readonly StatePlan[],
  around: Surroundings,
): Promise<Outcome> {
  const { facts, path } = program;
  if (facts.cells.some(({ cell }) => cell.index === null)) {
    return refused([
      { path, cell: null, line: 0, reason: 'notebooks in one text file cannot be converted yet' },
    ]);
  }
  const beside = await moduleBeside(program, '_state', around);
  if (!('name' in beside)) return refused(beside);
  const module = { modulePath: beside.path, moduleName: beside.name };
  const files = notebookFiles(program, plans, regionsOf(facts), module);
  const [first] = files;
  const problem = first?.kind === 'create' ? around.check(first.content) : undefined;
  return problem === undefined ? done(files) : invalid(path, problem);
}

function scriptText(facts: ProgramFacts, plans: readonly StatePlan[]): string {
  const { source } = facts.cells[0]!.cell;
  const lineBreak = lineBreakOf(source);
  const regions = regionsOf(facts);
  const gone = new Set(plans.flatMap(({ state }) => [...state.methods, ...state.initial]));
  const all = [...regions.values()];
  let text = source.slice(0, all[0]!.start);
  let isAfterClass = false;
  for (const region of all) {
    for (const plan of plans.filter(({ state }) => state.above === region.unit)) {
      const code = `${classText(plan, plans, regions, facts)}\n\n\n${plan.objectName} = ${plan.className}()\n`;
      const above = text.trim() === '' ? text : `${text.trimEnd()}\n\n\n`;
      text = above + code;
      isAfterClass = true;
    }
    if (gone.has(region.unit)) continue;
    const kept = keptText(region, plans);
    // What follows a class keeps its distance.
    text += isAfterClass && !/^\s*[\r\n]/.test(kept) ? `\n${kept}` : kept;
    isAfterClass = false;
  }
  text += source.slice(all.at(-1)!.end);
  return lineBreak === '\n' ? text : text.replace(/\r\n|\n/g, lineBreak);
}

function keptText({ unit, start, end }: Region, plans: readonly StatePlan[]): string {
  const shifted: TextEdit[] = outsideEdits(unit, plans).map(({ span, newText }) => ({
    span: { start: span.start - start, end: span.end - start },
    newText,
  }));
  return new EditSet(shifted).apply(unit.cell.cell.source.slice(start, end));
}

function plansOf(facts: ProgramFacts, states: readonly SharedState[]): readonly StatePlan[] {
  const taken = new Set(namesIn(facts));
  const take = (...candidates: string[]): string => {
    const name = freeName(candidates, taken);
    taken.add(name);
    return name;
  };
  return states.map((state) => {
    const words = (state.variables[0] ?? '').split('_').filter(Boolean);
    const camel = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1).toLowerCase()).join('');
    const own = words.join('_').toLowerCase();
    const isOne = states.length === 1;
    return {
      state,
      className: isOne ? take('State', `${camel}State`) : take(`${camel}State`),
      objectName: isOne ? take('state', `${own}_state`, 'shared_state') : take(`${own}_state`),
      receiver: receiverFor(state.methods),
    };
  });
}

/** `self`, unless a method has a `self` of its own. */
function receiverFor(methods: readonly FactUnit[]): string {
  const isUsed = (name: string): boolean =>
    methods.some(({ unit }) => new RegExp(`\\b${name}\\b`).test(unit.text));
  return ['self', 'state', 'this_state'].find((name) => !isUsed(name)) ?? 'the_state_';
}
