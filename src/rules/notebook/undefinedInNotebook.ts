import { PYTHON_2_BUILTINS, isPredefined } from '../../knowledge/builtins';
import type { PlacedReference, ProgramFacts } from '../../semantics/facts';
import { type Rule, findingAt } from '../rule';
import { firstNamespaceChange, isBoundInIsolation, mayBeMagic } from './namespaceChanges';

export const undefinedInNotebook: Rule = {
  name: 'undefined-in-notebook',
  family: 'notebook',
  severity: 'error',
  summary: 'a name that no cell binds',
  fixes: [],
  page: {
    what: 'A name that a cell reads although no cell of the notebook binds it and neither Python nor the kernel knows it. Reads in functions count: the notebook has nothing that could bind the name before they are called. Reported once per name, at its first read.',
    why: 'The notebook ran because a cell bound the name that has since been deleted or renamed, while the kernel still had the value. Run in a fresh kernel it stops here with a NameError.',
    example: `# %%
import numpy as np
# %%
valid = np.load("valid.npy")
# %%
scores = booster.predict(valid)
`,
    instead: `# %%
import numpy as np
import lightgbm
# %%
booster = lightgbm.Booster(model_file="model.txt")
valid = np.load("valid.npy")
# %%
scores = booster.predict(valid)
`,
    fixSafety: 'There is no fix: what the deleted cell did is known to the author alone.',
    whenNot:
      'Silent below a star import, `%run`, `%pylab`, `%store -r`, `exec`, a magic that nobody knows, or a cell that is not valid Python, where names can come from anywhere; for names that `try ... except NameError` or a look into `globals()` guards; for what Jupyter, IPython and Databricks define (`display`, `get_ipython`, `In`, `Out`, `_`, `spark`, `dbutils`); for names of Python 2; and in scripts, where other linters report it.',
  },
  *check({ facts }) {
    if (facts.program.kind !== 'notebook') return;
    const first = new Map<string, PlacedReference>();
    let change: number | undefined;
    for (const place of facts.freeReferences) {
      if (!isUnknown(place, facts)) continue;
      change ??= firstNamespaceChange(facts);
      if (change <= orderOf(place)) continue;
      const { name } = place.reference;
      const known = first.get(name);
      if (!known || isAbove(place, known)) first.set(name, place);
    }
    for (const [name, { reference, unit }] of first) {
      yield findingAt(
        undefinedInNotebook,
        unit,
        reference.node,
        `no cell binds ${name}: in a fresh kernel this is a NameError`,
      );
    }
  },
};

function isUnknown(place: PlacedReference, facts: ProgramFacts): boolean {
  const { reference } = place;
  const { name } = reference;
  if (facts.moduleBindings(name).length > 0 || reference.isGuarded) return false;
  if (isPredefined(name, facts.program.host) || isKernelName(name) || PYTHON_2_BUILTINS.has(name))
    return false;
  if (!isEvaluated(place, facts)) return false;
  if (facts.unknownBinders.some((binder) => binder.order <= orderOf(place))) return false;
  return !isBoundInIsolation(place, facts) && !isLookedUp(place) && !mayBeMagic(place);
}

/** The last position that may have run when a name is read: a function may be called after anything further down. */
function orderOf({ reference, unit }: PlacedReference): number {
  return reference.time === 'later' ? Number.MAX_SAFE_INTEGER : unit.order;
}

/** `_12`, `_i3`: results and inputs by number; names of underscores alone are blanks to fill in. */
function isKernelName(name: string): boolean {
  return /^_i?\d+$|^_+$/.test(name);
}

/** Annotations of local variables are never evaluated, those of signatures only without a future import. */
function isEvaluated({ reference, unit }: PlacedReference, facts: ProgramFacts): boolean {
  if (reference.time !== 'annotation') return true;
  if (reference.scope.enclosingFunction) return false;
  const isPostponed = facts
    .moduleBindings('annotations')
    .some(
      ({ binding: { source }, unit: at }) =>
        source.type === 'from-import' && source.module === '__future__' && at.order <= unit.order,
    );
  return !isPostponed;
}

/** `if "name" in globals(): ...`, in a branch or a conditional expression. */
function isLookedUp({ reference, unit }: PlacedReference): boolean {
  const { text } = unit.unit;
  if (!text.includes(`'${reference.name}'`) && !text.includes(`"${reference.name}"`)) return false;
  return /\b(?:globals|locals|dir|vars)\s*\(\s*\)/.test(text);
}

function isAbove(a: PlacedReference, b: PlacedReference): boolean {
  if (a.unit !== b.unit) return a.unit.order < b.unit.order;
  return a.reference.node.start < b.reference.node.start;
}
