import type { FactUnit } from '../../semantics/facts';
import { isPredefined } from '../../knowledge/builtins';
import { HOST_QUESTION } from '../../semantics/hostQuestions';
import { parentsOf } from '../../semantics/parents';
import type { Evaluator } from '../../semantics/values';
import type { Call, Expression } from '../../syntax/ast';
import { sharesLine } from '../../stages/stages';
import type { Refusal } from '../../text/refusal';
import { baseName } from '../../text/workspace';
import type { AnalysedProgram } from '../outcome';
import { refusalAt, refusalInCell } from '../places';
import { selfReadings } from '../paths-to-config/guards';
import { isModules, mayBeQuery, queriedNames, readsOwnTables } from '../frameQueries';
import { isGuard } from './guard';
import { hazards } from './hazards';
import { lateStars } from './lateStars';
import type { Roles } from './roles';
import { FORMULA_PACKAGES, WORDS, formulaNames } from './textReads';

/** What looks names up in the frame of its caller. */
export const FRAME_READERS = new Set([
  ...['globals', 'locals', 'eval', 'exec', 'compile'].map((name) => `builtins.${name}`),
  ...['sys._getframe', 'inspect.currentframe', 'inspect.stack', 'inspect.trace', 'inspect.getframeinfo'],
  ...['numexpr.evaluate', 'duckdb.sql', 'duckdb.query', 'duckdb.execute', 'pandas.eval', 'pandasql.sqldf'],
  ...['format_stack', 'extract_stack', 'format_exc', 'print_stack', 'format_exception', 'format_tb'].map(
    (name) => `traceback.${name}`,
  ),
  ...['extract_tb', 'walk_tb', 'walk_stack', 'TracebackException'].map((name) => `traceback.${name}`),
  ...[
    'cProfile.run',
    'cProfile.runctx',
    'cProfile.Profile.run',
    'profile.run',
    'profile.runctx',
    'profile.Profile.run',
  ],
  ...['doctest.testmod', 'importlib.import_module', 'importlib.reload', 'runpy.run_module'],
  ...[
    'weakref.ref',
    'weakref.proxy',
    'weakref.finalize',
    'gc.get_referrers',
    'sys.getrefcount',
    'runpy.run_path',
  ],
]);
const FRAME_READERS_LAST = new Set([...FRAME_READERS].map((name) => name.slice(name.lastIndexOf('.') + 1)));
/** Why a call notices that it stands in a function. */
function whatItTells(callee: string): string {
  if (/^(?:weakref|gc|sys\.getrefcount)/.test(callee)) return 'tells when values are given up';
  if (/^(?:traceback|doctest)\b/.test(callee)) return 'tells where code stands';
  if (/^(?:importlib|runpy)\b/.test(callee)) return 'runs a module anew or by its name';
  return 'looks at the names around it, which would be others';
}

/** Without arguments these, too. */
const NAMESPACES = new Set(['vars', 'dir']);
/** Functions that take a formula wherever it comes from. */
const TAKES_FORMULA = /^(?:patsy|formulaic)\b|\bformula\b|\bfrom_formula$/;
/** Packages that pickle functions or hand them to other processes, which look them up by name in their module. */
const PROCESS_PACKAGES =
  /^(?:multiprocessing|concurrent|joblib|ray|dask|loky|billiard|torch\.multiprocessing|pickle|cPickle|dill|cloudpickle|shelve)\b/;
/** Arguments and calls that do the same. */
const SENDING = /\b(?:n_jobs|num_workers)\s*=|\btorch\.save\b|\.to_pickle\b/;

/** Places because of which the statements of a script cannot be moved into functions without a change. */
export function obstacles(program: AnalysedProgram, roles: Roles): readonly Refusal[] {
  const { facts, path } = program;
  const refusals: Refusal[] = [...selfReadings(program)];
  for (const binder of facts.unknownBinders) {
    if (binder.what.startsWith('from ')) continue;
    const reason = `${binder.what} may bind any name`;
    refusals.push(refusalInCell(path, binder.cell, binder.span.start, reason));
  }
  for (const unit of facts.units) {
    refusals.push(...frameReaders(unit, program, roles));
    const { statement } = unit.unit;
    if (statement.kind === 'Global') {
      refusals.push(
        refusalAt(path, unit, statement, 'global at module level would mean something else in a function'),
      );
    }
    for (const node of unit.summary.locate.keys()) {
      if (
        roles.of.get(unit) !== 'stay' &&
        node.kind === 'Await' &&
        unit.summary.locate.get(node)?.scope.enclosingFunction === undefined
      ) {
        refusals.push(refusalAt(path, unit, node, 'await stands outside of a function'));
      }
    }
    if (roles.of.get(unit) !== 'definition' || statement.kind !== 'ClassDef') continue;
    // Variables of the module live as long as they did.
    if (roles.shape === 'functions' && facts.program.kind !== 'notebook') continue;
    const isFinalized = statement.body.some(
      (inner) => inner.kind === 'FunctionDef' && inner.name === '__del__',
    );
    if (isFinalized) {
      refusals.push(
        refusalAt(path, unit, statement, 'objects with __del__ would be given up at another time'),
      );
    }
  }
  refusals.push(...hazards(program, roles), ...tellingTexts(program), ...foundByName(program, roles));
  refusals.push(...importers(program), ...sharedLines(program, roles), ...lateStars(program, roles));
  refusals.push(
    ...(roles.shape === 'class'
      ? [...mangled(program, roles), ...otherProcesses(program, roles)]
      : startedAnew(program, roles)),
  );
  refusals.push(...roles.problems.map(({ unit, node, reason }) => refusalAt(path, unit, node, reason)));
  return refusals;
}

export function frameReaders(unit: FactUnit, program: AnalysedProgram, roles: Roles): readonly Refusal[] {
  const { context, path } = program;
  const refusals: Refusal[] = [...handedReaders(unit, program)];
  for (const { node } of unit.summary.calls) {
    const { func } = node;
    const last = func.kind === 'Attribute' ? func.attr : func.kind === 'Name' ? func.id : '';
    const refuse = (reason: string): number => refusals.push(refusalAt(path, unit, node, reason));
    if (FRAME_READERS_LAST.has(last)) {
      const callee = context.evaluator.calleeOf(node, unit);
      if (callee !== undefined && FRAME_READERS.has(callee)) {
        refuse(`${callee.replace('builtins.', '')} ${whatItTells(callee)}`);
      }
    }
    if (NAMESPACES.has(last) && func.kind === 'Name' && node.args.length === 0) {
      refuse(`${last}() lists the names around it, which would be others`);
    }
    if (mayBeQuery(node)) {
      const names = queriedNames(node, unit, context.evaluator);
      const at = unit.summary.locate.get(node);
      // A variable of the module is found from its functions.
      const isFound =
        names !== undefined &&
        (roles.shape === 'functions' || !at || ![...names].some((name) => isModules(name, at.scope, unit)));
      if (!isFound) refuse(`${last} may read variables that its text names`);
    }
    if (runsInMain(node, unit, context.evaluator)) refuse(`${last} runs a text in the main module`);
    if (readsOwnTables(node, unit, context.evaluator)) {
      refuse(`${last} looks for tables among the names around it, which would be others`);
    }
    const callee = context.evaluator.qualifiedName(func, unit) ?? '';
    const keyword = node.keywords.find(({ name }) => name === 'formula')?.value;
    const formula = keyword ?? node.args[0];
    if (!FORMULA_PACKAGES.test(callee) || formula === undefined) continue;
    if (formula.kind !== 'Str' && keyword === undefined && !TAKES_FORMULA.test(callee)) continue;
    const isText = formula.kind === 'Str' && formula.value !== undefined;
    const names = isText ? new Set(formula.value.match(WORDS)) : formulaNames(program.facts);
    const isHidden = roles.shape !== 'functions' && [...roles.moved].some((name) => names.has(name));
    if ((formula.kind === 'Str' && !isText) || isHidden) refuse('the formula may read variables by name');
  }
  return refusals;
}

/** `cProfile.Profile().run("work()")`. */
export function runsInMain({ func }: Call, unit: FactUnit, evaluator: Evaluator): boolean {
  if (func.kind !== 'Attribute' || func.attr !== 'run') return false;
  return evaluator
    .valuesOf(func.value, unit)
    .some((value) => value.kind === 'result' && /^c?[Pp]rofile\.Profile$/.test(value.callee));
}

/** Builtins that look at the names around their call. */
const OPAQUE = /^(?:globals|locals|vars|dir|eval|exec)$/;

/** `get = globals`: who calls it then, and where, nobody knows. */
export function handedReaders(unit: FactUnit, { facts, path }: AnalysedProgram): readonly Refusal[] {
  return unit.summary.freeReferences.flatMap(({ name, node }) => {
    if (!OPAQUE.test(name) || facts.moduleBindings(name).length > 0) return [];
    const parent = parentsOf(unit.unit).get(node);
    if (parent?.kind === 'Call' && parent.func === node) return [];
    return [refusalAt(path, unit, node, `${name} looks at the names around its call, wherever that is`)];
  });
}

/** A script compares its name as it did before, whatever function it does that in. */
const OWN_NAME = /__name__\s*(?:==|!=)\s*['"]__main__['"]/g;

/** Texts that name this module or the place of a call in it. */
const TELLING: readonly (readonly [pattern: RegExp, reason: string])[] = [
  [/\b__main__\b/, 'the program names its own module'],
  [/\bsys\.modules\b/, 'the program may look at its own module'],
  [/%\((?:funcName|lineno|pathname)\)|\{(?:funcName|lineno|pathname)\b/, 'a log format names the function'],
  [
    /\b(?:tb_lineno|tb_frame|tb_next|f_lineno|co_name|__traceback__|exc_info\(\))/,
    'a traceback is looked at',
  ],
  [/\bprint_(?:exc|exception|tb)\(\s*[^)\s]/, 'a traceback may be printed'],
];

export function tellingTexts({ facts, path }: AnalysedProgram): readonly Refusal[] {
  const all = facts.units.map(({ unit }) => unit.text).join('\n');
  const logsTracebacks =
    /\blogging\b/.test(all) && /sys\.stdout/.test(all) && /exc_info\s*=|\.exception\(/.test(all);
  return facts.units.flatMap((unit) => {
    const { statement, text } = unit.unit;
    const plain = text.replace(OWN_NAME, '').replace(HOST_QUESTION, '');
    const telling = TELLING.find(([pattern]) => pattern.test(plain));
    if (telling) return [refusalAt(path, unit, statement, telling[1])];
    const isLog = logsTracebacks && /exc_info\s*=|\.exception\(/.test(text);
    return isLog ? [refusalAt(path, unit, statement, 'a traceback may be logged to standard output')] : [];
  });
}

/** `@app.route(...)`: a framework keeps such functions, and finds the object by its name in the module. */
export function foundByName(
  { facts, path }: AnalysedProgram,
  { moved }: Pick<Roles, 'moved'>,
): readonly Refusal[] {
  return facts.units.flatMap((unit) => {
    const { statement } = unit.unit;
    if (statement.kind !== 'FunctionDef' && statement.kind !== 'ClassDef') return [];
    return statement.decorators.flatMap((decorator) => {
      let root: Expression = decorator;
      let isMember = false;
      while (root.kind === 'Call' || root.kind === 'Attribute') {
        isMember ||= root.kind === 'Attribute';
        root = root.kind === 'Call' ? root.func : root.value;
      }
      if (!isMember || root.kind !== 'Name' || !moved.has(root.id)) return [];
      const reason = `${root.id} may be looked up in this module by what serves or runs it`;
      return [refusalAt(path, unit, decorator, reason)];
    });
  });
}

/** Files that a tool runs or imports by their name, for the names that they bind. */
const BY_FILE_NAME =
  /^(?:__init__|__main__|conf|conftest|setup|settings|config|noxfile|tasks|fabfile|manage|wsgi|asgi|sitecustomize|usercustomize|gunicorn.*|jupyter_.*config|ipython_.*config|dags?)\.py$/;

/** Whoever imports the script would find the names of its stages gone, and nothing done. */
export function importers({ facts, context, path }: AnalysedProgram): readonly Refusal[] {
  const [first] = facts.cells;
  if (!first || facts.program.kind === 'notebook') return [];
  const [importer] = context.project?.importers ?? [];
  if (importer !== undefined) {
    return [
      refusalInCell(path, first, 0, `${importer} imports this file and so relies on what it does then`),
    ];
  }
  if (context.isTest || BY_FILE_NAME.test(baseName(path))) {
    return [
      refusalInCell(
        path,
        first,
        0,
        'a file of this name is run or imported by a tool, for the names that it binds',
      ),
    ];
  }
  const supplied = facts.freeReferences.find(
    ({ reference: { name, isGuarded } }) =>
      !isGuarded && facts.moduleBindings(name).length === 0 && !isPredefined(name, undefined),
  );
  if (!supplied || facts.unknownBinders.length > 0) return [];
  const { reference, unit } = supplied;
  return [refusalAt(path, unit, reference.node, `whoever runs this file gives it ${reference.name}`)];
}

/** `__x` within a class is another name. */
function mangled({ facts, path }: AnalysedProgram, roles: Roles): readonly Refusal[] {
  return facts.units.flatMap((unit) => {
    const role = roles.of.get(unit);
    if (role !== 'run' && role !== 'method') return [];
    const at = /(?<![\w"'])__(?!\w*__\b)\w+/.exec(unit.unit.text);
    if (!at) return [];
    const place = { start: at.index, end: at.index + at[0].length };
    return [refusalAt(path, unit, place, `${at[0]} would be another name within a class`)];
  });
}

/** Two statements on one line, of which only one moves. */
export function sharedLines({ facts, path }: AnalysedProgram, roles: Roles): readonly Refusal[] {
  return facts.units.flatMap((unit, i) => {
    const next = facts.units[i + 1];
    if (!next || roles.of.get(unit) === roles.of.get(next)) return [];
    if (!sharesLine(unit, next)) return [];
    return [refusalAt(path, next, next.unit.statement, 'statements of different kinds share a line')];
  });
}

export function sendsFunctions({ unit, summary }: FactUnit): boolean {
  return (
    SENDING.test(unit.text) ||
    summary.statements.some(
      ({ node }) =>
        (node.kind === 'Import' && node.names.some(({ name }) => PROCESS_PACKAGES.test(name))) ||
        (node.kind === 'ImportFrom' &&
          PROCESS_PACKAGES.test(node.module) &&
          !node.names.every(({ name }) => OF_THREADS.has(name))),
    )
  );
}

/** What these packages have for threads, which share everything. */
const OF_THREADS: ReadonlySet<string> = new Set([
  ...['ThreadPoolExecutor', 'as_completed', 'wait', 'Future', 'ThreadPool'],
]);

/** Functions that pickles and other processes look up by name have to stay functions of the module. */
function otherProcesses({ facts, path }: AnalysedProgram, roles: Roles): readonly Refusal[] {
  const functions = new Set<string>();
  for (const unit of facts.units) {
    const { statement } = unit.unit;
    const isMoved = roles.of.get(unit) === 'method' || roles.of.get(unit) === 'run';
    if (isMoved && statement.kind === 'FunctionDef') functions.add(statement.name);
  }
  if (!facts.units.some((unit) => sendsFunctions(unit))) return [];
  return facts.freeReferences.flatMap(({ reference: { name, node, time }, unit }) => {
    const parent = parentsOf(unit.unit).get(node);
    const isCalled = parent?.kind === 'Call' && parent.func === node;
    const isSent = functions.has(name) && !isCalled;
    // A lambda that reads what the stages share holds the pipeline from now on, and takes it along.
    const isHeld =
      time === 'later' &&
      roles.of.get(unit) === 'run' &&
      unit.unit.statement.kind !== 'FunctionDef' &&
      roles.moved.has(name);
    if (!isSent && !isHeld) return [];
    const reason = `${name} is needed by what may be pickled or sent to another process`;
    return [refusalAt(path, unit, node, reason)];
  });
}

/** Processes that are not forked run the file anew, under another name: what is in functions now would not run. */
function startedAnew({ facts, path }: AnalysedProgram, roles: Roles): readonly Refusal[] {
  const hasProcesses = facts.units.some((unit) => sendsFunctions(unit));
  if (!hasProcesses) return [];
  return facts.units.flatMap((unit) => {
    const isAnew = /['"](?:spawn|forkserver)['"]/.test(unit.unit.text);
    const isOutside = facts.units.some((other) => roles.of.get(other) === 'run' && !isGuard(other));
    if (!isAnew || !isOutside) return [];
    return [
      refusalAt(path, unit, unit.unit.statement, 'processes run this file anew, also what stands here'),
    ];
  });
}
