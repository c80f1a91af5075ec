import type { FactUnit, PlacedBinding, ProgramFacts } from '../../semantics/facts';
import type { Call, FunctionDef, Statement } from '../../syntax/ast';
import type { Refusal } from '../../text/refusal';
import type { AnalysedProgram } from '../outcome';
import { refusalAt } from '../places';
import { importedModules } from './imports';
import { Lifetimes } from './lifetime';

/** What looks at where code stands, how deep it is called or how a function is called in full. */
const PLACES: readonly (readonly [pattern: RegExp, reason: string])[] = [
  [/\bRecursionError\b|\bgetrecursionlimit\b/, 'how deep calls may go shows here'],
  [
    /\bshowwarning\b|\bformatwarning\b|\bcaptureWarnings\b/,
    'a warning may be shown with the line that it comes from',
  ],
  [/\bast_node_interactivity\b/, 'more than the last value of a cell is shown from here on'],
];
/** What sends standard error elsewhere; warnings and tracebacks name lines. */
const ERROR_STREAM = /\bredirect_stderr\b|\bsys\.stderr\s*=(?!=)/;
/** Of a recorded warning. */
const WARNING_PLACE = /\.(?:lineno|filename)\b/;
/** Calls that make a class whose module or name in the module counts when it is pickled. */
export const CLASS_MAKERS: ReadonlySet<string> = new Set([
  ...['collections.namedtuple', 'typing.NamedTuple', 'typing.NewType', 'dataclasses.make_dataclass'],
  ...['enum.Enum', 'enum.IntEnum', 'enum.Flag', 'enum.IntFlag', 'enum.StrEnum', 'types.new_class'],
]);
const PICKLING =
  /\b(?:pickle|cPickle|dill|cloudpickle|joblib|shelve|multiprocessing|ProcessPoolExecutor)\b|\btorch\.save\b|\bn_jobs\s*=/;
/** What is done for all to see while a definition is made. */
const LOUD = new Set(['print', 'open', 'input', 'write']);

/** What means the module `__main__`: its tests, and deprecations, which count there only, unless somebody sets the filters. */
export function mainOnly({ facts, path, context }: AnalysedProgram): readonly Refusal[] {
  const tests = [...facts.callsNamed('main'), ...facts.callsNamed('testmod')].flatMap(({ call, unit }) => {
    const callee = context.evaluator.calleeOf(call, unit) ?? '';
    if (!/^(?:unittest|doctest)\b/.test(callee)) return [];
    return [refusalAt(path, unit, call, `${callee} looks for tests in the main module`)];
  });
  return [...tests, ...countedWarnings(facts, path)];
}

function countedWarnings(facts: ProgramFacts, path: string): readonly Refusal[] {
  const areSet = facts.units.some(({ unit }) =>
    /\b(?:simplefilter|filterwarnings|resetwarnings|PYTHONWARNINGS)\b/.test(unit.text),
  );
  if (areSet) return [];
  return facts.callsNamed('catch_warnings').flatMap(({ call, unit }) => {
    if (!call.keywords.some(({ name }) => name === 'record')) return [];
    return [refusalAt(path, unit, call, 'which warnings are recorded here depends on the module that warns')];
  });
}

/** What becomes of each statement: `run` and `method` go into functions, `definition` stays. */
export interface Places {
  readonly of: ReadonlyMap<FactUnit, string>;
}

/**
 * Places that notice that statements run in functions, or that their values are given up when these end.
 *
 * @param keepsClasses Classes that are made by what runs are declared `global`, and so keep their qualified name.
 */
export function hazards(
  { facts, path, context }: AnalysedProgram,
  roles: Places,
  keepsClasses = false,
): readonly Refusal[] {
  const refusals: Refusal[] = [];
  const texts = facts.units.map(({ unit }) => unit.text);
  const has = (pattern: RegExp): boolean => texts.some((text) => pattern.test(text));
  const isRecording = has(/\bcatch_warnings\b/);
  const isWarned = has(/\bwarn(?:ings?)?\b|\btraceback\b|\blogging\b/);
  const isPickling = has(PICKLING);
  const isAsked = has(/\batexit\b/);
  const lifetimes = new Lifetimes(context.evaluator);
  const functions = movedFunctions(facts.units, roles);
  const isNamed =
    functions.size > 0 ||
    facts.units.some((unit) => roles.of.get(unit) === 'run' && makesNamed(unit, keepsClasses));
  const speaksAtEnd = facts.units.some((unit) => closesLoudly(unit));
  const kept: PlacedBinding[] = [];
  for (const unit of facts.units) {
    const { statement, text } = unit.unit;
    const refuse = (reason: string, node: { start: number; end: number } = statement): number =>
      refusals.push(refusalAt(path, unit, node, reason));
    for (const [pattern, reason] of PLACES) if (pattern.test(text)) refuse(reason);
    if (isWarned && ERROR_STREAM.test(text)) {
      refuse('what goes to standard error, with the lines that it comes from, may be read');
    }
    if (isRecording && WARNING_PLACE.test(text)) refuse('the line that a warning comes from may be read');
    if (isNamed && /\b__qualname__\b/.test(text)) refuse('__qualname__ tells where a function stands');
    for (const { node } of unit.summary.calls) {
      const target = node.func.kind === 'Name' ? functions.get(node.func.id) : undefined;
      if (target && mayNotFit(node, target)) {
        refuse(
          `${target.name} may be called with other arguments than it takes, and an error would say where it stands`,
          node,
        );
      }
      const isMaker = isPickling && roles.of.get(unit) === 'run';
      if (isMaker && CLASS_MAKERS.has(context.evaluator.calleeOf(node, unit) ?? '')) {
        refuse('pickles look for the class that is made here in the module', node);
      }
    }
    const finalizing = importedModules(unit).find((name) =>
      context.evaluator.project
        ?.moduleNamed(name)
        ?.facts.units.some((other) => /\bdef __del__\b/.test(other.unit.text)),
    );
    if (finalizing !== undefined)
      refuse(`objects of ${finalizing} with __del__ would be given up at another time`);
    for (const { name, node } of unit.summary.freeReferences) {
      if (name === '__annotations__') refuse('__annotations__ lists what the module declares', node);
    }
    if (speaksAtEnd && roles.of.get(unit) === 'run') {
      for (const binding of unit.summary.moduleBindings) {
        if (!lifetimes.isPlainBinding({ binding, unit })) kept.push({ unit, binding });
      }
    }
    if (isAsked && roles.of.get(unit) === 'run') {
      const held = unit.summary.moduleBindings.find(
        (binding) => !lifetimes.isPlainBinding({ binding, unit }),
      );
      if (held) refuse(`${held.name} would be given up before what atexit calls`, held);
    }
    if (roles.of.get(unit) === 'definition' && isLoud(statement, facts.units)) {
      refuse('making this definition prints or writes something, which an import would do');
    }
  }
  const [first, second] = kept;
  if (first && second) {
    const names = `${first.binding.name} and ${second.binding.name}`;
    const reason = `${names} may be given up in another order at the end, which a generator here tells`;
    refusals.push(refusalAt(path, second.unit, second.binding, reason));
  }
  return refusals;
}

/** A generator that does something when it is closed: `finally` around a `yield`. Context managers are closed by `with`. */
function closesLoudly({ unit: { text, statement }, summary }: FactUnit): boolean {
  if (!/\byield\b/.test(text) || !/\bfinally\b/.test(text)) return false;
  const isManager =
    statement.kind === 'FunctionDef' &&
    statement.decorators.some(({ start, end }) => /contextmanager\b/.test(text.slice(start, end)));
  return (
    !isManager &&
    summary.statements.some(
      ({ node }) =>
        node.kind === 'Try' &&
        node.finalbody.length > 0 &&
        /\byield\b/.test(text.slice(node.start, node.end)),
    )
  );
}

/** Whether a function or class is made in a statement, which stands in a function from now on. */
function makesNamed({ summary }: FactUnit, keepsClasses: boolean): boolean {
  return (
    [...summary.locate.keys()].some(({ kind }) => kind === 'Lambda') ||
    summary.statements.some(
      ({ node }) => node.kind === 'FunctionDef' || (node.kind === 'ClassDef' && !keepsClasses),
    )
  );
}

/** Functions that are no longer the module's. */
function movedFunctions(units: readonly FactUnit[], roles: Places): ReadonlyMap<string, FunctionDef> {
  const moved = new Map<string, FunctionDef>();
  for (const unit of units) {
    const { statement } = unit.unit;
    const isMoved = ['run', 'method'].includes(roles.of.get(unit)!);
    if (isMoved && statement.kind === 'FunctionDef') moved.set(statement.name, statement);
  }
  return moved;
}

/** Whether a call has too many or too few arguments; those that are unpacked are taken to fit. */
function mayNotFit(call: Call, { params }: FunctionDef): boolean {
  if (call.args.some(({ kind }) => kind === 'Starred')) return false;
  if (call.keywords.some(({ name }) => name === undefined)) return false;
  const plain = params.filter(({ type }) => type === 'plain' || type === 'positional-only');
  const takesMore = params.some(({ type }) => type === 'star');
  if (!takesMore && call.args.length > plain.length) return true;
  const named = new Set(call.keywords.map(({ name }) => name));
  return plain.slice(call.args.length).some((param) => !param.default && !named.has(param.name));
}

/** Whether a class body, or a decorator of the program's own, prints or writes while the definition is made. */
function isLoud(statement: Statement, units: readonly FactUnit[]): boolean {
  if (statement.kind === 'ClassDef' && statement.body.some(speaks)) return true;
  if (statement.kind !== 'ClassDef' && statement.kind !== 'FunctionDef') return false;
  return statement.decorators.some((decorator) => {
    const root = decorator.kind === 'Call' ? decorator.func : decorator;
    if (root.kind !== 'Name') return false;
    return units.some(
      ({ unit: { statement: other } }) =>
        other.kind === 'FunctionDef' && other.name === root.id && other.body.some(speaks),
    );
  });
}

function speaks(statement: Statement): boolean {
  if (statement.kind !== 'Expr' || statement.value.kind !== 'Call') return false;
  const { func } = statement.value;
  return (func.kind === 'Name' && LOUD.has(func.id)) || (func.kind === 'Attribute' && LOUD.has(func.attr));
}
