import { BUILTIN_NAMES } from '../../knowledge/builtins';
import type { CodeCell, FactUnit, ProgramFacts } from '../../semantics/facts';
import { isIsolated } from '../../semantics/facts';
import type { CellChange, FileChange } from '../../text/change';
import { EditSet, type TextEdit } from '../../text/edit';
import type { Refusal } from '../../text/refusal';
import { baseName } from '../../text/workspace';
import type { Region } from '../extract-pipeline/regions';
import { notebookObstacles } from '../extract-pipeline/notebookObstacles';
import { NO_PASSING } from '../extract-pipeline/passing';
import type { Role } from '../extract-pipeline/roles';
import type { AnalysedProgram } from '../outcome';
import { refusalAt } from '../places';
import { type StatePlan, classText, namesOf, outsideEdits } from './text';

/** Names that IPython puts into a notebook and a module does not have. */
const OF_NOTEBOOKS = /^(?:display|get_ipython|In|Out|_+|_i+|_\d+|_i\d+|spark|sc|dbutils|displayHTML)$/;
/** The folder in which Python looks for the module, or what it runs at an import, changes. */
const OTHER_FOLDER = /\bchdir\b|%cd\b|%pushd\b|%popd\b/;

/** What keeps the class from moving to a module beside the notebook. */
export function moduleObstacles(program: AnalysedProgram, plans: readonly StatePlan[]): readonly Refusal[] {
  const { facts, path } = program;
  const moved = new Set(plans.flatMap(({ state }) => [...state.methods, ...state.initial]));
  const names = new Set(plans.flatMap(({ state }) => [...namesOf(state)]));
  const roles = new Map<FactUnit, Role>();
  for (const unit of facts.units) {
    const stays = unit.unit.escapes.length > 0 || isIsolated(unit);
    roles.set(unit, moved.has(unit) ? 'definition' : stays ? 'stay' : 'run');
  }
  const refusals = [
    ...notebookObstacles(
      program,
      { of: roles, problems: [], moved: names, shape: 'class' },
      { passing: NO_PASSING },
    ),
  ];
  for (const plan of plans) {
    const own = namesOf(plan.state);
    const early = facts.units.find(
      ({ order, unit }) => order < plan.state.above.order && OTHER_FOLDER.test(unit.text),
    );
    if (early) {
      refusals.push(
        refusalAt(path, early, early.unit.statement, 'the module would not be found from another folder'),
      );
    }
    for (const unit of [...plan.state.methods, ...plan.state.initial]) {
      for (const { name, node } of unit.summary.freeReferences) {
        if (own.has(name) || isThere(name, facts)) continue;
        refusals.push(
          refusalAt(path, unit, node, `${name} is the notebook's, and a module beside it does not have it`),
        );
      }
      const binds = unit.summary.moduleBindings.find(
        ({ name, scope }) => scope.parent !== undefined && !own.has(name),
      );
      if (binds) refusals.push(refusalAt(path, unit, binds, `${binds.name} is a variable of the notebook`));
    }
  }
  return refusals;
}

/** A builtin that nobody replaces, or what one import statement binds. */
function isThere(name: string, facts: ProgramFacts): boolean {
  const bindings = facts.moduleBindings(name);
  if (bindings.length === 0) return BUILTIN_NAMES.has(name) && !OF_NOTEBOOKS.test(name);
  return bindings.every(({ unit }) => isImport(unit) && unit.unit.text === bindings[0]!.unit.unit.text);
}

function isImport({ unit: { statement, escapes } }: FactUnit): boolean {
  const isPlain = statement.kind === 'Import' || (statement.kind === 'ImportFrom' && !statement.isStar);
  return isPlain && escapes.length === 0;
}

/** The module with the classes, and the cells that import and call them. */
export function notebookFiles(
  { facts, path }: AnalysedProgram,
  plans: readonly StatePlan[],
  regions: ReadonlyMap<FactUnit, Region>,
  { modulePath, moduleName }: { readonly modulePath: string; readonly moduleName: string },
): readonly FileChange[] {
  const cells = facts.cells.flatMap((cell): CellChange[] => {
    const edits = cellEdits(cell, facts, plans, regions, moduleName);
    if (edits.length === 0 || cell.cell.index === null) return [];
    return [{ cell: cell.cell.index, before: cell.cell.source, edits: new EditSet(edits) }];
  });
  return [
    { kind: 'create', path: modulePath, content: moduleText(facts, path, plans, regions) },
    { kind: 'notebook', path, cells },
  ];
}

function moduleText(
  facts: ProgramFacts,
  path: string,
  plans: readonly StatePlan[],
  regions: ReadonlyMap<FactUnit, Region>,
): string {
  const moved = plans.flatMap(({ state }) => [...state.methods, ...state.initial]);
  const needed = new Set(moved.flatMap((unit) => unit.summary.freeReferences.map(({ name }) => name)));
  const imports = facts.units
    .filter((unit) => isImport(unit) && unit.summary.moduleBindings.some(({ name }) => needed.has(name)))
    .map(({ unit }) => unit.text);
  const future = facts.units
    .filter(({ unit }) => /^from\s+__future__\b/.test(unit.text))
    .map(({ unit }) => unit.text);
  const lines = [...new Set([...future, ...imports])];
  const title = `"""State of ${baseName(path).replaceAll('\\', '/').replaceAll('"', "'")}."""`;
  const parts = [
    [title, lines.join('\n')].filter(Boolean).join('\n\n'),
    ...plans.map((plan) => classText(plan, plans, regions, facts)),
  ];
  return `${parts.join('\n\n\n')}\n`.replace(/\r\n|\r/g, '\n');
}

function cellEdits(
  cell: CodeCell,
  facts: ProgramFacts,
  plans: readonly StatePlan[],
  regions: ReadonlyMap<FactUnit, Region>,
  moduleName: string,
): readonly TextEdit[] {
  const units = facts.units.filter((unit) => unit.cell === cell);
  const isGone = (unit: FactUnit): boolean =>
    plans.some(({ state }) => state.methods.includes(unit) || state.initial.includes(unit));
  const edits: TextEdit[] = [];
  const isEmpty = units.length > 0 && units.every(isGone);
  const makingAt = (unit: FactUnit): readonly string[] =>
    plans
      .filter(({ state }) => state.above === unit)
      .flatMap(({ className, objectName }) => [
        `from ${moduleName} import ${className}`,
        `${objectName} = ${className}()`,
      ]);
  const all = isEmpty ? units.flatMap(makingAt) : [];
  for (const unit of units) {
    const { start, end } = regions.get(unit)!;
    // Where nothing else is left, all that is made is made in the place of the first.
    const whole = unit === units[0] ? (all.length > 0 ? all : [`# moved to ${moduleName}.py`]) : [];
    const text = (isEmpty ? whole : makingAt(unit)).join('\n');
    if (!isGone(unit)) {
      if (text !== '') edits.push({ span: { start, end: start }, newText: `${text}\n` });
      edits.push(...outsideEdits(unit, plans));
      continue;
    }
    const isLast = units.at(-1) === unit;
    edits.push({ span: { start, end }, newText: text === '' || isLast || isEmpty ? text : `${text}\n` });
  }
  return edits;
}
