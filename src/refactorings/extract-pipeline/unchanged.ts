import { BUILTIN_NAMES } from '../../knowledge/builtins';
import type { FactUnit, ProgramFacts } from '../../semantics/facts';
import { parentsOf } from '../../semantics/parents';
import type { Evaluator, Value } from '../../semantics/values';
import type { Expression } from '../../syntax/ast';

/** Functions that only read the list, set or dictionary that they are given, and keep nothing of it. */
const READING_BUILTINS = new Set(
  'len sorted list tuple set dict frozenset sum min max any all print str repr enumerate zip range'.split(
    ' ',
  ),
);
const READING_METHODS = new Set('index count keys values items get copy'.split(' '));
/** Libraries that leave the lists that they are given as they are. */
const READING_LIBRARIES = /^(?:pandas|numpy|sklearn|seaborn|matplotlib|scipy|imblearn|xgboost|lightgbm)\./;

/**
 * Whether a list, set or dictionary of constants is the same whenever anybody looks at it: everything that reads the name
 * only looks up, goes through it or hands it to what does. Then it does not matter when it is made.
 */
export function isNeverChanged(name: string, facts: ProgramFacts, evaluator: Evaluator): boolean {
  return facts.freeReferences.every(
    ({ reference, unit }) => reference.name !== name || isOnlyRead(reference.node, unit, evaluator),
  );
}

function isOnlyRead(node: Expression, unit: FactUnit, evaluator: Evaluator): boolean {
  const parents = parentsOf(unit.unit);
  let child = node;
  let parent = parents.get(child);
  // `df.loc[:, FEATURES]`, `list(FEATURES) + [target]`.
  while (parent?.kind === 'Tuple' || parent?.kind === 'Slice' || parent?.kind === 'BinOp') {
    if (parent.kind === 'BinOp') return true;
    child = parent;
    parent = parents.get(child);
  }
  switch (parent?.kind) {
    case 'Subscript': {
      if (parent.index === child) return true;
      const above = parents.get(parent);
      const isTarget =
        (above?.kind === 'Assign' && above.targets.includes(parent)) ||
        (above?.kind === 'AugAssign' && above.target === parent) ||
        above?.kind === 'Delete' ||
        (above?.kind === 'For' && above.target === parent);
      return !isTarget && above?.kind !== 'Tuple' && above?.kind !== 'List';
    }
    case 'For':
      return parent.iter === child && child === node;
    case 'Comprehension':
      return parent.clauses.some((clause) => clause.iter === child) && child === node;
    case 'Compare':
    case 'Starred':
      return child === node;
    case 'Attribute': {
      const call = parents.get(parent);
      return call?.kind === 'Call' && call.func === parent && READING_METHODS.has(parent.attr);
    }
    case 'Call':
      return child === node && parent.func !== child && readsArguments(parent, unit, evaluator);
    default:
      return false;
  }
}

function readsArguments(call: Expression & { kind: 'Call' }, unit: FactUnit, evaluator: Evaluator): boolean {
  const { func } = call;
  // `", ".join(names)`
  if (func.kind === 'Attribute' && func.value.kind === 'Str') return true;
  if (func.kind === 'Name' && BUILTIN_NAMES.has(func.id))
    return READING_BUILTINS.has(func.id) && unit.facts.moduleBindings(func.id).length === 0;
  const values = evaluator.valuesOf(func, unit);
  return values.length > 0 && values.every((value) => READING_LIBRARIES.test(libraryOf(value)));
}

/** The dotted name of what a value comes from. */
function libraryOf(value: Value): string {
  switch (value.kind) {
    case 'qualified':
      return value.name;
    case 'result':
      return value.callee;
    case 'member':
    case 'method-result':
      return libraryOf(value.receiver);
    default:
      return '';
  }
}
