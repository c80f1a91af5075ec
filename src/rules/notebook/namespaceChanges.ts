import { magics } from '../../program/escapes/magics';
import { type Escape, textOf } from '../../program/program';
import { type FactUnit, type PlacedReference, type ProgramFacts, isIsolated } from '../../semantics/facts';
import type { Unit } from '../../syntax/cell';

/** Extensions that put names of their own into the notebook's namespace when they are loaded. */
const BINDING_EXTENSIONS = /^(?:kedro|sage|aiida|ipykernel_gcloud|sparkmagic|sympy)\b/;

/**
 * From which statement's position on there may be names in the notebook's namespace that only IPython knows of: a magic
 * that is not known, an extension that defines names, `get_ipython().push(...)`, attributes of `builtins`. Infinity if
 * there is nothing of the kind. Of what Python itself says, `ProgramFacts.unknownBinders` knows.
 */
export function firstNamespaceChange(facts: ProgramFacts): number {
  // `%%name` above Python belongs to no statement.
  const cell = facts.cells.find((each) => each.cell.escapes.some(isUnknownMagic));
  const unit = facts.units.find(
    (each) => (cell && each.cell.position >= cell.position) || changesNamespace(each),
  );
  return unit?.order ?? Infinity;
}

const known = new WeakMap<Unit, boolean>();

function changesNamespace({ unit }: FactUnit): boolean {
  let changes = known.get(unit);
  if (changes === undefined) {
    changes = reachesNamespace(unit.text);
    known.set(unit, changes);
  }
  return changes;
}

/** Code that reaches into the namespace through something else than Python's own words for it. */
const REACHING = new RegExp(
  [
    String.raw`\bget_ipython\s*\(\s*\)\s*\.\s*(?:push|ex|run_cell|safe_execfile)\s*\(`,
    String.raw`\b(?:ip|ipython|shell)\s*\.\s*(?:push|ex|run_cell|safe_execfile)\s*\(`,
    String.raw`\b(?:user_ns|user_global_ns|builtins|__builtins__|__builtin__)\b`,
    String.raw`(?<!['"])\b__main__\b(?!['"])`,
    String.raw`\bsys\s*\.\s*modules\s*\[\s*__name__`,
  ].join('|'),
);
const MAGIC_CALL = /\.\s*(?:run_line_magic|run_cell_magic|magic)\s*\(\s*(?:(['"])%*([\w.]+)([^'"]*)\1)?/g;

function reachesNamespace(text: string): boolean {
  if (REACHING.test(text)) return true;
  for (const [, , name = '', argument = ''] of text.matchAll(MAGIC_CALL)) {
    if (isUnknownName(name, argument.trim())) return true;
  }
  return false;
}

function isUnknownMagic({ kind, name, argument, bindsUnknown }: Escape): boolean {
  if (kind !== 'line-magic' && kind !== 'cell-magic' && kind !== 'auto-magic') return false;
  return bindsUnknown || isUnknownName(name, argument);
}

function isUnknownName(name: string, argument: string): boolean {
  if (name === 'load_ext' || name === 'reload_ext') return BINDING_EXTENSIONS.test(argument);
  const facts = magics.get(name);
  return facts === undefined || facts.bindsUnknown === true;
}

/** What `%%timeit` binds stays within its cell, and is there. */
export function isBoundInIsolation({ reference, unit }: PlacedReference, facts: ProgramFacts): boolean {
  if (!isIsolated(unit)) return false;
  return facts.units.some(
    (other) =>
      other.cell === unit.cell &&
      other.order <= unit.order &&
      other.summary.moduleBindings.some((binding) => binding.name === reference.name),
  );
}

/**
 * A magic without its sign, which IPython runs if no variable has its name: a known one that stands alone (`ls`, `pwd`),
 * or what Python would read as a difference (`watermark -v`).
 */
export function mayBeMagic({ reference, unit }: PlacedReference): boolean {
  const { statement, text } = unit.unit;
  if (statement.kind !== 'Expr') return false;
  if (statement.value.kind === 'Name') return magics.has(reference.name);
  return (
    textOf(unit.cell.cell).trim() === text && /^[A-Za-z_]\w*[ \t]+-{1,2}[A-Za-z][\w-]*(?:[ \t]|$)/.test(text)
  );
}
