import type { ClassDef, Expression, FunctionDef } from '../syntax/ast';
import { walkExpression } from '../syntax/walk';
import { isColabParameter } from './colab';
import type { FactUnit } from './facts';
import { PlacedMap } from './flow/placed';
import { type SyntaxParent, parentsOf } from './parents';
import type { Evaluator } from './values';

/** Calls that declare an option with its default, or read a setting with one; by the last part of their names. */
const DECLARING: ReadonlySet<string> = new Set([
  ...['add_argument', 'set_defaults', 'add_option', 'Option', 'Argument', 'option', 'argument', 'getenv'],
  ...['DEFINE_string', 'DEFINE_list', 'DEFINE_enum', 'DEFINE_multi_string', 'DEFINE_spaceseplist'],
]);
/** Methods that give a default when the receiver is the environment. */
const ENVIRONMENT_METHODS: ReadonlySet<string> = new Set(['get', 'setdefault', 'pop']);
/** Cells of these tags are what papermill replaces. */
const PARAMETER_TAGS: readonly string[] = ['parameters', 'injected-parameters'];
/** Classes whose attributes are read from the environment or the command line. */
const SETTINGS_BASES: ReadonlySet<string> = new Set([
  ...['pydantic.BaseSettings', 'pydantic_settings.BaseSettings', 'pydantic_settings.main.BaseSettings'],
  ...['tap.Tap', 'simple_parsing.Serializable', 'traitlets.config.Configurable'],
]);
/** Calls that make options of the attributes of a class, or of the parameters of a function, that they are given. */
const CLASS_TAKERS: readonly string[] = ['HfArgumentParser', 'structured', 'add_arguments', 'cli', 'parse'];
const FUNCTION_TAKERS: ReadonlySet<string> = new Set([
  ...['typer.run', 'fire.Fire', 'tyro.cli', 'jsonargparse.CLI', 'argh.dispatch_command', 'plac.call'],
]);

/** Whether a statement sets a parameter of its notebook, which whoever runs the notebook replaces or edits there. */
export function isNotebookParameter(unit: FactUnit): boolean {
  const { statement } = unit.unit;
  if (!unit.cell.cell.isInNotebook || (statement.kind !== 'Assign' && statement.kind !== 'AnnAssign'))
    return false;
  return isInParameterCell(unit) || isColabParameter(statement, unit);
}

function isInParameterCell({ cell }: FactUnit): boolean {
  return cell.cell.tags?.some((tag) => PARAMETER_TAGS.includes(tag)) ?? false;
}

/**
 * Whether a literal is configuration where it stands: in a cell tagged `parameters`, on a line with `#@param`, the
 * default of an option of the command line or of the environment.
 */
export function isConfigured(node: Expression, unit: FactUnit, evaluator: Evaluator): boolean {
  if (isInParameterCell(unit)) return true;
  // One literal may reach a hundred places that ask.
  let known = answers.get(evaluator);
  if (!known) answers.set(evaluator, (known = new PlacedMap<Expression, boolean>()));
  let answer = known.get(unit, node);
  if (answer === undefined) {
    answer = isColabParameter(node, unit) || isDefault(node, unit, evaluator);
    known.set(unit, node, answer);
  }
  return answer;
}

const answers = new WeakMap<Evaluator, PlacedMap<Expression, boolean>>();

function isDefault(node: Expression, unit: FactUnit, evaluator: Evaluator): boolean {
  const parents = parentsOf(unit.unit);
  let child: SyntaxParent = node;
  for (let parent = parents.get(child); parent; child = parent, parent = parents.get(parent)) {
    switch (parent.kind) {
      case 'Call':
        if (parent.func !== child && declares(parent.func, unit, evaluator)) return true;
        continue;
      case 'BoolOp':
        if (parent.op === 'or' && parent.right === child && readsSetting(parent.left, unit, evaluator)) {
          return true;
        }
        continue;
      case 'IfExp': {
        const other = parent.body === child ? parent.orelse : parent.body;
        if (child === parent.test) return false;
        if ([other, parent.test].some((one) => readsSetting(one, unit, evaluator))) return true;
        continue;
      }
      case 'FunctionDef':
        return parent.params.some((one) => one.default === child) && isCommand(parent, unit, evaluator);
      case 'Assign':
      case 'AnnAssign': {
        if (parent.value !== child) return false;
        const owner = parents.get(parent);
        if (owner?.kind === 'ClassDef') return isSettingsClass(owner, unit, evaluator);
        const target = parent.kind === 'Assign' ? parent.targets[0] : parent.target;
        return target?.kind === 'Name' && !owner && isOnlyDefault(target.id, unit, evaluator);
      }
      default:
        if (!isExpression(parent)) return false;
    }
  }
  return false;
}

const EXPRESSIONS: ReadonlySet<string> = new Set(['BinOp', 'Str', 'List', 'Tuple', 'Dict', 'Attribute']);

function isExpression(node: SyntaxParent): boolean {
  return EXPRESSIONS.has(node.kind);
}

function declares(func: Expression, unit: FactUnit, evaluator: Evaluator): boolean {
  const name = func.kind === 'Attribute' ? func.attr : func.kind === 'Name' ? func.id : '';
  if (DECLARING.has(name)) return true;
  if (func.kind !== 'Attribute' || !ENVIRONMENT_METHODS.has(name)) return false;
  return evaluator.qualifiedName(func.value, unit) === 'os.environ';
}

/** The expression asks the environment, or the command line. */
function readsSetting(node: Expression, unit: FactUnit, evaluator: Evaluator): boolean {
  let reads = false;
  walkExpression(node, (at) => {
    const name = at.kind === 'Attribute' ? at.attr : at.kind === 'Name' ? at.id : '';
    reads ||= ['environ', 'getenv', 'argv'].includes(name);
  });
  if (reads || node.kind !== 'Attribute') return reads;
  return evaluator.valuesOf(node.value, unit).some((value) => {
    return value.kind === 'method-result' && /^parse_(known_)?args$/.test(value.method);
  });
}

/** The function's parameters are options of a command. */
function isCommand(node: FunctionDef, unit: FactUnit, evaluator: Evaluator): boolean {
  const isDecorated = node.decorators.some((decorator) => {
    const target = decorator.kind === 'Call' ? decorator.func : decorator;
    return target.kind === 'Attribute' && ['command', 'callback'].includes(target.attr);
  });
  if (isDecorated) return true;
  const names = [...FUNCTION_TAKERS].map((name) => name.slice(name.lastIndexOf('.') + 1));
  return names.some((name) =>
    unit.facts.callsNamed(name).some(({ call, unit: where }) => {
      const callee = evaluator.calleeOf(call, where);
      if (callee === undefined || !FUNCTION_TAKERS.has(callee)) return false;
      // `Fire()` takes every function of the module.
      const isAll = callee === 'fire.Fire' && call.args.length === 0;
      return isAll || call.args.some((argument) => argument.kind === 'Name' && argument.id === node.name);
    }),
  );
}

function isSettingsClass(node: ClassDef, unit: FactUnit, evaluator: Evaluator): boolean {
  if (evaluator.basesOf(node, unit).some((base) => base !== undefined && SETTINGS_BASES.has(base))) {
    return true;
  }
  return CLASS_TAKERS.some((name) =>
    unit.facts.callsNamed(name).some(({ call }) =>
      call.args.some((argument) => {
        const listed = argument.kind === 'Tuple' || argument.kind === 'List' ? argument.elements : [argument];
        return listed.some((one) => one.kind === 'Name' && one.id === node.name);
      }),
    ),
  );
}

/** A module's constant that is nothing but the default of options. */
function isOnlyDefault(name: string, unit: FactUnit, evaluator: Evaluator): boolean {
  const reads = unit.facts.freeReferences.filter(({ reference }) => reference.name === name);
  return (
    reads.length > 0 &&
    reads.every(({ reference, unit: where }) => {
      const parents = parentsOf(where.unit);
      for (let at = parents.get(reference.node); at && !('body' in at); at = parents.get(at)) {
        if (at.kind === 'Call' && declares(at.func, where, evaluator)) return true;
      }
      return false;
    })
  );
}
