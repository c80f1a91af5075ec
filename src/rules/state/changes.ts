import type { FactUnit } from '../../semantics/facts';
import { type Mutation, looksChanging, mutationsOfCall, rootName, storesOf } from '../../semantics/mutations';
import { type KnownKind, kindsOf } from '../../semantics/objectKinds';
import type { Scope } from '../../semantics/scope';
import type { UnitSummary } from '../../semantics/summary';
import type { Evaluator } from '../../semantics/values';
import type { Call, Expression, FunctionDef, Name } from '../../syntax/ast';
import type { RuleContext } from '../rule';
import { isMadeToBeFilled } from './filledByDesign';
import { isDeclaredGlobal, outermostFunction } from './functions';
import { type ModuleVariable, moduleVariablesOf } from './moduleVariables';
import { isSharedByDesign } from './origins';

/** The first change of a variable's object in a function. */
export interface FunctionChange {
  readonly name: string;
  readonly unit: FactUnit;
  readonly function: FunctionDef;
  /** The name through which it is changed. */
  readonly node: Name;
}

const changes = new WeakMap<Evaluator, readonly FunctionChange[]>();

/** What the functions of a program change of its module's objects, in document order. Computed once. */
export function changedInFunctions({ evaluator, facts }: RuleContext): readonly FunctionChange[] {
  const known = changes.get(evaluator);
  if (known) return known;
  const found: FunctionChange[] = [];
  for (const unit of facts.units) {
    const seen = new Map<FunctionDef, Set<string>>();
    for (const candidate of candidatesOf(unit)) {
      const { root, function: owner } = candidate;
      const names = seen.get(owner) ?? new Set<string>();
      seen.set(owner, names);
      if (names.has(root.id)) continue;
      const variable = moduleVariablesOf(evaluator).of(root.id);
      if (!variable || !isChanged(candidate, variable, unit, evaluator)) continue;
      names.add(root.id);
      found.push({ name: root.id, unit, function: owner, node: root });
    }
  }
  changes.set(evaluator, found);
  return found;
}

/** Something in a function that may change an object of the module, as far as the syntax says. */
interface Candidate {
  readonly root: Name;
  readonly function: FunctionDef;
  /** A store, which is sure; undefined for a call, which has to be looked at. */
  readonly store: Mutation | undefined;
  readonly call: Call | undefined;
}

const candidates = new WeakMap<UnitSummary, readonly Candidate[]>();

/** In document order. Depends on the statement alone. */
function candidatesOf({ summary }: FactUnit): readonly Candidate[] {
  const known = candidates.get(summary);
  if (known) return known;
  const found: Candidate[] = [];
  const add = (root: Name | undefined, store: Mutation | undefined, call: Call | undefined): void => {
    const at = root && summary.locate.get(root);
    if (!root || !at || at.scope.ownerOf(root.id).parent !== undefined) return;
    const owner = outermostFunction(at.scope);
    if (owner && !isRebinding(root.id, at.scope)) found.push({ root, function: owner, store, call });
  };
  for (const { node, at } of summary.statements) {
    if (at.scope.enclosingFunction === undefined) continue;
    for (const store of storesOf(node)) add(rootName(store.target), store, undefined);
  }
  for (const { node, at } of summary.calls) {
    if (at.scope.enclosingFunction === undefined || !looksChanging(node)) continue;
    if (node.func.kind === 'Attribute') add(rootName(node.func.value), undefined, node);
    for (const argument of [...node.args, ...node.keywords.map(({ value }) => value)]) {
      add(rootName(argument), undefined, node);
    }
  }
  found.sort((a, b) => a.root.start - b.root.start);
  candidates.set(summary, found);
  return found;
}

/** The function binds the name anew: `global-statement` says that. */
function isRebinding(name: string, scope: Scope): boolean {
  if (!isDeclaredGlobal(name, scope)) return false;
  for (const at of scope.outwards()) {
    if (at.declared.get(name) === 'global' && at.bindingsOf(name).length > 0) return true;
  }
  return false;
}

function isChanged(
  { root, store, call }: Candidate,
  variable: ModuleVariable,
  unit: FactUnit,
  evaluator: Evaluator,
): boolean {
  if (!store) {
    const isOne = ({ target, certainty }: Mutation): boolean =>
      rootName(target) === root && certainty !== 'possible' && !isUse(call!, target, unit, evaluator);
    if (!mutationsOfCall(call!, unit, evaluator).some(isOne)) return false;
  }
  return !isShared(variable, evaluator) && !isMadeToBeFilled(variable.name, evaluator);
}

/** Kinds of objects that are there to be used up, drawn from or written to: not the state of anything. */
const STREAMS: ReadonlySet<KnownKind> = new Set(['generator', 'file', 'iterator', 'queue', 'immutable']);

/** Methods that prepare a module or an optimizer for use, and give the same when called again. */
const PREPARING: ReadonlySet<string> = new Set([
  ...['train', 'eval', 'to', 'cuda', 'cpu', 'half', 'float', 'double', 'bfloat16', 'zero_grad', 'backward'],
  ...['requires_grad_', 'share_memory_', 'apply'],
]);

/** Whether a call uses an object as it is meant to be used, rather than changes what it holds. */
function isUse(call: Call, target: Expression, unit: FactUnit, evaluator: Evaluator): boolean {
  const { func } = call;
  if (func.kind === 'Attribute' && PREPARING.has(func.attr)) return true;
  return [...kindsOf(target, unit, evaluator)].every((kind) => STREAMS.has(kind));
}

/** Loggers, metrics, applications, clients. */
function isShared({ bindings }: ModuleVariable, evaluator: Evaluator): boolean {
  return bindings.some((placed) =>
    evaluator
      .valuesOfBinding(placed)
      .some((value) => value.kind === 'result' && isSharedByDesign(value.callee)),
  );
}
