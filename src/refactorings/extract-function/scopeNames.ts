import type { FactUnit } from '../../semantics/facts';
import type { Binding, Reference, Scope } from '../../semantics/scope';

/** The bindings of a scope's names: its own, and those that functions within make by `global` or `nonlocal`. */
export function ownBindings(
  scope: Scope,
  isModule: boolean,
): { readonly name: string; readonly binding: Binding }[] {
  const found: { name: string; binding: Binding }[] = [];
  const visit = (inner: Scope): void => {
    for (const binding of inner.bindings) {
      const isOwn =
        inner === scope
          ? !inner.declared.has(binding.name)
          : isModule
            ? inner.declared.get(binding.name) === 'global'
            : inner.declared.get(binding.name) === 'nonlocal' && inner.ownerOf(binding.name) === scope;
      if (isOwn) found.push({ name: binding.name, binding });
    }
    inner.children.forEach(visit);
  };
  visit(scope);
  return found;
}

/** Reads of names of a scope, in it and in scopes within; of the module's names if there is none. */
export function referencesOf(unit: FactUnit, scope: Scope | undefined): readonly Reference[] {
  if (!scope) return unit.summary.freeReferences;
  const found: Reference[] = [];
  const visit = (inner: Scope): void => {
    found.push(...inner.references.filter((reference) => inner.ownerOf(reference.name) === scope));
    inner.children.forEach(visit);
  };
  visit(scope);
  return found;
}
