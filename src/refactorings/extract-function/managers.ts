import type { Evaluator } from '../../semantics/values';
import type { Expression } from '../../syntax/ast';

/** Whether a context manager may be one of the program's own, or of a module of the project: nobody knows how it ends. */
export function isOwnManager(context: Expression, { facts, project }: Evaluator): boolean {
  const hasOwn = facts.units.some(({ unit }) => /\b__exit__\b|\bcontextmanager\b/.test(unit.text));
  const root = context.kind === 'Call' ? context.func : context;
  if (root.kind !== 'Name') return hasOwn && root.kind !== 'Attribute';
  return facts.moduleBindings(root.id).some(({ binding: { source } }) => {
    if (source.type === 'import') return false;
    if (source.type !== 'from-import') return hasOwn;
    return project?.moduleNamed(source.module) !== undefined;
  });
}
