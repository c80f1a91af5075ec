import type { FactUnit } from '../../semantics/facts';
import type { ExceptHandler, Expression, Statement } from '../../syntax/ast';
import { childExpressions } from '../../syntax/walk';
import {
  type PlacedHandler,
  calledName,
  expressionsWithin,
  isInside,
  mentions,
  statementsWithin,
} from './handlers';

/** Calls that hand the exception to whoever waits for it, or that raise one themselves. */
const RAISING_CALLS: ReadonlySet<string> = new Set([
  'set_exception',
  'reraise',
  'raise_from',
  'raise_with_traceback',
  'throw',
  'fail',
  'abort',
]);

/** Whether what a clause catches goes on, on whatever path: raised anew, as the cause of another, or later. */
export function reraises(placed: PlacedHandler, unit: FactUnit): boolean {
  const { handler } = placed;
  for (const statement of statementsWithin(handler.body)) if (statement.kind === 'Raise') return true;
  if (expressionsWithin(handler.body).some((node) => RAISING_CALLS.has(calledName(node) ?? ''))) return true;
  return isRaisedLater(placed, unit);
}

/** The exception is kept, and a `raise` behind the `try` statement raises what it was kept in. */
function isRaisedLater({ handler, at }: PlacedHandler, unit: FactUnit): boolean {
  const { names, attributes } = keptIn(handler);
  if (names.size + attributes.size === 0) return false;
  return unit.summary.statements.some(({ node, at: where }) => {
    if (node.kind !== 'Raise' || isInside(node, handler)) return false;
    const isHere = where.scope === at.scope;
    return [node.exception, node.cause].some(
      (expression) =>
        expression !== undefined &&
        ((isHere && mentions(expression, names)) || mentionsAttribute(expression, attributes)),
    );
  });
}

/** The names and attributes in which a handler keeps its exception: by assignment, or as an item of a list. */
function keptIn(handler: ExceptHandler): { names: ReadonlySet<string>; attributes: ReadonlySet<string> } {
  const names = new Set<string>();
  const attributes = new Set<string>();
  const exception = exceptionNames(handler);
  const keep = (target: Expression): void => {
    if (target.kind === 'Name') names.add(target.id);
    else if (target.kind === 'Attribute') attributes.add(target.attr);
    else if (target.kind === 'Subscript') keep(target.value);
  };
  for (const statement of statementsWithin(handler.body)) {
    if (statement.kind === 'Assign' && mentions(statement.value, exception)) statement.targets.forEach(keep);
    if (statement.kind !== 'Expr' || statement.value.kind !== 'Call') continue;
    const { func, args } = statement.value;
    const isKept = func.kind === 'Attribute' && ['append', 'add', 'put'].includes(func.attr);
    if (isKept && args.some((argument) => mentions(argument, exception))) keep(func.value);
  }
  return { names, attributes };
}

function mentionsAttribute(expression: Expression, attributes: ReadonlySet<string>): boolean {
  let at = expression;
  while (at.kind === 'Attribute' || at.kind === 'Call' || at.kind === 'Subscript') {
    if (at.kind === 'Attribute' && attributes.has(at.attr)) return true;
    at = at.kind === 'Call' ? at.func : at.value;
  }
  return false;
}

/** The name of a handler's exception, and the names that the handler makes of it: `message = f"no: {e}"`. */
export function exceptionNames(handler: ExceptHandler): ReadonlySet<string> {
  const names = new Set<string>();
  if (handler.name === undefined) return names;
  names.add(handler.name);
  for (const statement of statementsWithin(handler.body)) {
    if (statement.kind !== 'Assign' || !showsException(statement.value, names)) continue;
    for (const target of statement.targets) if (target.kind === 'Name') names.add(target.id);
  }
  return names;
}

/** What of an exception says as much as the exception: `e.args`, `e.strerror`. */
const TELLING: ReadonlySet<string> = new Set(['args', 'message', 'msg', 'strerror', 'reason', '__class__']);
/** Methods of the exception itself. */
const TELLING_METHODS: ReadonlySet<string> = new Set(['__str__', '__repr__', 'with_traceback']);

/** Whether an expression is about the exception as a whole; `e.returncode` is not. */
export function showsException(node: Expression, names: ReadonlySet<string>): boolean {
  switch (node.kind) {
    case 'Name':
      return names.has(node.id);
    case 'Attribute':
      if (node.value.kind === 'Name' && names.has(node.value.id))
        return TELLING.has(node.attr) || TELLING_METHODS.has(node.attr);
      return showsException(node.value, names);
    case 'Call':
      return [node.func, ...node.args, ...node.keywords.map(({ value }) => value)].some((part) =>
        showsException(part, names),
      );
    default:
      return childExpressions(node).some((child) => showsException(child, names));
  }
}

const TRACEBACK_NAME = /(?:^|_)(?:exception|traceback|exc)(?:_|$)|^capture_exception$|^excepthook$/i;

/** Whether the traceback is shown or kept somewhere in a block: `logger.exception`, `exc_info`, `traceback.print_exc`. */
export function keepsTraceback(block: readonly Statement[]): boolean {
  return expressionsWithin(block).some((node) => {
    if (node.kind === 'Attribute') return node.attr === '__traceback__';
    if (node.kind !== 'Call') return false;
    if (hasExceptionInfo(node)) return true;
    const name = calledName(node) ?? '';
    return TRACEBACK_NAME.test(name) && !/^[A-Z]/.test(name);
  });
}

/** `exc_info=...`, or loguru's `opt(exception=...)`, with anything but False and None. */
export function hasExceptionInfo(call: Expression & { kind: 'Call' }): boolean {
  return call.keywords.some(({ name, value }) => {
    if (name !== 'exc_info' && name !== 'exception') return false;
    return !(value.kind === 'Constant' && (value.value === false || value.value === null));
  });
}
