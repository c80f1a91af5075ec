import type { Expression } from '../syntax/ast';
import type { FactUnit, ProgramFacts } from './facts';
import { parentsOf } from './parents';

/** Modules that are loaded where a notebook's host is the one, whatever the notebook imports itself. */
const HOST_MODULES: ReadonlySet<string> = new Set(['google.colab']);

/** The same in a text: what is left of it when such questions are taken out asks for other modules. */
export const HOST_QUESTION = /['"]google\.colab['"]\s+(?:not\s+)?in\s+sys\s*\.\s*modules\b/g;

/** Whether `sys.modules` only answers whether the host of the notebook is the one: `"google.colab" in sys.modules`. */
export function asksForHost(modules: Expression, unit: FactUnit): boolean {
  const parent = parentsOf(unit.unit).get(modules);
  if (parent?.kind !== 'Compare' || parent.operands.length !== 2) return false;
  const [asked, container] = parent.operands;
  return (
    container === modules &&
    ['in', 'not in'].includes(parent.ops[0]!) &&
    asked!.kind === 'Str' &&
    HOST_MODULES.has(asked.value ?? '')
  );
}

/** The places where a program asks for its host. */
export function hostQuestions(facts: ProgramFacts): readonly { unit: FactUnit; node: Expression }[] {
  return facts.units.flatMap((unit) =>
    [...unit.summary.locate.keys()].flatMap((node) =>
      node.kind === 'Attribute' && node.attr === 'modules' && asksForHost(node, unit) ? [{ unit, node }] : [],
    ),
  );
}
