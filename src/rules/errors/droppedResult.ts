import type { FactUnit } from '../../semantics/facts';
import type { RuleContext } from '../rule';
import type { Call, Expression, FunctionDef, Statement } from '../../syntax/ast';
import { returnsOf } from '../../semantics/values';
import { calledName } from './handlers';

/** How a handler ends that only drops its exception. */
export type Drop = (
  | /** It does nothing: `pass`, `...`, or prints alone. */ { readonly kind: 'pass' }
  | { readonly kind: 'continue' }
  /** It gives a value that looks like a result. */
  | { readonly kind: 'return'; readonly value: Expression | undefined }
) & { readonly isPrinting: boolean };

/** How a handler drops its exception; undefined: it does something about it. A print is nothing. */
export function dropOf(body: readonly Statement[], unit: FactUnit, context: RuleContext): Drop | undefined {
  const isPrinting = body.some((statement) => isPrint(statement, unit, context));
  let drop: Drop = { kind: 'pass', isPrinting };
  for (const statement of body) {
    if (isNothing(statement) || isPrint(statement, unit, context)) continue;
    if (statement.kind === 'Continue') drop = { kind: 'continue', isPrinting };
    else if (statement.kind === 'Return') drop = { kind: 'return', value: statement.value, isPrinting };
    else return undefined;
  }
  return drop;
}

/** `pass`, `...` and comments in strings. */
function isNothing(statement: Statement): boolean {
  if (statement.kind === 'Pass') return true;
  if (statement.kind !== 'Expr') return false;
  const { value } = statement;
  return value.kind === 'Str' || (value.kind === 'Constant' && value.value === '...');
}

/** A print to standard output; one to standard error, or into a file, is a report. */
function isPrint(statement: Statement, unit: FactUnit, { evaluator }: RuleContext): boolean {
  if (statement.kind !== 'Expr' || statement.value.kind !== 'Call') return false;
  const call = statement.value;
  if (call.func.kind !== 'Name' || evaluator.calleeOf(call, unit) !== 'builtins.print') return false;
  return !call.keywords.some(({ name }) => name === 'file' || name === undefined);
}

export type Default = 'none' | 'boolean' | 'number' | 'empty' | 'text';

/** What kind of stand-in a returned value is; undefined: it may be told from a result, or somebody chose it. */
export function defaultOf(
  value: Expression | undefined,
  unit: FactUnit,
  context: RuleContext,
): Default | undefined {
  if (!value) return 'none';
  switch (value.kind) {
    case 'Constant':
      if (value.value === null) return 'none';
      return value.value === '...' ? undefined : 'boolean';
    case 'Num':
      return 'number';
    case 'UnaryOp':
      return value.operand.kind === 'Num' ? 'number' : undefined;
    case 'Str':
      if (value.value === undefined) return undefined;
      return value.value === '' ? 'empty' : 'text';
    case 'List':
    case 'Set':
      return value.elements.length === 0 ? 'empty' : undefined;
    case 'Dict':
      return value.entries.length === 0 ? 'empty' : undefined;
    case 'Tuple': {
      const all = value.elements.every((element) => defaultOf(element, unit, context) !== undefined);
      return all ? (value.elements.length === 0 ? 'empty' : 'none') : undefined;
    }
    case 'Call':
      return isEmptyObject(value, unit, context) ? 'empty' : undefined;
    case 'Attribute':
      return /^(?:numpy|math)\.(?:nan|NaN|inf)$/.test(context.evaluator.qualifiedName(value, unit) ?? '')
        ? 'number'
        : undefined;
    default:
      return undefined;
  }
}

const EMPTY_MAKERS =
  /^(?:builtins\.(?:dict|list|set|tuple|str|bytes|frozenset)|collections\.(?:OrderedDict|Counter|deque)|pandas\.(?:DataFrame|Series)|(?:numpy|torch)\.(?:array|tensor|empty|zeros))$/;

/** `dict()`, `pd.DataFrame()`, `np.array([])`, `float("nan")`. */
function isEmptyObject(call: Call, unit: FactUnit, context: RuleContext): boolean {
  const name = context.evaluator.calleeOf(call, unit);
  if (name === undefined) return false;
  const [first] = call.args;
  if (name === 'builtins.float') return first?.kind === 'Str';
  if (!EMPTY_MAKERS.test(name)) return false;
  if (!first) return call.keywords.every((keyword) => keyword.name === 'columns' || keyword.name === 'dtype');
  const isFilled = /\.(?:empty|zeros)$/.test(name);
  return isFilled ? first.kind === 'Num' : defaultOf(first, unit, context) === 'empty';
}

/** Names of functions that ask, and whose answer an exception may be. */
const QUESTION =
  /^_*(?:is|has|have|can|supports?)[A-Za-z_]*$|^_*(?:should|may|does|check|validate|verify|exists?|test)(?:_|$)|_(?:exists?|available|valid)$/;

/**
 * Whether a stand-in is the answer to a question, a status, or one that callers are told of.
 *
 * @param isNarrow The handler is for what the `try` block asks, not for everything.
 */
export function isAnswer(
  kind: Default,
  around: FunctionDef,
  handlerReturn: Expression | undefined,
  isNarrow: boolean,
): boolean {
  if (kind === 'none') return isOptional(around.returns);
  const others = returnsOf(around).filter(({ value }) => value !== handlerReturn);
  const areConstant = others.every(({ value }) => value?.kind === 'Constant' || value?.kind === 'Num');
  if (kind === 'boolean') return QUESTION.test(around.name) || (isNarrow && areConstant);
  // An exit status.
  return kind === 'number' && others.length > 0 && areConstant;
}

/** `Optional[X]`, `X | None`, or the text of one: the annotation tells callers to expect None. */
export function isOptional(annotation: Expression | undefined): boolean {
  switch (annotation?.kind) {
    case 'BinOp':
      return annotation.op === '|' && [annotation.left, annotation.right].some(isNoneOrOptional);
    case 'Str':
      return /\bOptional\[|\bNone\b.*\||\|\s*None\b/.test(annotation.value ?? '');
    case 'Subscript':
      return isOptionalOf(annotation.value, annotation.index);
    case 'Tuple': {
      // The syntax has `Optional[X]` in an annotation as the name and its arguments.
      const [name, given, ...others] = annotation.elements;
      return name !== undefined && given !== undefined && others.length === 0 && isOptionalOf(name, given);
    }
    default:
      return false;
  }
}

function isOptionalOf(generic: Expression, given: Expression): boolean {
  const name = generic.kind === 'Attribute' ? generic.attr : generic.kind === 'Name' ? generic.id : '';
  if (name === 'Optional') return true;
  return name === 'Union' && given.kind === 'Tuple' && given.elements.some(isNoneOrOptional);
}

function isNoneOrOptional(node: Expression): boolean {
  return isNone(node) || isOptional(node);
}

function isNone(node: Expression): boolean {
  return node.kind === 'Constant' && node.value === null;
}

/** Calls that give up a resource: what goes wrong with them is too late to matter. */
const CLEANUP: ReadonlySet<string> = new Set(
  (
    'close aclose unlink remove rmtree rmdir removedirs kill terminate killpg shutdown disconnect cancel release stop ' +
    'quit cleanup clean_up teardown tear_down destroy destroy_process_group dispose finish flush unlock detach ' +
    'unregister unsubscribe deregister join abort rollback server_close sync fsync unlink_shared_memory delete'
  ).split(' '),
);

/** Whether a `try` body does nothing but clean up. */
export function isCleanup(body: readonly Statement[]): boolean {
  return body.every((statement) => {
    switch (statement.kind) {
      case 'Expr': {
        const value = statement.value.kind === 'Await' ? statement.value.value : statement.value;
        return CLEANUP.has(calledName(value) ?? '');
      }
      case 'If':
        return isCleanup(statement.body) && isCleanup(statement.orelse);
      case 'For':
        return isCleanup(statement.body);
      case 'Pass':
      case 'Delete':
        return true;
      case 'Assign':
        return statement.value.kind === 'Constant';
      default:
        return false;
    }
  });
}
