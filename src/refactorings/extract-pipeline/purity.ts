import type { FactUnit } from '../../semantics/facts';
import type { Evaluator } from '../../semantics/values';
import type { Expression, Statement } from '../../syntax/ast';
import { childExpressions, walkExpression } from '../../syntax/walk';

/** Decorators that do nothing but wrap what they are given. */
const TRANSPARENT = new Set([
  ...['functools.lru_cache', 'functools.cache', 'functools.wraps', 'functools.total_ordering'],
  ...['functools.singledispatch', 'functools.cached_property'],
  ...['dataclasses.dataclass', 'contextlib.contextmanager', 'contextlib.asynccontextmanager'],
  ...['builtins.staticmethod', 'builtins.classmethod', 'builtins.property'],
  ...['abc.abstractmethod', 'typing.overload', 'typing.final', 'enum.unique'],
  ...['torch.no_grad', 'torch.inference_mode', 'torch.enable_grad'],
]);

/** Classes that may be derived from without anything happening; packages whose classes are so, too. */
const PLAIN_BASES =
  /^(?:builtins|abc|typing|enum|collections|dataclasses|torch\.nn|torch\.utils\.data|sklearn)\./;

/** Whether making a function or class has no effect and gives the same whenever it is done. */
export function evaluatesPurely(unit: FactUnit, evaluator: Evaluator): boolean {
  return isPureDefinition(unit.unit.statement, unit, evaluator);
}

function isPureDefinition(statement: Statement, unit: FactUnit, evaluator: Evaluator): boolean {
  switch (statement.kind) {
    case 'FunctionDef':
      return (
        statement.decorators.every((decorator) => isTransparent(decorator, unit, evaluator)) &&
        statement.params.every((param) => !param.default || isPure(param.default))
      );
    case 'ClassDef':
      return (
        statement.decorators.every((decorator) => isTransparent(decorator, unit, evaluator)) &&
        statement.keywords.length === 0 &&
        statement.bases.every((base) => isPlainBase(base, unit, evaluator)) &&
        statement.body.every((inner) => isPureDefinition(inner, unit, evaluator))
      );
    case 'TypeAlias':
    case 'Pass':
      return true;
    case 'Expr':
      return statement.value.kind === 'Str' || statement.value.kind === 'Constant';
    case 'Assign':
      return statement.targets.every((target) => target.kind === 'Name') && isPure(statement.value);
    case 'AnnAssign':
      return (
        statement.target.kind === 'Name' &&
        (!statement.value || isPure(statement.value) || isFieldOf(statement.value, unit, evaluator))
      );
    default:
      return false;
  }
}

function isFieldOf(value: Expression, unit: FactUnit, evaluator: Evaluator): boolean {
  return value.kind === 'Call' && evaluator.calleeOf(value, unit) === 'dataclasses.field';
}

function isTransparent(decorator: Expression, unit: FactUnit, evaluator: Evaluator): boolean {
  const target = decorator.kind === 'Call' ? decorator.func : decorator;
  const name = evaluator.qualifiedName(target, unit);
  if (target.kind === 'Attribute' && ['setter', 'getter', 'deleter'].includes(target.attr)) return true;
  return name !== undefined && TRANSPARENT.has(name);
}

function isPlainBase(base: Expression, unit: FactUnit, evaluator: Evaluator): boolean {
  return evaluator.valuesOf(base, unit).every((value) => {
    if (value.kind === 'qualified') return PLAIN_BASES.test(value.name);
    if (value.kind !== 'class') return false;
    // What a class of the program does when it is derived from, it says itself.
    const hooks = value.node.body.some(
      (inner) => inner.kind === 'FunctionDef' && inner.name === '__init_subclass__',
    );
    return !hooks && value.node.keywords.length === 0;
  });
}

/** Literals, names and attributes of names, and what is put together of them: nothing that could do something. */
export function isPure(node: Expression): boolean {
  switch (node.kind) {
    case 'Num':
    case 'Constant':
    case 'Name':
      return true;
    case 'Str':
      return childExpressions(node).length === 0;
    case 'Attribute':
      return isPure(node.value);
    case 'Tuple':
    case 'List':
    case 'Set':
      return node.elements.every(isPure);
    case 'Dict':
      return childExpressions(node).every(isPure);
    case 'UnaryOp':
      return node.operand.kind === 'Num';
    case 'BinOp':
      return [node.left, node.right].every((side) => ['Num', 'Str'].includes(side.kind) && isPure(side));
    case 'Lambda':
      return node.params.every((param) => !param.default || isPure(param.default));
    default:
      return false;
  }
}

/** Packages whose attributes a script does not set: `dtype=np.float32` is the same wherever it is read. */
const SETTLED = /^(?:numpy|torch|pandas|math|os|string|typing|enum|dataclasses|abc|collections|builtins)\b/;

/** Whether making a definition reads an attribute that something above may have set: `def f(x=settings.x)`. */
export function readsAttributes(unit: FactUnit, evaluator: Evaluator): boolean {
  let isFound = false;
  const look = (expression: Expression | undefined): void => {
    if (!expression) return;
    walkExpression(expression, (node) => {
      if (node.kind !== 'Attribute') return;
      const name = evaluator.qualifiedName(node, unit);
      if (name === undefined || !SETTLED.test(name)) isFound = true;
    });
  };
  const visit = (statement: Statement): void => {
    switch (statement.kind) {
      case 'FunctionDef':
        return statement.params.forEach((param) => look(param.default));
      case 'ClassDef':
        return statement.body.forEach(visit);
      case 'Assign':
      case 'AnnAssign':
        return look(statement.value);
      default:
    }
  };
  visit(unit.unit.statement);
  return isFound;
}
