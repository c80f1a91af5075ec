import type { FactUnit, ProgramFacts } from '../semantics/facts';
import { isUnderMainGuard, namesUnderMainGuard } from '../semantics/mainGuard';
import type { Scope } from '../semantics/scope';
import type { Located, UnitSummary } from '../semantics/summary';
import type { Evaluator } from '../semantics/values';
import type { Expression, FunctionDef, NodeBase } from '../syntax/ast';

/** Names of functions that a main guard runs for nothing but the command line. */
const MAIN_NAME = /^_*(?:async_|a)?main_*$|^cli$/;
/** What reads the command line. */
const ARGUMENT_READERS: ReadonlySet<string> = new Set([
  'ArgumentParser',
  'parse_args',
  'parse_known_args',
  'parse_intermixed_args',
]);
const COMMAND_PACKAGES = /^(?:click|rich_click|asyncclick|typer|cyclopts)(?:\.|$)/;
/** Methods of groups and apps that make a function a command. */
const COMMAND_METHODS: ReadonlySet<string> = new Set(['command', 'group', 'callback', 'result_callback']);
/** Functions that run the function that they are given as a command. */
const COMMAND_RUNNERS: ReadonlySet<string> = new Set([
  'typer.run',
  'fire.Fire',
  'absl.app.run',
  'plac.call',
  'argh.dispatch_command',
  'tyro.cli',
  'defopt.run',
]);

/** Whether code at a place writes a command line's own output: in `main` under the guard, or in a command. */
export function isCommandLine(node: NodeBase, at: Located, unit: FactUnit, evaluator: Evaluator): boolean {
  if (isUnderMainGuard(node, at.block)) return true;
  return functionsAround(at.scope).some((around) => isCommand(around, unit, evaluator));
}

/** The functions around a scope, innermost first. */
export function functionsAround(scope: Scope): readonly FunctionDef[] {
  return [...scope.outwards()].flatMap(({ node }) => (node?.kind === 'FunctionDef' ? [node] : []));
}

function isCommand(node: FunctionDef, unit: FactUnit, evaluator: Evaluator): boolean {
  const { facts } = unit;
  if (
    readersOf(unit.summary).has(node) ||
    node.decorators.some((one) => isCommandDecorator(one, unit, evaluator))
  )
    return true;
  const isModuleFunction = unit.summary.scopeOf.get(node)?.parent?.parent === undefined;
  if (!isModuleFunction) return false;
  if (MAIN_NAME.test(node.name) && namesUnderMainGuard(facts).has(node.name)) return true;
  return commandNames(facts, evaluator).has(node.name);
}

function isCommandDecorator(decorator: Expression, unit: FactUnit, evaluator: Evaluator): boolean {
  const target = decorator.kind === 'Call' ? decorator.func : decorator;
  const name = evaluator.qualifiedName(target, unit);
  if (name !== undefined && COMMAND_PACKAGES.test(name)) return true;
  return target.kind === 'Attribute' && COMMAND_METHODS.has(target.attr) && importsCommandPackage(unit.facts);
}

function importsCommandPackage(facts: ProgramFacts): boolean {
  return facts.units.some(({ unit: { statement } }) => {
    if (statement.kind === 'Import') return statement.names.some(({ name }) => COMMAND_PACKAGES.test(name));
    // A group that another module of the project makes.
    return (
      statement.kind === 'ImportFrom' && (COMMAND_PACKAGES.test(statement.module) || statement.level > 0)
    );
  });
}

const readers = new WeakMap<UnitSummary, ReadonlySet<FunctionDef>>();

/** The functions that read the command line. */
function readersOf(summary: UnitSummary): ReadonlySet<FunctionDef> {
  let found = readers.get(summary);
  if (!found) {
    const functions = summary.calls.flatMap(({ node: { func }, at }) => {
      const name = func.kind === 'Attribute' ? func.attr : func.kind === 'Name' ? func.id : '';
      const around = at.scope.enclosingFunction;
      return around && ARGUMENT_READERS.has(name) ? [around] : [];
    });
    readers.set(summary, (found = new Set(functions)));
  }
  return found;
}

const handed = new WeakMap<ProgramFacts, ReadonlySet<string>>();

/** Functions that a parser's `set_defaults(func=...)` chooses among, or that are handed to what runs commands. */
function commandNames(facts: ProgramFacts, evaluator: Evaluator): ReadonlySet<string> {
  let names = handed.get(facts);
  if (names) return names;
  const found: Expression[] = [];
  for (const { call } of facts.callsNamed('set_defaults')) {
    found.push(...call.keywords.map(({ value }) => value));
  }
  for (const name of new Set(
    [...COMMAND_RUNNERS].map((runner) => runner.slice(runner.lastIndexOf('.') + 1)),
  )) {
    for (const { call, unit } of facts.callsNamed(name)) {
      const callee = evaluator.calleeOf(call, unit);
      if (callee !== undefined && COMMAND_RUNNERS.has(callee)) found.push(...call.args);
    }
  }
  names = new Set(found.flatMap((node) => (node.kind === 'Name' ? [node.id] : [])));
  handed.set(facts, names);
  return names;
}
