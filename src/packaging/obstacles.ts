import { isPredefined } from '../knowledge/builtins';
import { mainOnly, hazards } from '../refactorings/extract-pipeline/hazards';
import {
  foundByName,
  frameReaders,
  sendsFunctions,
  sharedLines,
  tellingTexts,
} from '../refactorings/extract-pipeline/obstacles';
import { lateStars } from '../refactorings/extract-pipeline/lateStars';
import { shownOrigins } from '../refactorings/extract-pipeline/origins';
import type { Roles } from '../refactorings/extract-pipeline/roles';
import type { AnalysedProgram } from '../refactorings/outcome';
import { selfReadings } from '../refactorings/paths-to-config/guards';
import { refusalAt, refusalInCell } from '../refactorings/places';
import type { FactUnit } from '../semantics/facts';
import { parentsOf } from '../semantics/parents';
import type { Refusal } from '../text/refusal';
import { testedName } from './membership';

/** What IPython keeps of what cells have shown, and of their text. */
const HISTORY = /^(?:_+|_i+|_\d+|_i\d+|In|Out|_ih|_oh|_dh|_exit_code)$/;
/** What looks a function or class up by its name in its module. */
const PICKLES = /\b(?:pickle|cPickle|dill|cloudpickle|joblib|shelve)\b|\btorch\.save\b|\.to_pickle\b/;
/** What starts other processes that have to find the program's functions. */
const PROCESSES =
  /\b(?:multiprocessing|concurrent\.futures|ProcessPoolExecutor|joblib|ray|dask|loky|billiard)\b|\b(?:n_jobs|num_workers)\s*=/;
/** An import of nothing but threads. */
const THREADS_ALONE =
  /^from\s+concurrent\.futures\s+import\s+(?:ThreadPoolExecutor|as_completed|wait|,|\s)+$/gm;
const FORKING = /get_context\(\s*['"]fork['"]\s*\)|set_start_method\(\s*['"]fork['"]/;

/** Places because of which a program cannot become a package without a change. */
export function packageObstacles(program: AnalysedProgram, roles: Roles): readonly Refusal[] {
  const { facts, path } = program;
  const refusals: Refusal[] = [...selfReadings(program)];
  for (const { what, cell, span } of facts.unknownBinders) {
    if (what.startsWith('from ')) continue;
    refusals.push(refusalInCell(path, cell, span.start, `${what} may bind any name`));
  }
  for (const unit of facts.units) {
    const { statement } = unit.unit;
    refusals.push(
      ...frameReaders(unit, program, { ...roles, shape: 'class' }).filter(
        (refusal) => !isAtMembershipTest(refusal, unit, roles),
      ),
    );
    if (roles.of.get(unit) === 'stay') {
      refusals.push(refusalAt(path, unit, statement, 'only a notebook can run this'));
    }
    if (statement.kind === 'Global') {
      refusals.push(refusalAt(path, unit, statement, 'global at module level would mean something else'));
    }
    const finalizer = unit.summary.statements.find(
      ({ node }) => node.kind === 'FunctionDef' && node.name === '__del__',
    );
    if (finalizer) {
      refusals.push(
        refusalAt(path, unit, finalizer.node, 'objects with __del__ would be given up at another time'),
      );
    }
  }
  refusals.push(
    ...hazards(program, roles),
    ...tellingTexts(program),
    ...foundByName(program, roles),
    ...sharedLines(program, roles),
  );
  refusals.push(...lateStars(program, roles), ...mainOnly(program));
  refusals.push(...suppliedNames(program), ...ownPlace(program), ...lookedUp(program, roles));
  refusals.push(...shownOrigins(program, { inPickles: false, movesModules: true }));
  refusals.push(...roles.problems.map(({ unit, node, reason }) => refusalAt(path, unit, node, reason)));
  return refusals;
}

function isAtMembershipTest({ line }: Refusal, unit: FactUnit, roles: Roles): boolean {
  return unit.summary.calls.some(
    ({ node }) =>
      unit.cell.lines.positionAt(unit.start + node.start).line === line &&
      testedName(node, unit, roles.moved) !== undefined,
  );
}

/** Names that whoever runs the program supplies, or that IPython keeps. */
function suppliedNames({ facts, path }: AnalysedProgram): readonly Refusal[] {
  const hasStar = facts.unknownBinders.some(({ what }) => what.startsWith('from '));
  return facts.freeReferences.flatMap(({ reference: { name, node, isGuarded }, unit }) => {
    if (facts.moduleBindings(name).length > 0) return [];
    if (HISTORY.test(name)) {
      return [refusalAt(path, unit, node, `${name} is what a cell has shown or run before`)];
    }
    if (name === 'get_ipython') return [refusalAt(path, unit, node, 'get_ipython needs a notebook')];
    if (isGuarded || hasStar || isPredefined(name, undefined)) return [];
    return [refusalAt(path, unit, node, `nothing in the program binds ${name}`)];
  });
}

/** `__file__` is another file in a package; so is what a module is called. */
function ownPlace({ facts, path }: AnalysedProgram): readonly Refusal[] {
  return facts.freeReferences.flatMap(({ reference: { name, node }, unit }) => {
    const reason = /^__(?:file|spec|loader|package|path|cached)__$/.test(name)
      ? `${name} says where the program's own file lies, which is another place for a package`
      : undefined;
    return reason === undefined ? [] : [refusalAt(path, unit, node, reason)];
  });
}

/** Functions and classes that pickles and other processes look up by name, but that are made while the program runs. */
function lookedUp({ facts, path }: AnalysedProgram, roles: Roles): readonly Refusal[] {
  const all = facts.units.map(({ unit }) => unit.text).join('\n');
  const isPickling = PICKLES.test(all) || facts.units.some((unit) => sendsFunctions(unit));
  if (!isPickling) return [];
  const startsProcesses = PROCESSES.test(all.replace(THREADS_ALONE, '')) && !FORKING.test(all);
  const stateful = startsProcesses ? readersOf(facts.units, roles) : new Set<string>();
  const refusals: Refusal[] = [];
  for (const unit of facts.units) {
    const { statement } = unit.unit;
    if (statement.kind === 'ClassDef' && roles.of.get(unit) === 'run') {
      const reason = `${statement.name} may be pickled, and is made while the program runs`;
      refusals.push(refusalAt(path, unit, statement, reason));
    }
  }
  const running = new Set(
    facts.units.flatMap((unit) => {
      const { statement } = unit.unit;
      return statement.kind === 'FunctionDef' && roles.of.get(unit) === 'run' ? [statement.name] : [];
    }),
  );
  for (const { reference, unit } of facts.freeReferences) {
    const { name, node } = reference;
    const parent = parentsOf(unit.unit).get(node);
    const isCalled = parent?.kind === 'Call' && parent.func === node;
    if (isCalled) continue;
    if (running.has(name) || stateful.has(name)) {
      const reason = `${name} may be sent to another process or pickled, and needs what the program has computed`;
      refusals.push(refusalAt(path, unit, node, reason));
    }
  }
  return refusals;
}

/** Functions and classes that read a moved name, themselves or through others. */
function readersOf(units: readonly FactUnit[], roles: Roles): ReadonlySet<string> {
  const readers = new Set<string>();
  for (let size = -1; size !== readers.size;) {
    size = readers.size;
    for (const { unit, summary } of units) {
      const { statement } = unit;
      if (statement.kind !== 'FunctionDef' && statement.kind !== 'ClassDef') continue;
      if (summary.freeReferences.some(({ name }) => roles.moved.has(name) || readers.has(name))) {
        readers.add(statement.name);
      }
    }
  }
  return readers;
}
