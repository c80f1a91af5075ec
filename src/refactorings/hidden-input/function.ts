import type { Finding } from '../../rules/rule';
import { type FactUnit, type PlacedBinding, isIsolated } from '../../semantics/facts';
import { parentsOf } from '../../semantics/parents';
import type { Block, Scope } from '../../semantics/scope';
import type { Comprehension, FunctionDef, Name } from '../../syntax/ast';
import type { AnalysedProgram } from '../outcome';

/** A function that reads a variable of its module. */
export interface HiddenRead {
  readonly name: string;
  readonly unit: FactUnit;
  readonly function: FunctionDef;
}

/** What a finding is about, or why its function can get no parameter whatever else there is. */
export function hiddenReadOf({ unit, node }: Finding): HiddenRead | string {
  if (!unit || !node) throw new Error('a finding of hidden-input has the name that is read');
  const { statement } = unit.unit;
  if (statement.kind === 'ClassDef') return 'The function is a method: others may call or override it';
  if (statement.kind !== 'FunctionDef') return 'The function is defined under a condition or in a loop';
  return { name: (node as Name).id, unit, function: statement };
}

/** How long the variable keeps its value. */
export type Lifetime =
  /** It is bound once and for all. */
  | 'fixed'
  /** The module binds it again, but no function does. */
  | 'rebound';

/** The bindings of the variable, `del` included, and how long it keeps its value; or the reason why that is not known. */
export function lifetimeOf(
  { name }: HiddenRead,
  { facts }: AnalysedProgram,
): Lifetime | { readonly reason: string } {
  const bindings = facts.moduleBindings(name);
  if (bindings.some(({ binding }) => binding.source.type === 'deletion'))
    return { reason: `${name} is deleted somewhere` };
  const inFunction = bindings.find(({ binding }) => binding.scope.parent !== undefined);
  if (inFunction)
    return { reason: `A function binds ${name} through global, so it may change while this one runs` };
  if (bindings.some(isInComprehension))
    return { reason: `A comprehension binds ${name}, perhaps while this one runs` };
  const [only] = bindings;
  return bindings.length === 1 && only && !isInLoop(only.binding.block) && !isUnusual(only)
    ? 'fixed'
    : 'rebound';
}

/** `((n := x) for x in items)` binds whenever an item is asked for. */
function isInComprehension({ binding, unit }: PlacedBinding): boolean {
  for (const [node, { scope }] of unit.summary.locate) {
    if (node.kind === 'NamedExpr' && node.target.start === binding.start && scope.kind === 'comprehension')
      return true;
  }
  return false;
}

function isInLoop(block: Block): boolean {
  for (let at: Block | undefined = block; at; at = at.parent) if (at.kind === 'loop') return true;
  return false;
}

function isUnusual({ binding }: PlacedBinding): boolean {
  return binding.source.type === 'iteration' || binding.source.type === 'augmented';
}

/** Calls in a function that look at its own names. */
const LOOKING_INSIDE: ReadonlySet<string> = new Set(['locals', 'vars', 'dir', 'eval', 'exec', 'globals']);

/** Why the function itself can get no parameter. */
export function whyNotParameter(read: HiddenRead, program: AnalysedProgram): string | undefined {
  const { name, function: node, unit } = read;
  const { facts } = program;
  if (node.decorators.length > 0)
    return 'The function is decorated: the decorator may call it or look at its parameters';
  if (node.isAsync) return 'The function is async: it runs later than it is called';
  if (node.typeParams.length > 0) return 'The function has type parameters';
  if (isGenerator(node, unit)) return 'The function is a generator: it runs later than it is called';
  if (isIsolated(unit)) return 'The function is defined in a namespace of its own';
  if (facts.moduleBindings(node.name).length !== 1) return `${node.name} is bound more than once`;
  if (name.startsWith('__')) return `${name} would get another name in a class`;
  if (node.params.some((param) => param.name === name)) return `${node.name} has a parameter ${name} already`;
  const lifetime = lifetimeOf(read, program);
  if (typeof lifetime !== 'string') return lifetime.reason;
  const { calls } = unit.summary;
  const inside = calls.find(({ node: { func } }) => func.kind === 'Name' && LOOKING_INSIDE.has(func.id));
  if (inside) return 'The function looks at its own names';
  if (lifetime === 'rebound' && isCaptured(read)) {
    return `${name} is bound again, and something in the function may read it later than the call`;
  }
  return undefined;
}

function isGenerator(node: FunctionDef, { summary }: FactUnit): boolean {
  for (const [expression, { scope }] of summary.locate) {
    if (expression.kind !== 'Yield') continue;
    let at: Scope | undefined = scope;
    while (at && at.kind === 'comprehension') at = at.parent;
    if (at?.node === node) return true;
  }
  return false;
}

/** Builtins that run a generator to its end before they return. */
const CONSUMING = new Set([
  'list',
  'tuple',
  'set',
  'dict',
  'sum',
  'max',
  'min',
  'any',
  'all',
  'sorted',
  'frozenset',
]);

/** Whether a function, lambda or generator within the function reads the variable. */
function isCaptured({ name, unit, function: owner }: HiddenRead): boolean {
  return unit.summary.freeReferences.some((reference) => {
    if (reference.name !== name) return false;
    for (const scope of reference.scope.outwards()) {
      if (scope.node === owner) return false;
      const { node } = scope;
      if (scope.kind === 'comprehension' && node?.kind === 'Comprehension' && !isLater(node, unit)) continue;
      return true;
    }
    return false;
  });
}

function isLater(node: Comprehension, unit: FactUnit): boolean {
  if (node.type !== 'generator') return false;
  const call = parentsOf(unit.unit).get(node);
  const isConsumed =
    call?.kind === 'Call' &&
    call.args[0] === node &&
    call.func.kind === 'Name' &&
    CONSUMING.has(call.func.id);
  if (!isConsumed || call?.kind !== 'Call' || call.func.kind !== 'Name') return true;
  const scope = unit.summary.locate.get(call)?.scope;
  const isBuiltin =
    scope?.ownerOf(call.func.id).parent === undefined && unit.facts.moduleBindings(call.func.id).length === 0;
  return !isBuiltin;
}
