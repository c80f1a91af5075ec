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
    if (scope.ownerOf(reference.name).parent === undefined) references.push(reference);
  }
  for (const child of scope.children) collectFree(child, references, bindings);
}

/** Whether an `except` clause of this type catches NameError. */
export function catchesNameError(type: Expression | undefined): boolean {
  if (!type) return true;
  if (type.kind === 'Tuple') return type.elements.some(catchesNameError);
  return (
    type.kind === 'Name' && ['NameError', 'UnboundLocalError', 'Exception', 'BaseException'].includes(type.id)
  );
}
