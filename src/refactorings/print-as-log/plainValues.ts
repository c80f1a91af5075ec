import type { FactUnit } from '../../semantics/facts';
import { reachingBindings } from '../../semantics/reaching';
import type { BindingSource } from '../../semantics/scope';
import type { Evaluator } from '../../semantics/values';
import type { Call, Expression, Statement } from '../../syntax/ast';

/** Values whose text is the same by `format(x)`, `str(x)` and `%s`; of numbers, by `%d` and `%.2f` as well. */
export type PlainKind = 'int' | 'float' | 'text';

const MAX_DEPTH = 6;

const KIND_OF_CALL: ReadonlyMap<string, PlainKind> = new Map([
  ['builtins.len', 'int'],
  ['builtins.int', 'int'],
  ['builtins.ord', 'int'],
  ['builtins.float', 'float'],
  ['builtins.str', 'text'],
  ['builtins.repr', 'text'],
  ['builtins.format', 'text'],
  ['time.time', 'float'],
  ['time.perf_counter', 'float'],
  ['time.monotonic', 'float'],
  ['time.strftime', 'text'],
  ['os.getpid', 'int'],
  ['os.getcwd', 'text'],
  ['os.path.join', 'text'],
  ['os.path.basename', 'text'],
  ['os.path.abspath', 'text'],
  ['math.sqrt', 'float'],
  ['math.log', 'float'],
  ['math.exp', 'float'],
]);

/** What kind of plain value an expression surely is; undefined: it may be anything, a tensor for one. */
export function plainKind(
  node: Expression,
  unit: FactUnit,
  evaluator: Evaluator,
  depth = 0,
): PlainKind | undefined {
  if (depth > MAX_DEPTH) return undefined;
  const inner = (part: Expression): PlainKind | undefined => plainKind(part, unit, evaluator, depth + 1);
  switch (node.kind) {
    case 'Num':
      if (/[jJ]$/.test(node.text)) return undefined;
      return /^0[xX]|^[\d_]+$/.test(node.text) ? 'int' : 'float';
    case 'Str':
      return node.isBytes ? undefined : 'text';
    case 'UnaryOp':
      return node.op === '-' ? numberOf(inner(node.operand)) : undefined;
    case 'BinOp':
      return ofOperation(node.op, inner(node.left), inner(node.right));
    case 'Call':
      return ofCall(node, unit, evaluator);
    case 'Name':
      return ofName(node, unit, evaluator, depth);
    default:
      return undefined;
  }
}

function numberOf(kind: PlainKind | undefined): PlainKind | undefined {
  return kind === 'text' ? undefined : kind;
}

function ofOperation(
  op: string,
  left: PlainKind | undefined,
  right: PlainKind | undefined,
): PlainKind | undefined {
  if (left === undefined || right === undefined || op === '**') return undefined;
  if (left === 'text' || right === 'text') {
    const isText = (op === '+' && left === right) || (op === '%' && left === 'text');
    return isText || (op === '*' && (left === 'int' || right === 'int')) ? 'text' : undefined;
  }
  if (op === '/') return 'float';
  if (!['+', '-', '*', '//', '%'].includes(op)) return undefined;
  return left === 'int' && right === 'int' ? 'int' : 'float';
}

function ofCall(call: Call, unit: FactUnit, evaluator: Evaluator): PlainKind | undefined {
  const { func } = call;
  if (func.kind === 'Attribute' && func.value.kind === 'Str' && !func.value.isBytes)
    return ['join', 'format', 'upper', 'lower', 'strip'].includes(func.attr) ? 'text' : undefined;
  const name = evaluator.calleeOf(call, unit);
  return name === undefined ? undefined : KIND_OF_CALL.get(name);
}

function ofName(
  node: Expression & { kind: 'Name' },
  unit: FactUnit,
  evaluator: Evaluator,
  depth: number,
): PlainKind | undefined {
  const at = unit.summary.locate.get(node);
  if (!at) return undefined;
  const vantage = { unit, scope: at.scope, block: at.block, offset: node.start };
  const kinds = new Set<PlainKind | undefined>();
  for (const { binding, unit: where } of reachingBindings(node.id, vantage)) {
    kinds.add(
      isExceptionName(binding.source, binding.block.statement, node.id)
        ? 'text'
        : ofSource(binding.source, where, evaluator, depth + 1),
    );
  }
  if (kinds.size === 2 && kinds.has('int') && kinds.has('float')) return 'float';
  const [kind] = kinds;
  return kinds.size === 1 ? kind : undefined;
}

function ofSource(
  source: BindingSource,
  unit: FactUnit,
  evaluator: Evaluator,
  depth: number,
): PlainKind | undefined {
  switch (source.type) {
    case 'value':
      return plainKind(source.expression, unit, evaluator, depth);
    case 'augmented':
      return numberOf(plainKind(source.expression, unit, evaluator, depth));
    case 'iteration': {
      const { iterable, path } = source;
      if (iterable.kind !== 'Call') return undefined;
      const callee = evaluator.calleeOf(iterable, unit);
      if (callee === 'builtins.range' || callee === 'tqdm.trange')
        return path.length === 0 ? 'int' : undefined;
      if (callee === 'builtins.enumerate') return path.length === 1 && path[0] === 0 ? 'int' : undefined;
      return undefined;
    }
    default:
      return undefined;
  }
}

/** `except E as e`: exceptions have no format of their own. */
function isExceptionName(source: BindingSource, statement: Statement | undefined, name: string): boolean {
  if (source.type !== 'opaque' || statement?.kind !== 'Try') return false;
  return statement.handlers.some((handler) => handler.name === name);
}
