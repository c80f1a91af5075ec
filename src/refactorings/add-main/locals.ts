import { namesThere } from '../../knowledge/builtins';
import type { FactUnit, PlacedReference, ProgramFacts } from '../../semantics/facts';
import type { Block, Scope } from '../../semantics/scope';
import { parentsOf } from '../../semantics/parents';
import type { Evaluator } from '../../semantics/values';
import type { Expression } from '../../syntax/ast';
import { Lifetimes } from '../extract-pipeline/lifetime';
import { isSurelyBound } from '../extract-pipeline/names';
import { nameLookups } from '../nameLookups';
import type { MainRoles } from './roles';

/** What looks names up in ways of its own, or takes functions with the names that they read along. */
const BY_NAME_PACKAGES =
  /\b(?:statsmodels|patsy|formulaic|linearmodels|plotnine|duckdb|numexpr|pandasql|dill|cloudpickle|joblib|multiprocessing|concurrent|ray|dask|loky|billiard|numba|__main__|sys\.modules|__annotations__)\b/;

/**
 * The names that only the moved statements know, so that they can be names of `main`: no function or class outside
 * reads or binds them, nobody looks them up by their text, and nobody notices when their values are given up.
 */
export function localNames(
  facts: ProgramFacts,
  evaluator: Evaluator,
  { of, bound }: MainRoles,
): ReadonlySet<string> {
  const isLookedUp =
    nameLookups(facts, evaluator).length > 0 ||
    facts.units.some(({ unit }) => BY_NAME_PACKAGES.test(withoutOwnName(unit.text)));
  if (isLookedUp) return new Set();
  const lifetimes = new Lifetimes(evaluator);
  const isQuiet = endsQuietly(facts);
  const reads = new Map<string, PlacedReference[]>();
  for (const placed of facts.freeReferences) {
    const same = reads.get(placed.reference.name);
    if (same) same.push(placed);
    else reads.set(placed.reference.name, [placed]);
  }
  const bodies = classScopes(facts);
  const isMoved = (unit: FactUnit): boolean => of.get(unit) === 'run';
  const locals = new Set<string>();
  for (const name of bound) {
    const bindings = facts.moduleBindings(name);
    const isOwn =
      !name.startsWith('__') &&
      !namesThere(facts.program.kind).has(name) &&
      bindings.every(({ binding, unit }) => binding.scope.parent === undefined && isMoved(unit)) &&
      // Within a class, a name that its body binds is looked for in the module and not in `main`.
      !bodies.some((scope) => scope.bindingsOf(name).length > 0) &&
      (reads.get(name) ?? []).every((read) => isMoved(read.unit) && readsLocally(read, facts)) &&
      bindings.every((placed) => !isDefinition(placed.binding.source.type)) &&
      (isQuiet || bindings.every((placed) => lifetimes.isPlainBinding(placed)));
    if (isOwn) locals.add(name);
  }
  return locals;
}

function withoutOwnName(text: string): string {
  return text.replace(/__name__\s*==\s*['"]__main__['"]/g, '');
}

/** Definitions stay the module's: that is where pickles, `repr` and readers look for them. */
function isDefinition(type: string): boolean {
  return type === 'function' || type === 'class';
}

/** Whether a read finds a local variable as it found the module's, and fails in the same way where there is none. */
function readsLocally(placed: PlacedReference, facts: ProgramFacts): boolean {
  const { scope, block, time, isGuarded } = placed.reference;
  if (time === 'later' && scope.enclosingFunction !== undefined) return false;
  if (isSurelyBound(placed)) return true;
  return !isGuarded && !isTried(block) && facts.unknownBinders.length === 0;
}

function isTried(block: Block): boolean {
  for (let at: Block | undefined = block; at; at = at.parent) {
    if (at.kind === 'try' || at.statement?.kind === 'Try') return true;
  }
  return false;
}

function classScopes(facts: ProgramFacts): readonly Scope[] {
  const found: Scope[] = [];
  const visit = (scope: Scope): void => {
    if (scope.kind === 'class') found.push(scope);
    scope.children.forEach(visit);
  };
  for (const { summary } of facts.units) visit(summary.root);
  return found;
}

/** Modules whose objects nobody notices going at the very end of a program. */
const QUIET_MODULES = new Set(
  'numpy pandas sklearn scipy matplotlib mpl_toolkits seaborn torch torchvision math statistics json re datetime decimal fractions random collections itertools string textwrap copy operator functools pathlib time os sys argparse csv warnings typing dataclasses enum abc pprint hashlib base64 struct array bisect heapq calendar locale platform getpass uuid secrets glob fnmatch shutil io numbers inspect types keyword unicodedata difflib cmath zlib binascii colorsys __future__ contextlib traceback timeit yaml networkx sympy'.split(
    ' ',
  ),
);
const NOTICING =
  /\b(?:atexit|weakref|threading|Thread|Timer|signal|gc|settrace|setprofile|ref|finalize|memmap|HDFStore|ExcelWriter|ExcelFile|NpzFile|Popen|Pool|socket|TemporaryFile|TemporaryDirectory|num_workers|n_jobs|excepthook|__del__|stdout\s*=|stderr\s*=)\b/;

/**
 * Whether it is all the same in which order the values of a program go when it ends: nothing runs then, no file is
 * written out late, and everything that is imported is known.
 */
export function endsQuietly(facts: ProgramFacts): boolean {
  if (facts.callsNamed('open').some(({ call, unit }) => isKept(call, unit))) return false;
  return facts.units.every(({ unit, summary }) => {
    if (NOTICING.test(unit.text)) return false;
    return summary.statements.every(({ node }) => {
      if (node.kind === 'Import') return node.names.every(({ name }) => isQuiet(name));
      return node.kind !== 'ImportFrom' || (node.level === 0 && isQuiet(node.module));
    });
  });
}

/** Whether a file that is opened here may stay open: anything but `with open(x)`, `open(x).read()`, `json.load(open(x))`. */
function isKept(call: Expression, unit: FactUnit): boolean {
  const parent = parentsOf(unit.unit).get(call);
  if (parent?.kind === 'Call') return !(parent.func.kind === 'Attribute' && parent.func.attr === 'load');
  return !(parent && ['With', 'For', 'Attribute'].includes(parent.kind));
}

function isQuiet(module: string): boolean {
  return QUIET_MODULES.has(module.split('.')[0]!);
}
