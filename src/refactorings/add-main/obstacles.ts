import type { FactUnit } from '../../semantics/facts';
import type { Statement } from '../../syntax/ast';
import type { Refusal } from '../../text/refusal';
import { sharesLine } from '../../stages/stages';
import { hazards } from '../extract-pipeline/hazards';
import { foundByName, handedReaders, importers, tellingTexts } from '../extract-pipeline/obstacles';
import { lateStars } from '../extract-pipeline/lateStars';
import { selfReadings } from '../paths-to-config/guards';
import type { AnalysedProgram } from '../outcome';
import { refusalAt, refusalInCell } from '../places';
import type { MainRoles } from './roles';

/** What would list or bind names of `main` instead of the module's. */
const NAMESPACES = new Set(['locals', 'vars', 'dir', 'exec', 'eval']);
/** What looks at the functions that are running, and at the tests in a module's functions. */
export const STACK_READERS =
  /\b(?:_getframe|currentframe|inspect\.(?:stack|trace)|format_stack|extract_stack|print_stack|testmod|getsource|getsourcelines|settrace|setprofile)\b/;
/** Packages that import a script for the objects that it makes. */
const IMPORTING_TOOLS = new Set(
  'flask fastapi starlette dash celery django bottle sanic quart tornado airflow prefect luigi locust scrapy invoke manim dagster kedro metaflow bentoml mlserver chainlit taipy solara panel bokeh pytest behave'.split(
    ' ',
  ),
);
/** What starts processes that run the script once more. */
const PROCESSES =
  /\b(?:multiprocessing|ProcessPoolExecutor|mp\.spawn|num_workers|set_start_method|billiard|torch\.multiprocessing)\b/;

/** Places because of which what runs cannot be moved into a function without a change. */
export function obstacles(program: AnalysedProgram, roles: MainRoles): readonly Refusal[] {
  const { facts, path } = program;
  const moved = facts.units.filter((unit) => roles.of.get(unit) === 'run');
  const refusals: Refusal[] = [
    ...importers(program),
    ...selfReadings(program),
    ...tellingTexts(program),
    ...foundByName(program, { moved: roles.bound }),
    ...hazards(program, roles, true),
    ...lateStars(program, roles),
    ...facts.units.flatMap((unit) => handedReaders(unit, program)),
  ];
  for (const { what, cell, span, unit } of facts.unknownBinders) {
    const isStar = what.startsWith('from ');
    if (isStar && (!unit || roles.of.get(unit) !== 'run')) continue;
    const reason = isStar ? `${what} cannot stand in a function` : `${what} may bind any name`;
    refusals.push(refusalInCell(path, cell, span.start, reason));
  }
  for (const unit of facts.units) {
    if (STACK_READERS.test(unit.unit.text)) {
      refusals.push(refusalAt(path, unit, unit.unit.statement, 'the function that runs may be looked at'));
    }
    for (const { node } of unit.summary.statements) {
      const tool = importedModules(node).find((name) => IMPORTING_TOOLS.has(name.split('.')[0]!));
      if (tool === undefined) continue;
      refusals.push(refusalAt(path, unit, node, `${tool} may import this file for the names that it binds`));
    }
  }
  for (const unit of moved) refusals.push(...inMoved(unit, path));
  refusals.push(...sharedLines(program, roles), ...startedAgain(program, roles), ...finalized(program));
  return refusals;
}

function importedModules(node: Statement): readonly string[] {
  if (node.kind === 'Import') return node.names.map(({ name }) => name);
  return node.kind === 'ImportFrom' && node.level === 0 ? [node.module] : [];
}

function inMoved(unit: FactUnit, path: string): readonly Refusal[] {
  const refusals: Refusal[] = [];
  for (const { node, at } of unit.summary.calls) {
    const { func } = node;
    if (func.kind !== 'Name' || at.scope.enclosingFunction !== undefined) continue;
    const isNamespace = NAMESPACES.has(func.id) && (node.args.length === 0 || /^e/.test(func.id));
    if (isNamespace) {
      refusals.push(refusalAt(path, unit, node, `${func.id} would work on the names of main`));
    }
  }
  for (const { node, at } of unit.summary.statements) {
    if (node.kind === 'Global' && at.scope.parent === undefined) {
      const reason = 'global at module level would mean something else in a function';
      refusals.push(refusalAt(path, unit, node, reason));
    }
    if (node.kind === 'Assign' && node.targets.some((to) => to.kind === 'Name' && to.id === '__all__')) {
      refusals.push(refusalAt(path, unit, node, 'the file says which of its names others import'));
    }
  }
  return refusals;
}

/** Two statements on one line, of which only one moves. */
function sharedLines({ facts, path }: AnalysedProgram, { of }: MainRoles): readonly Refusal[] {
  return facts.units.flatMap((unit, i) => {
    const next = facts.units[i + 1];
    const moves = (each: FactUnit): boolean => of.get(each) === 'run';
    if (!next || moves(unit) === moves(next) || !sharesLine(unit, next)) return [];
    return [refusalAt(path, next, next.unit.statement, 'statements of different kinds share a line')];
  });
}

/**
 * A process that is not forked runs the script once more, under another name: what stands outside of the author's
 * guard ran there, too, and within `main` it would not.
 */
function startedAgain({ facts, path }: AnalysedProgram, { of }: MainRoles): readonly Refusal[] {
  const isGuarded = facts.units.some(({ unit }) => /^if\s*\(?\s*__name__\b/.test(unit.text));
  const starter = facts.units.find(({ unit }) => PROCESSES.test(unit.text));
  const outside = facts.units.find(
    (unit) => of.get(unit) === 'run' && !/^if\s*\(?\s*__name__\b/.test(unit.unit.text),
  );
  if (!isGuarded || !starter || !outside) return [];
  const reason = 'processes that the program starts may run this once more, and would not in main';
  return [refusalAt(path, outside, outside.unit.statement, reason)];
}

function finalized({ facts, path }: AnalysedProgram): readonly Refusal[] {
  return facts.units.flatMap((unit) => {
    const at = unit.summary.statements.find(
      ({ node }) => node.kind === 'FunctionDef' && node.name === '__del__',
    );
    if (!at) return [];
    return [refusalAt(path, unit, at.node, 'objects with __del__ would be given up at another time')];
  });
}
