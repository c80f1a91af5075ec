import { LOG_METHODS, isLoggerCall } from '../logging/loggers';
import type { FactUnit } from '../../semantics/facts';
import type { Call, Statement } from '../../syntax/ast';
import { childBlocks, statementExpressions, walkExpression } from '../../syntax/walk';
import { isCommandLine } from '../commandLine';
import { type Finding, type FixReference, type Rule, type RuleContext, findingAt } from '../rule';
import { type PlacedHandler, caughtBy, handlersOf } from './handlers';
import { exceptionNames, hasExceptionInfo, keepsTraceback, reraises, showsException } from './handling';

export const LOST_TRACEBACK_FIX = 'lost-traceback';

const LOG_TITLE = 'Log the traceback, too';
const PRINT_TITLE = 'Log it with its traceback by logger.exception (leaves standard output)';

export const lostTraceback: Rule = {
  name: 'lost-traceback',
  family: 'errors',
  severity: 'warning',
  summary: 'an exception that is logged or printed without its traceback',
  fixes: ['changes'],
  page: {
    what: 'A logger call at warning level or above, or a `print`, that shows the exception of the `except` clause around it as text, where nothing shows or keeps the traceback: no `logger.exception`, no `exc_info`, no `traceback.print_exc()`, no raise.',
    why: '`KeyError: 3` without the line that raised it says nothing. The traceback is there in the handler and gone afterwards.',
    example: `import logging

logger = logging.getLogger(__name__)

def save(model, path):
    try:
        model.save(path)
    except OSError as error:
        logger.error("could not save %s: %s", path, error)
`,
    instead: `import logging

logger = logging.getLogger(__name__)

def save(model, path):
    try:
        model.save(path)
    except OSError:
        logger.exception("could not save %s", path)
`,
    fixSafety:
      'The fix changes behaviour on purpose: the traceback is logged, too. `error` becomes `exception`, other levels get `exc_info=True` and keep their level. A print becomes `logger.exception(...)` and so leaves standard output; a logger is made if the module has none.',
    whenNot:
      'Not reported: a log text without the exception, handlers that raise again, a command line that prints the error and exits, prints into a file, and a cell of a notebook that shows an error.',
  },
  *check(context) {
    for (const unit of context.facts.units) {
      for (const placed of handlersOf(unit)) yield* checkHandler(placed, unit, context);
    }
  },
};

/** Exceptions that are no errors: their traceback says nothing. */
const NO_ERRORS: ReadonlySet<string> = new Set([
  'KeyboardInterrupt',
  'SystemExit',
  'GeneratorExit',
  'StopIteration',
  'StopAsyncIteration',
]);

function* checkHandler(placed: PlacedHandler, unit: FactUnit, context: RuleContext): Generator<Finding> {
  const { handler } = placed;
  if (handler.name === undefined) return;
  const names = exceptionNames(handler);
  const shown = callsWithin(handler.body).filter((call) =>
    argumentsOf(call).some((a) => showsException(a, names)),
  );
  if (shown.length === 0 || keepsTraceback(handler.body) || reraises(placed, unit)) return;
  const caught = caughtBy(handler, unit, context.evaluator);
  if (caught.every((name) => name !== undefined && NO_ERRORS.has(name))) return;
  for (const call of shown) {
    const kind = kindOf(call, unit, context);
    if (kind === undefined || hasExceptionInfo(call)) continue;
    if (kind === 'print' && isMeantToBeRead(call, placed, unit, context)) continue;
    const what = kind === 'print' ? 'printed' : 'logged';
    const message = `The exception is ${what} without its traceback`;
    yield findingAt(lostTraceback, unit, call, message, {
      fixes: kind === 'print' ? PRINT_FIXES : LOG_FIXES,
    });
  }
}

const LOG_FIXES: readonly FixReference[] = [{ id: LOST_TRACEBACK_FIX, kind: 'changes', title: LOG_TITLE }];
const PRINT_FIXES: readonly FixReference[] = [
  { id: LOST_TRACEBACK_FIX, kind: 'changes', title: PRINT_TITLE },
];

/** The calls of a handler itself; not of functions defined in it, nor of handlers within it. */
function callsWithin(block: readonly Statement[]): readonly Call[] {
  const found: Call[] = [];
  for (const statement of block) {
    if (statement.kind === 'FunctionDef' || statement.kind === 'ClassDef') continue;
    for (const expression of statementExpressions(statement)) {
      walkExpression(expression, (node) => {
        if (node.kind === 'Call') found.push(node);
      });
    }
    for (const inner of childBlocks(statement)) found.push(...callsWithin(inner));
  }
  return found;
}

function argumentsOf(call: Call) {
  return [...call.args, ...call.keywords.map(({ value }) => value)];
}

function kindOf(call: Call, unit: FactUnit, { evaluator }: RuleContext): 'log' | 'print' | undefined {
  const { func } = call;
  if (func.kind === 'Name' && func.id === 'print') {
    return evaluator.calleeOf(call, unit) === 'builtins.print' ? 'print' : undefined;
  }
  // `from logging import error as report`.
  const callee = func.kind === 'Attribute' ? func.attr : (evaluator.calleeOf(call, unit) ?? '');
  const level = callee.slice(callee.lastIndexOf('.') + 1);
  if (!LOG_METHODS.has(level) || level === 'info' || level === 'debug') return undefined;
  if (level === 'log' && !isSevere(call, unit, evaluator)) return undefined;
  return isLoggerCall(call, unit, evaluator) ? 'log' : undefined;
}

/** `logger.log(logging.ERROR, ...)`. */
function isSevere(call: Call, unit: FactUnit, evaluator: RuleContext['evaluator']): boolean {
  const [level] = call.args;
  if (!level) return false;
  if (level.kind === 'Num') return Number(level.text) >= 30;
  return /^logging\.(?:WARN|WARNING|ERROR|CRITICAL|FATAL)$/.test(evaluator.qualifiedName(level, unit) ?? '');
}

/** Prints that are for the person in front of it. */
function isMeantToBeRead(
  call: Call,
  { handler, at }: PlacedHandler,
  unit: FactUnit,
  { facts, evaluator }: RuleContext,
): boolean {
  const file = call.keywords.find(({ name }) => name === 'file')?.value;
  const isErrorStream = file && evaluator.qualifiedName(file, unit) === 'sys.stderr';
  if (file && !isErrorStream) return true;
  if (facts.program.kind === 'notebook' && at.scope.enclosingFunction === undefined) return true;
  return isExit(handler.body.at(-1), unit, evaluator) && isCommandLine(call, at, unit, evaluator);
}

/** The program ends, or `main` gives its exit status. */
function isExit(last: Statement | undefined, unit: FactUnit, evaluator: RuleContext['evaluator']): boolean {
  if (last?.kind === 'Return') return last.value?.kind === 'Num';
  if (last?.kind !== 'Expr' || last.value.kind !== 'Call') return false;
  const callee = evaluator.calleeOf(last.value, unit);
  return callee !== undefined && /^(?:sys\.exit|os\._exit|builtins\.(?:exit|quit))$/.test(callee);
}
