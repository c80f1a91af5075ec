import type { Comprehension, Expression, FunctionDef, Lambda, Statement } from '../syntax/ast';
import type { Binding, Block, Reference, ReferenceTime, Scope } from './scope';

/** Every expression and statement with the scope, block and time that it belongs to. */
export interface Located {
  readonly scope: Scope;
  readonly block: Block;
  readonly time: ReferenceTime;
  readonly isGuarded: boolean;
  readonly statement: Statement;
}

/** What one top-level statement binds and reads, and its calls. Depends on the statement alone. */
export interface UnitSummary {
  readonly root: Scope;
  /** Calls in order of their end, that is of evaluation. */
  readonly calls: readonly { readonly node: Expression & { kind: 'Call' }; readonly at: Located }[];
  /** All statements, outermost first, with where they stand. */
  readonly statements: readonly { readonly node: Statement; readonly at: Located }[];
  readonly scopeOf: ReadonlyMap<FunctionDef | Lambda | Comprehension | Statement, Scope>;
  readonly locate: ReadonlyMap<Expression, Located>;
  /** Reads that no scope within the statement binds. */
  readonly freeReferences: readonly Reference[];
  /** Bindings of module names, those of functions under `global` included. */
  readonly moduleBindings: readonly Binding[];
}

/** Sorts out what a statement's scopes have for the module: reads that none of them binds, and module names. */
export function collectFree(scope: Scope, references: Reference[], bindings: Binding[]): void {
  const isModule = scope.parent === undefined;
  for (const binding of scope.bindings) {
    if (isModule || scope.declared.get(binding.name) === 'global') bindings.push(binding);
  }
  for (const reference of scope.references) {
    const isFree = scope.ownerOf(reference.name).parent === undefined || readsPastClass(reference, scope);
    if (isFree) references.push(reference);
  }
  for (const child of scope.children) collectFree(child, references, bindings);
}

/**
 * Whether a class body may read the module's name although it binds the name itself: `class A: depth = depth`. Python looks
 * such a name up in the class, and then in the module, past every function (Language Reference, 4.2.2).
 */
function readsPastClass({ name, node }: Reference, scope: Scope): boolean {
  if (scope.kind !== 'class' || scope.declared.has(name)) return false;
  const own = scope.bindingsOf(name);
  const isFirst = (binding: Binding): boolean => binding.effectAt <= node.start && isSure(binding, scope);
  return own.length > 0 && !own.some(isFirst);
}

/** Bound by a statement of the class body itself, under no condition. */
function isSure({ block, source }: Binding, { node }: Scope): boolean {
  const conditions = new Set(['branch', 'loop', 'try', 'handler']);
  for (let at: Block | undefined = block; at; at = at.parent) {
    if (at.statement && node && at.statement.start >= node.start && conditions.has(at.kind)) return false;
  }
  return source.type !== 'deletion';
}

/** Whether an `except` clause of this type catches NameError. */
export function catchesNameError(type: Expression | undefined): boolean {
  if (!type) return true;
  if (type.kind === 'Tuple') return type.elements.some(catchesNameError);
  return (
    type.kind === 'Name' && ['NameError', 'UnboundLocalError', 'Exception', 'BaseException'].includes(type.id)
  );
}
