import { isNotebookParameter } from '../../semantics/configured';
import type { FactUnit, ProgramFacts } from '../../semantics/facts';
import { parentsOf } from '../../semantics/parents';
import type { Evaluator } from '../../semantics/values';
import type { Expression } from '../../syntax/ast';
import type { Refusal } from '../../text/refusal';
import type { AnalysedProgram } from '../outcome';
import { refusalAt } from '../places';
import { mainOnly } from './hazards';
import { isShown } from './looks';
import type { NamePlan } from './names';
import { shownOrigins } from './origins';
import type { Roles } from './roles';

/** What IPython keeps of what cells have shown, and of their text. */
const HISTORY = /^(?:_+|_i+|_\d+|_i\d+|In|Out|_ih|_oh|_dh)$/;
/** What tells in which module a class or function was made. */
const ORIGIN = /\b(?:__name__|__doc__|__file__|__module__|__qualname__|__class__|__main__)\b/;

const PICKLES = /\b(?:pickle|cPickle|dill|cloudpickle|joblib|shelve)\b|\btorch\.save\b/;

/** What keeps a notebook's code from moving to a module. */
export function notebookObstacles(
  program: AnalysedProgram,
  roles: Roles,
  { passing: { passed } }: Pick<NamePlan, 'passing'>,
): readonly Refusal[] {
  const { facts, path } = program;
  const refusals: Refusal[] = [];
  const supplied = suppliedByStaying(facts, roles);
  const isPickling = facts.units.some(({ unit }) => PICKLES.test(unit.text));
  const definitions = new Set(
    facts.units.flatMap(({ unit: { statement } }) =>
      statement.kind === 'FunctionDef' ? [statement.name] : [],
    ),
  );
  const firstRun = facts.units.find((unit) => roles.of.get(unit) === 'run');
  for (const { reference, unit } of facts.freeReferences) {
    const { name, node } = reference;
    const isOurs = facts.moduleBindings(name).length > 0;
    if (HISTORY.test(name) && !isOurs) {
      refusals.push(refusalAt(path, unit, node, `${name} is what a cell has shown before`));
    }
    if (ORIGIN.test(name)) {
      refusals.push(refusalAt(path, unit, node, `${name} would be another one in a module`));
    }
    if (isPickling && definitions.has(name) && !isCalled(node, unit)) {
      refusals.push(refusalAt(path, unit, node, `${name} may be pickled, under the name of another module`));
    }
    if (roles.of.get(unit) !== 'stay' && supplied.has(name) && !passed.has(name)) {
      const isParameter = facts.moduleBindings(name).some((placed) => isNotebookParameter(placed.unit));
      const why = isParameter
        ? `${name} is a parameter of the notebook, which its functions would not see`
        : `${name} is made by a magic line, which only a notebook can have`;
      refusals.push(refusalAt(path, unit, node, why));
    }
  }
  for (const unit of facts.units) {
    const { statement } = unit.unit;
    if (roles.of.get(unit) !== 'stay') continue;
    for (const escape of unit.unit.escapes) {
      const read = escape.reads.find((name) => roles.moved.has(name) && !passed.has(name));
      if (read !== undefined) {
        refusals.push(
          refusalAt(path, unit, statement, `a magic or shell line reads ${read}, which moves to the module`),
        );
      }
      const isAbove = firstRun !== undefined && unit.order < firstRun.order;
      if (isAbove && escape.name === 'cd') {
        refusals.push(refusalAt(path, unit, statement, 'the module would not be found from another folder'));
      }
    }
    const rebound = unit.summary.moduleBindings.find(
      ({ name }) => roles.moved.has(name) && !passed.has(name),
    );
    if (rebound) {
      refusals.push(refusalAt(path, unit, statement, `${rebound.name} is bound by a magic line as well`));
    }
    const early = firstRun !== undefined && unit.order < firstRun.order;
    const needed = unit.summary.freeReferences.find(({ name }) => roles.moved.has(name) && !passed.has(name));
    if (needed && roles.shape === 'functions') {
      refusals.push(
        refusalAt(
          path,
          unit,
          needed.node,
          `${needed.name} is read here and becomes a variable of the module`,
        ),
      );
    }
    if (early && needed) {
      refusals.push(refusalAt(path, unit, needed.node, `${needed.name} is read before there is a pipeline`));
    }
  }
  refusals.push(...beforeSetup(facts, roles, path), ...shownOrigins(program), ...mainOnly(program));
  return refusals;
}

function isCalled(node: Expression, unit: FactUnit): boolean {
  const parent = parentsOf(unit.unit).get(node);
  return parent?.kind === 'Call' && parent.func === node;
}

function suppliedByStaying(facts: ProgramFacts, roles: Roles): ReadonlySet<string> {
  return new Set(
    facts.units
      .filter((unit) => roles.of.get(unit) === 'stay')
      .flatMap((unit) => unit.summary.moduleBindings.map(({ name }) => name)),
  );
}

/** The module is imported where its first definition stood: not before what prepares its imports. */
function beforeSetup(facts: ProgramFacts, roles: Roles, path: string): readonly Refusal[] {
  const last = [...facts.units].reverse().find((unit) => roles.of.get(unit) === 'setup');
  if (!last) return [];
  return facts.units
    .slice(0, last.order)
    .filter((unit) => ['definition', 'constant', 'method'].includes(roles.of.get(unit)!))
    .map((unit) => refusalAt(path, unit, unit.unit.statement, 'what prepares the imports stands below this'));
}

/** The statements in stages whose value IPython shows; their stage gives it back. */
export function shownUnits(facts: ProgramFacts, evaluator: Evaluator, roles: Roles): ReadonlySet<FactUnit> {
  return new Set(
    facts.units.filter(
      (unit) => roles.of.get(unit) === 'run' && isShown(unit, facts) && !givesNothing(unit, evaluator),
    ),
  );
}

/** Functions that give None, of which a notebook shows nothing. */
const GIVING_NOTHING =
  /^(?:builtins\.print|numpy\.random\.seed|random\.seed|torch\.(?:set_num_threads|set_default_dtype|set_default_device|save)|matplotlib\.pyplot\.(?:show|grid|savefig|tight_layout|close|subplots_adjust|switch_backend|clf|cla|pause|tick_params|rc)|warnings\.(?:filterwarnings|simplefilter|warn)|pickle\.dump|json\.dump|time\.sleep|os\.makedirs|os\.mkdir|os\.chdir|gc\.enable|logging\.basicConfig)$/;

/** Whether the value of a statement is None for certain, of which a notebook shows nothing. */
export function givesNothing(unit: FactUnit, evaluator: Evaluator): boolean {
  const { statement } = unit.unit;
  if (statement.kind !== 'Expr' || statement.value.kind !== 'Call') return false;
  return GIVING_NOTHING.test(evaluator.calleeOf(statement.value, unit) ?? '');
}
