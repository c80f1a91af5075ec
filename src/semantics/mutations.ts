import {
  type ChangedArguments,
  INPLACE_KEYWORD,
  IN_PLACE_SUFFIX,
  ITEM_VIEWS,
  MUTATING_FUNCTIONS,
  MUTATING_FUNCTION_PATTERNS,
  MUTATING_METHODS,
  OUT_KEYWORD,
  OUT_PACKAGES,
  READING_FUNCTIONS,
  READING_METHODS,
  READING_PACKAGES,
  TELLING_METHODS,
  VIEWS,
} from '../knowledge/mutations';
import { BUILTIN_NAMES } from '../knowledge/builtins';
import type { Call, Expression, Name, Statement } from '../syntax/ast';
import { childExpressions, statementExpressions } from '../syntax/walk';
import type { FactUnit } from './facts';
import { type KnownKind, kindsOf } from './objectKinds';
import { reachingBindings } from './reaching';
import type { Evaluator } from './values';

/**
 * How surely an object is changed. `certain`: the syntax or the known kind of the object says so; `likely`: one of the
 * alternatives does, or the method's name alone; `possible`: a call of which nothing is known may do it.
 */
export type MutationCertainty = 'certain' | 'likely' | 'possible';

/** An object that is changed in place. A name that is bound anew is none: that is a binding. */
export interface Mutation {
  /** Whose object: `runs` in `runs.append(1)`, `state["a"]` in `state["a"].x = 1`, `df` in `df.loc[0, "a"] = 1`. */
  readonly target: Expression;
  readonly by: 'item' | 'attribute' | 'augmented' | 'method' | 'argument' | 'iteration';
  /** The call, or the statement that stores. */
  readonly operation: Call | Statement;
  readonly certainty: MutationCertainty;
}

/**
 * What a statement changes: its own stores and the calls in its expressions. Not those of the statements in its blocks,
 * and nothing inside a `lambda`, which runs when it is called.
 */
export function mutationsOfStatement(
  statement: Statement,
  unit: FactUnit,
  evaluator: Evaluator,
): readonly Mutation[] {
  const found: Mutation[] = [...storesOf(statement)];
  if (statement.kind === 'AugAssign' && statement.target.kind === 'Name') {
    const certainty = augmented(kindsOf(statement.target, unit, evaluator));
    if (certainty) found.push({ target: statement.target, by: 'augmented', operation: statement, certainty });
  }
  if (statement.kind === 'For' && isUsedUp(statement.iter, unit, evaluator)) {
    found.push({ target: statement.iter, by: 'iteration', operation: statement, certainty: 'certain' });
  }
  for (const call of callsIn(statement)) found.push(...mutationsOfCall(call, unit, evaluator));
  return found;
}

/** The objects that a statement stores into or deletes from, as its syntax says: `x[k] = v`, `del x.a`, `for x.i in`. */
export function storesOf(statement: Statement): readonly Mutation[] {
  const found: Mutation[] = [];
  const visit = (target: Expression): void => {
    switch (target.kind) {
      case 'Tuple':
      case 'List':
        return target.elements.forEach(visit);
      case 'Starred':
        return visit(target.value);
      case 'Subscript':
      case 'Attribute': {
        const by = target.kind === 'Subscript' ? 'item' : 'attribute';
        const owner = target.kind === 'Subscript' ? withoutViews(target.value) : target.value;
        return void found.push({ target: owner, by, operation: statement, certainty: 'certain' });
      }
      default:
        return;
    }
  };
  targetsOf(statement).forEach(visit);
  return found;
}

function targetsOf(statement: Statement): readonly Expression[] {
  switch (statement.kind) {
    case 'Assign':
    case 'Delete':
      return statement.targets;
    case 'AugAssign':
    case 'For':
      return [statement.target];
    case 'AnnAssign':
      return statement.value ? [statement.target] : [];
    case 'With':
      return statement.items.flatMap(({ target }) => (target ? [target] : []));
    default:
      return [];
  }
}

/** The object whose items a view shows: `df` of `df.loc`, `a` of `a.T`. */
function withoutViews(node: Expression): Expression {
  const isView = node.kind === 'Attribute' && (ITEM_VIEWS.has(node.attr) || VIEWS.has(node.attr));
  return isView ? withoutViews(node.value) : node;
}

/**
 * What a call changes: its receiver, its arguments. A call of which nothing is known is taken to change all of them
 * (`possible`); literals are left out, and so is what a function of the program does inside.
 */
export function mutationsOfCall(call: Call, unit: FactUnit, evaluator: Evaluator): readonly Mutation[] {
  const callee = calleeOf(call, unit, evaluator);
  if (callee !== undefined) return ofFunction(call, callee, unit, evaluator);
  const outArgument = ofOut(call, 'likely');
  if (call.func.kind !== 'Attribute') return [...outArgument, ...anyArgument(call)];
  const receiver = withoutViews(call.func.value);
  const kinds = kindsOf(receiver, unit, evaluator);
  // What a method of a known kind is given stays as it is; it may be kept, though.
  const isKnown = !kinds.has('unknown') && !kinds.has('other') && !kinds.has('module');
  const readsOnly = isKnown || READING_METHODS.has(call.func.attr) || TELLING_METHODS.has(call.func.attr);
  return [...ofReceiver(call, receiver, kinds), ...outArgument, ...(readsOnly ? [] : anyArgument(call))];
}

/** The dotted name of what is called; a name that nothing binds is no builtin for that. */
function calleeOf(call: Call, unit: FactUnit, evaluator: Evaluator): string | undefined {
  const name = evaluator.calleeOf(call, unit);
  const builtin = /^builtins\.(\w+)/.exec(name ?? '')?.[1];
  return builtin === undefined || BUILTIN_NAMES.has(builtin) ? name : undefined;
}

function ofReceiver(call: Call, receiver: Expression, kinds: ReadonlySet<KnownKind>): readonly Mutation[] {
  const method = call.func.kind === 'Attribute' ? call.func.attr : '';
  const certainty = ofMethod(call, method, kinds);
  return certainty ? [{ target: receiver, by: 'method', operation: call, certainty }] : [];
}

/** How surely a method changes its receiver; undefined: it does not. */
function ofMethod(call: Call, method: string, kinds: ReadonlySet<KnownKind>): MutationCertainty | undefined {
  const isInplace = inplaceArgument(call);
  const verdicts = [...kinds].map((kind): MutationCertainty | undefined => {
    if (kind === 'unknown' || kind === 'other') {
      if (isInplace === 'yes' || TELLING_METHODS.has(method) || IN_PLACE_SUFFIX.test(method)) return 'likely';
      return READING_METHODS.has(method) ? undefined : 'possible';
    }
    if (MUTATING_METHODS[kind].has(method)) return 'certain';
    if (kind === 'tensor' && IN_PLACE_SUFFIX.test(method)) return 'certain';
    if (kind === 'generator') return 'certain';
    if ((kind === 'frame' || kind === 'series') && isInplace !== 'no') {
      return isInplace === 'yes' ? 'certain' : 'likely';
    }
    return undefined;
  });
  return joined(verdicts);
}

/** Of alternatives: sure only if all are, none only if none changes anything. */
function joined(verdicts: readonly (MutationCertainty | undefined)[]): MutationCertainty | undefined {
  const some = verdicts.filter((verdict) => verdict !== undefined);
  if (some.length === 0) return undefined;
  if (some.every((verdict) => verdict === 'possible')) return 'possible';
  return some.length === verdicts.length && some.every((verdict) => verdict === 'certain')
    ? 'certain'
    : 'likely';
}

function inplaceArgument(call: Call): 'yes' | 'no' | 'maybe' {
  const given = call.keywords.find(({ name }) => name === INPLACE_KEYWORD);
  if (!given) return call.keywords.some(({ name }) => name === undefined) ? 'maybe' : 'no';
  if (given.value.kind !== 'Constant') return 'maybe';
  return given.value.value === true ? 'yes' : 'no';
}

function ofFunction(call: Call, callee: string, unit: FactUnit, evaluator: Evaluator): readonly Mutation[] {
  const changed = changedArguments(callee);
  if (changed) {
    const targets = argumentsAt(call, changed);
    return targets.map((target) => ({ target, by: 'argument', operation: call, certainty: 'certain' }));
  }
  const isReading =
    READING_FUNCTIONS.has(callee) || READING_PACKAGES.some((prefix) => callee.startsWith(prefix));
  const writesOut = OUT_PACKAGES.some((prefix) => callee.startsWith(prefix));
  const found = [...ofOut(call, writesOut ? 'certain' : 'likely')];
  if (!isReading) {
    // An object that was imported, such as `sys.path`; a module itself has functions, no methods.
    const owner = call.func.kind === 'Attribute' ? withoutViews(call.func.value) : undefined;
    if (owner && !isModule(owner, unit)) found.push(...ofReceiver(call, owner, UNKNOWN));
    return [...found, ...anyArgument(call)];
  }
  for (const argument of call.args) {
    if (isUsedUp(argument, unit, evaluator)) {
      found.push({ target: argument, by: 'argument', operation: call, certainty: 'certain' });
    }
  }
  return found;
}

const UNKNOWN: ReadonlySet<KnownKind> = new Set(['unknown']);

/** A name that `import` binds. */
function isModule(node: Expression, unit: FactUnit): boolean {
  if (node.kind !== 'Name') return false;
  const at = unit.summary.locate.get(node);
  if (!at) return false;
  const vantage = { unit, scope: at.scope, block: at.block, offset: node.start };
  return reachingBindings(node.id, vantage).some(({ binding }) => binding.source.type === 'import');
}

function changedArguments(callee: string): ChangedArguments | undefined {
  const known = MUTATING_FUNCTIONS.get(callee);
  if (known) return known;
  const isInPlace = MUTATING_FUNCTION_PATTERNS.some((pattern) => pattern.test(callee));
  return isInPlace ? { positions: [0], keywords: ['input', 'tensor'] } : undefined;
}

function argumentsAt(call: Call, { positions, keywords }: ChangedArguments): readonly Expression[] {
  const splatAt = call.args.findIndex((argument) => argument.kind === 'Starred');
  const found = positions.flatMap((position) => {
    const argument = call.args[position];
    return argument && (splatAt < 0 || position < splatAt) ? [withoutViews(argument)] : [];
  });
  for (const { name, value } of call.keywords) {
    if (name !== undefined && keywords.includes(name)) found.push(withoutViews(value));
  }
  return found;
}

function ofOut(call: Call, certainty: MutationCertainty): Mutation[] {
  return call.keywords
    .filter(({ name, value }) => name === OUT_KEYWORD && value.kind !== 'Constant')
    .map(({ value }) => ({ target: withoutViews(value), by: 'argument', operation: call, certainty }));
}

/** Everything that a call hands over, but for what nobody can change. */
function anyArgument(call: Call): Mutation[] {
  const given = [...call.args, ...call.keywords.map(({ value }) => value)];
  return given
    .map((argument) => (argument.kind === 'Starred' ? argument.value : argument))
    .filter((argument) => !['Num', 'Str', 'Constant', 'Compare', 'Lambda'].includes(argument.kind))
    .map((target) => ({ target, by: 'argument', operation: call, certainty: 'possible' }));
}

function augmented(kinds: ReadonlySet<KnownKind>): MutationCertainty | undefined {
  return joined(
    [...kinds].map((kind) => {
      if (kind === 'unknown' || kind === 'other') return 'possible';
      return kind === 'immutable' ? undefined : 'certain';
    }),
  );
}

/** Whether reading all of it leaves nothing for the next one: generators, `map`, open files. */
function isUsedUp(node: Expression, unit: FactUnit, evaluator: Evaluator): boolean {
  if (!['Name', 'Attribute', 'Subscript'].includes(node.kind)) return false;
  const kinds = kindsOf(node, unit, evaluator);
  return [...kinds].every((kind) => kind === 'iterator' || kind === 'file');
}

/** The calls that a statement itself makes, in order of evaluation as written; bodies of lambdas left out. */
function callsIn(statement: Statement): readonly Call[] {
  const found: Call[] = [];
  const visit = (node: Expression): void => {
    if (node.kind === 'Lambda') {
      for (const param of node.params) if (param.default) visit(param.default);
      return;
    }
    childExpressions(node).forEach(visit);
    if (node.kind === 'Call') found.push(node);
  };
  statementExpressions(statement).forEach(visit);
  return found;
}

/**
 * The name through which an object is reached: `state` of `state["a"].b`. Undefined where a call or another expression
 * stands in between, whose result may be another object.
 */
export function rootName(target: Expression): Name | undefined {
  switch (target.kind) {
    case 'Name':
      return target;
    case 'Attribute':
    case 'Subscript':
    case 'Starred':
      return rootName(target.value);
    default:
      return undefined;
  }
}

const CHANGING_NAMES: ReadonlySet<string> = new Set([
  ...Object.values(MUTATING_METHODS).flatMap((methods) => [...methods]),
  ...TELLING_METHODS,
  ...[...MUTATING_FUNCTIONS.keys()].map((name) => name.slice(name.lastIndexOf('.') + 1)),
]);

/**
 * Whether a call may change something more than possibly, by its syntax alone. Cheap: to be asked before
 * `mutationsOfCall` by whoever is not interested in calls of which nothing is known.
 */
export function looksChanging({ func, keywords }: Call): boolean {
  const name = func.kind === 'Attribute' ? func.attr : func.kind === 'Name' ? func.id : '';
  if (CHANGING_NAMES.has(name) || IN_PLACE_SUFFIX.test(name)) return true;
  // `from random import shuffle as mix`: a plain name may be any function.
  if (func.kind === 'Name') return true;
  return keywords.some((keyword) => keyword.name === INPLACE_KEYWORD || keyword.name === OUT_KEYWORD);
}
