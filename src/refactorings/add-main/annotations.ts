import type { FactUnit } from '../../semantics/facts';
import type { Expression } from '../../syntax/ast';
import type { Span } from '../../text/position';
import { walkExpression } from '../../syntax/walk';
import type { Refusal } from '../../text/refusal';
import { refusalAt } from '../places';
import type { MainRoles } from './roles';

/** `rate: float = f()` of a name of the module: within a function the annotation has to stand elsewhere. */
export interface Annotation {
  /** `rate: float`, as it was written. */
  readonly declaration: string;
  /** What goes from the statement; offsets count in it. */
  readonly cut: Span;
}

export interface Annotations {
  /** Annotations that stand at module level from now on, by their statement. */
  readonly moved: ReadonlyMap<FactUnit, Annotation>;
  /** Those for which there is no such place. */
  obstacles(path: string): readonly Refusal[];
}

/** Finds the annotations of names that `main` declares `global`, which Python allows no annotation there. */
export function annotationsOf(
  running: readonly FactUnit[],
  globals: readonly string[],
  { bound }: MainRoles,
): Annotations {
  const moved = new Map<FactUnit, Annotation>();
  const others: { unit: FactUnit; node: Span; name: string }[] = [];
  for (const unit of running) {
    for (const { node, at } of unit.summary.statements) {
      if (node.kind !== 'AnnAssign' || node.target.kind !== 'Name' || at.scope.parent !== undefined) continue;
      const { id, start, end } = node.target;
      const isBare = node.value === undefined;
      if (!isBare && !globals.includes(id)) continue;
      const isAlone = node === unit.unit.statement && !isBare && mayStandAbove(node.annotation, bound);
      if (!isAlone) others.push({ unit, node, name: id });
      else {
        const declaration = unit.unit.text.slice(start, node.annotation.end);
        moved.set(unit, { declaration, cut: { start: end, end: node.annotation.end } });
      }
    }
  }
  return {
    moved,
    obstacles: (path) =>
      others.map(({ unit, node, name }) =>
        refusalAt(
          path,
          unit,
          node,
          `${name} is annotated, which a function cannot do to a name of the module`,
        ),
      ),
  };
}

/** Whether an annotation can be evaluated above `main` as well: it calls nothing, and needs nothing that runs. */
function mayStandAbove(node: Expression, bound: ReadonlySet<string>): boolean {
  let mayStand = true;
  walkExpression(node, (each) => {
    if (each.kind === 'Call' || (each.kind === 'Name' && bound.has(each.id))) mayStand = false;
  });
  return mayStand;
}
