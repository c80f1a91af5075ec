import { isPredefined } from '../../knowledge/builtins';
import {
  type FactUnit,
  type PlacedBinding,
  type PlacedReference,
  type ProgramFacts,
  cellName,
} from '../../semantics/facts';
import { isWithin, outermostLoop } from '../../semantics/scope';
import { type Rule, findingAt } from '../rule';
import { isBoundInIsolation } from './namespaceChanges';

export const useBeforeDefinition: Rule = {
  name: 'use-before-definition',
  family: 'notebook',
  severity: 'error',
  summary: 'a name read above every cell that binds it',
  fixes: [],
  page: {
    what: 'A name that a cell reads although only cells further down, or lines further down in the same cell, bind it. Decorators, default values, base classes and class bodies are read where they stand; the body of a function is not. Reported once per name, at its first read.',
    why: 'The notebook ran because its cells were run in another order. From top to bottom, as a colleague, a scheduler or a package would run it, it stops here with a NameError.',
    example: `frame = load(source)
# %%
source = "clicks.parquet"
def load(path):
    return path
`,
    instead: `source = "clicks.parquet"
def load(path):
    return path
# %%
frame = load(source)
`,
    fixSafety:
      'There is no fix: which order was meant is known to the author alone. Move the cell that binds the name up.',
    whenNot:
      'Silent below a star import, `%run`, `%pylab`, `%store -r`, `exec` or a cell that is not valid Python, where names can come from anywhere; for names that `try ... except NameError` guards; and in scripts, where other linters report it.',
  },
  *check({ facts }) {
    if (facts.program.kind !== 'notebook') return;
    const reported = new Set<string>();
    for (const place of facts.freeReferences) {
      const { reference, unit } = place;
      const { name } = reference;
      if (reference.time !== 'now' || reference.isGuarded || reported.has(name)) continue;
      if (isPredefined(name, facts.program.host)) continue;
      const bindings = facts.moduleBindings(name);
      const first = bindings.find(isNoDeletion);
      if (!first || bindings.some((each) => isNoDeletion(each) && mayPrecede(each, place))) continue;
      if (isBoundInIsolation(place, facts)) continue;
      if (facts.unknownBinders.some((binder) => binder.order <= unit.order)) continue;
      reported.add(name);
      yield findingAt(useBeforeDefinition, unit, reference.node, messageFor(name, unit, first), {
        related: [relatedTo(first, facts)],
      });
    }
  },
};

function isNoDeletion({ binding }: PlacedBinding): boolean {
  return binding.source.type !== 'deletion';
}

/** Whether a binding may have run when a reference is evaluated, going through the notebook from top to bottom. */
function mayPrecede(
  { binding, unit }: PlacedBinding,
  { reference, unit: reading }: PlacedReference,
): boolean {
  if (unit.order !== reading.order) return unit.order < reading.order;
  // A function that declares the name global may be called by then.
  if (binding.scope.parent !== undefined) return true;
  if (binding.effectAt <= reference.node.start) return true;
  // The branches of one statement exclude each other, and a loop comes round again.
  const loop = outermostLoop(reference.block);
  return loop !== undefined && isWithin(binding.block, loop);
}

function messageFor(name: string, unit: FactUnit, first: PlacedBinding): string {
  const isSameCell = unit.cell === first.unit.cell;
  const where = isSameCell
    ? 'further down in this cell'
    : `in ${cellName(first.unit.cell, first.unit.start)}`;
  return `${name} is read here, but bound only ${where}`;
}

function relatedTo({ binding, unit }: PlacedBinding, facts: ProgramFacts) {
  const span = facts.spanOf(unit, binding);
  return { cell: unit.cell, span, message: `${binding.name} is bound here` };
}
