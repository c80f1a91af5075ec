import type { FactUnit } from '../../semantics/facts';
import { rootName } from '../../semantics/mutations';
import type { UnitSummary } from '../../semantics/summary';
import { returnsOf, type Evaluator } from '../../semantics/values';
import type { Expression, FunctionDef, Statement, Subscript } from '../../syntax/ast';
import { outermostFunction } from './functions';

interface Known {
  /** The statements whose functions read a name of the module. */
  readonly readers: ReadonlyMap<string, readonly FactUnit[]>;
  readonly answers: Map<string, boolean>;
}

const known = new WeakMap<Evaluator, Known>();

/**
 * Whether a variable of the module is a cache, whose key is looked up before it is stored, or a registry that
 * decorators fill. Such an object is made for being changed by functions.
 */
export function isMadeToBeFilled(name: string, evaluator: Evaluator): boolean {
  let program = known.get(evaluator);
  if (!program) known.set(evaluator, (program = { readers: readersOf(evaluator), answers: new Map() }));
  let answer = program.answers.get(name);
  if (answer === undefined) {
    const units = program.readers.get(name) ?? [];
    answer = units.some((unit) => isFilledIn(name, unit, evaluator));
    program.answers.set(name, answer);
  }
  return answer;
}

function readersOf({ facts }: Evaluator): ReadonlyMap<string, readonly FactUnit[]> {
  const readers = new Map<string, FactUnit[]>();
  for (const { reference, unit } of facts.freeReferences) {
    if (reference.time !== 'later') continue;
    const units = readers.get(reference.name);
    if (!units) readers.set(reference.name, [unit]);
    else if (units.at(-1) !== unit) units.push(unit);
  }
  return readers;
}

/** A statement or call that puts something into the object. */
interface Filling {
  readonly statement: Statement;
  /** Outermost first: `a` and `b` of `x[a][b] = v`. */
  readonly keys: readonly Expression[];
  readonly value: Expression;
  readonly start: number;
}

function isFilledIn(name: string, unit: FactUnit, evaluator: Evaluator): boolean {
  return fillingsOf(name, unit).some((filling) => {
    const scope = unit.summary.locate.get(filling.value)?.scope;
    const owner = scope && outermostFunction(scope);
    if (!scope || !owner) return false;
    return isLookedUpBefore(name, filling, owner, unit) || isRegistration(filling, unit, evaluator);
  });
}

const ADDING = new Set(['append', 'add', 'setdefault', 'insert']);

function fillingsOf(name: string, { summary }: FactUnit): readonly Filling[] {
  const found: Filling[] = [];
  const isIts = (node: Expression): boolean => {
    const root = rootName(node);
    return root?.id === name && summary.locate.get(root)?.scope.ownerOf(name).parent === undefined;
  };
  for (const { node } of summary.statements) {
    if (node.kind !== 'Assign') continue;
    for (const target of node.targets) {
      if (target.kind !== 'Subscript' || !isIts(target)) continue;
      found.push({ statement: node, keys: keysOf(target), value: node.value, start: node.start });
    }
  }
  for (const { node: call, at } of summary.calls) {
    const value = call.args.at(-1);
    if (call.func.kind !== 'Attribute' || !value || !ADDING.has(call.func.attr) || !isIts(call.func.value))
      continue;
    found.push({ statement: at.statement, keys: [], value, start: call.start });
  }
  return found;
}

function keysOf(node: Subscript): readonly Expression[] {
  return [...(node.value.kind === 'Subscript' ? keysOf(node.value) : []), node.index];
}

/** `if key not in cache`, `try: return cache[key] except KeyError`, `found = cache.get(key)` before the store. */
function isLookedUpBefore(name: string, filling: Filling, owner: FunctionDef, unit: FactUnit): boolean {
  const keys = new Set(filling.keys.map((key) => textOf(key, unit)));
  if (keys.size === 0) return false;
  const isKey = (node: Expression | undefined): boolean => node !== undefined && keys.has(textOf(node, unit));
  const isIts = (node: Expression | undefined): boolean => node !== undefined && rootName(node)?.id === name;
  for (const [node, at] of unit.summary.locate) {
    if (node.start < owner.start || node.start >= filling.start || at.statement === filling.statement)
      continue;
    if (node.kind === 'Compare') {
      const isMember = node.ops.some((op) => op === 'in' || op === 'not in');
      if (isMember && isKey(node.operands[0]) && isIts(node.operands[1])) return true;
    }
    if (node.kind === 'Call' && node.func.kind === 'Attribute' && node.func.attr === 'get') {
      if (isKey(node.args[0]) && isIts(node.func.value)) return true;
    }
    if (node.kind === 'Subscript' && isIts(node.value) && isKey(node.index)) {
      if (isTriedForKey(at.block.statement)) return true;
    }
  }
  return false;
}

function isTriedForKey(statement: Statement | undefined): boolean {
  if (statement?.kind !== 'Try') return false;
  return statement.handlers.some(({ type }) => {
    const types = type?.kind === 'Tuple' ? type.elements : type ? [type] : [];
    return types.some((one) => one.kind === 'Name' && ['KeyError', 'LookupError'].includes(one.id));
  });
}

function textOf(node: Expression, unit: FactUnit): string {
  return unit.unit.text.slice(node.start, node.end);
}

/** What a function that decorates is mostly given. */
const DECORATED = /^(?:cls|class_|klass|f|fn|func|function|callable|callback|handler|method|hook|wrapped)_?$/;

/**
 * The function keeps what it is given and gives it back, and is used as a decorator, or names what it is given like a
 * function or class.
 */
function isRegistration({ value, keys }: Filling, unit: FactUnit, evaluator: Evaluator): boolean {
  const scope = unit.summary.locate.get(value)?.scope;
  const kept = rootName(value);
  if (!scope || !kept) return false;
  const at = scope.ownerOf(kept.id);
  const function_ = at.node;
  if (function_?.kind !== 'FunctionDef' || !function_.params.some(({ name }) => name === kept.id))
    return false;
  const isGivenBack = returnsOf(function_).some(
    ({ value: returned }) => returned && rootName(returned)?.id === kept.id,
  );
  const isNamed = DECORATED.test(kept.id) || keys.some((key) => isNameOf(key, kept.id));
  if (isGivenBack && isNamed) return true;
  const outer = outermostFunction(scope);
  return (
    outer !== undefined &&
    isDecorator(outer.name, evaluator) &&
    (isGivenBack || returnsOf(function_).length > 0)
  );
}

/** `function.__name__`. */
function isNameOf(key: Expression, name: string): boolean {
  return key.kind === 'Attribute' && /^__(?:qual)?name__$/.test(key.attr) && rootName(key)?.id === name;
}

function isDecorator(name: string, evaluator: Evaluator): boolean {
  let names = decoratorNames.get(evaluator);
  if (!names) {
    names = new Set(evaluator.facts.units.flatMap((unit) => [...decoratorsOf(unit)]));
    decoratorNames.set(evaluator, names);
  }
  return names.has(name);
}

const decoratorNames = new WeakMap<Evaluator, ReadonlySet<string>>();
const NONE: ReadonlySet<string> = new Set();
const decorators = new WeakMap<UnitSummary, ReadonlySet<string>>();

/** The last names of the decorators in a statement. Depends on the statement alone. */
function decoratorsOf({ summary }: FactUnit): ReadonlySet<string> {
  const names = decorators.get(summary);
  if (names) return names;
  const found = new Set<string>();
  for (const { node } of summary.statements) {
    if (node.kind !== 'FunctionDef' && node.kind !== 'ClassDef') continue;
    for (const decorator of node.decorators) {
      const target = decorator.kind === 'Call' ? decorator.func : decorator;
      if (target.kind === 'Name') found.add(target.id);
      else if (target.kind === 'Attribute') found.add(target.attr);
    }
  }
  decorators.set(summary, found.size > 0 ? found : NONE);
  return found;
}
