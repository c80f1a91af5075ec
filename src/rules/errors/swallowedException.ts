import { isException } from '../../knowledge/exceptionClasses';
import type { CallDomain } from '../../knowledge/exceptions';
import type { FactUnit } from '../../semantics/facts';
import { parentsOf } from '../../semantics/parents';
import type { Binding, Block } from '../../semantics/scope';
import type { Expression, Statement } from '../../syntax/ast';
import type { FixReference, Rule, RuleContext } from '../rule';
import { keepsTraceback } from './handling';
import { type Drop, defaultOf, dropOf, isAnswer, isCleanup, isOptional } from './droppedResult';
import {
  type PlacedHandler,
  type TryStatement,
  calledName,
  caughtBy,
  findingAtHandler,
  handlersOf,
  isBroad,
  isRelated,
  statementsWithin,
} from './handlers';
import { type Raised, raisedBy } from './raised';

export const SWALLOWED_EXCEPTION_FIX = 'swallowed-exception';

export const swallowedException: Rule = {
  name: 'swallowed-exception',
  family: 'errors',
  severity: 'warning',
  summary: 'a failure of a file, a network or data that is dropped without a trace',
  fixes: ['changes'],
  page: {
    what: 'A handler that does nothing but drop what it catches (`pass`, `...`, `continue`, or a return of `None`, `0`, `""`, an empty list or frame that looks like a result) where that is everything, the OSError family, or what the file, network, parse or model calls in the `try` block raise. A print does not count as doing something.',
    why: 'The file is missing, the service is down, the row is broken: the program goes on with less data or a made-up number, and nobody learns of it until the results are wrong.',
    example: `import json

def scores(paths):
    found = []
    for path in paths:
        try:
            with open(path) as stream:
                found.append(json.load(stream)["score"])
        except OSError:
            continue
    return found
`,
    instead: `import json
import logging

logger = logging.getLogger(__name__)

def scores(paths):
    found = []
    for path in paths:
        try:
            with open(path) as stream:
                found.append(json.load(stream)["score"])
        except OSError:
            logger.exception("cannot read %s", path)
            raise
    return found
`,
    fixSafety:
      'The fix changes behaviour on purpose: the exception is logged with its traceback and raised again, so callers see it, and what stood behind it in a loop no longer runs. A logger is made if the module has none.',
    whenNot:
      'Not reported: narrow lookups (`except KeyError`), `contextlib.suppress`, optional imports, cleanup (`close`, `unlink`, `rmtree`), fallbacks that are assigned or tried next, attempts in a loop that ends with the first success, questions (`is_...`) and statuses, `return None` where the annotation says Optional, and handlers that log, warn, count, collect, or print the traceback.',
  },
  *check(context) {
    for (const unit of context.facts.units) {
      for (const placed of handlersOf(unit)) {
        const drop = dropOf(placed.handler.body, unit, context);
        // `print(traceback.format_exc())` is no log, but a trace.
        if (!drop || (drop.isPrinting && keepsTraceback(placed.handler.body))) continue;
        if (!isSwallowed(placed, drop, unit, context)) continue;
        yield findingAtHandler(swallowedException, unit, placed.handler, messageFor(drop), { fixes: FIXES });
      }
    }
  },
};

const FIXES: readonly FixReference[] = [
  { id: SWALLOWED_EXCEPTION_FIX, kind: 'changes', title: 'Log and raise again (callers see the exception)' },
];

function messageFor({ kind, isPrinting }: Drop): string {
  if (kind === 'return') return 'The exception is dropped, and what is returned looks like a result';
  if (isPrinting) return 'Something is printed, and the program goes on as if nothing had failed';
  return 'The exception is dropped without a trace';
}

/** Of the OSError family, but each says on its own that nothing is wrong. */
const HARMLESS: ReadonlySet<string> = new Set([
  'BrokenPipeError',
  'ProcessLookupError',
  'ChildProcessError',
  'FileExistsError',
  'InterruptedError',
]);
/** What waiting with a limit raises, again and again. */
const WAITING: ReadonlySet<string> = new Set(['TimeoutError', 'BlockingIOError']);

function isSwallowed(placed: PlacedHandler, drop: Drop, unit: FactUnit, context: RuleContext): boolean {
  const { handler, statement, at } = placed;
  const caught = caughtBy(handler, unit, context.evaluator).filter((name) => name !== undefined);
  const isEverything = isBroad(caught);
  if (isExcused(placed, isEverything, unit, context)) return false;
  // Asked only where the class that is caught does not say enough.
  let known: Raised | undefined;
  const raised = (): Raised => (known ??= raisedBy(statement.body, unit, context, 1));
  const reported = caught.filter((name) => isOfInterest(name, raised));
  if (reported.length === 0) return false;
  if (reported.every((name) => HARMLESS.has(name))) return false;
  if (isInLoop(at.block) && drop.kind !== 'return' && reported.every((name) => WAITING.has(name)))
    return false;
  // The end of what is read record by record.
  if (isInLoop(at.block) && reported.every((name) => name === 'EOFError')) return false;
  const isConversion = isPureConversion(statement, reported, raised);
  if (drop.kind === 'pass')
    return !isConversion && !hasFallback(placed, unit) && !isAttempt(placed, isEverything, unit);
  if (drop.kind === 'continue') return !isAttempt(placed, isEverything, unit);
  return isResult(placed, drop.value, { isConversion, isEverything, raised }, unit, context);
}

/** A handler for everything, the OSError family, or what a file, network, parse or model call in the body raises. */
function isOfInterest(name: string, raised: () => Raised): boolean {
  if (name === 'Exception' || name === 'BaseException' || isException(name, 'OSError')) return true;
  return [...raised().known].some(
    ([one, domains]) =>
      isRelated(one, name) &&
      // AttributeError is on pickle's list, but a handler for it is about something else.
      !['AttributeError', 'ImportError', 'IndexError', 'TypeError', 'KeyError'].includes(one) &&
      [...domains].some(isOutside),
  );
}

function isOutside(domain: CallDomain): boolean {
  return domain === 'file' || domain === 'network' || domain === 'parse' || domain === 'model';
}

function isExcused(
  { statement, at }: PlacedHandler,
  isEverything: boolean,
  unit: FactUnit,
  { facts }: RuleContext,
): boolean {
  const [first] = statement.body;
  if (first?.kind === 'Import' || first?.kind === 'ImportFrom') return true;
  if (isCleanup(statement.body) || isSuppressor(statement)) return true;
  if (CLEANING_FUNCTION.test(at.scope.enclosingFunction?.name ?? '')) return true;
  if (isInCleanup(statement, unit)) return true;
  // The exception is what is wanted: `else: raise AssertionError`.
  if (isExpected(statement)) return true;
  // A cell that shows what goes wrong.
  const isShown = facts.program.kind === 'notebook' && at.scope.enclosingFunction === undefined;
  return isShown && !isEverything && statement.handlers.every(({ body }) => body.every(isPrintLike));
}

/** A context manager of the program that suppresses: `try: yield`. */
function isSuppressor({ body }: TryStatement): boolean {
  return body.every((statement) => statement.kind === 'Expr' && statement.value.kind === 'Yield');
}

const CLEANING_FUNCTION =
  /^(?:__del__|__a?exit__|_*(?:a?close|cleanup|clean_up|shutdown|stop|tear_?down\w*|tearDown\w*)_*)$/;

function isPrintLike(statement: Statement): boolean {
  return statement.kind === 'Expr' && calledName(statement.value) === 'print';
}

/** Within a `finally` block or another handler. */
function isInCleanup(statement: TryStatement, unit: FactUnit): boolean {
  const parents = parentsOf(unit.unit);
  for (let at = parents.get(statement); at && at.kind !== 'FunctionDef'; at = parents.get(at)) {
    if (at.kind !== 'Try') continue;
    const blocks = [at.finalbody, ...at.handlers.map(({ body }) => body)];
    const isThere = blocks.some(
      (block) => block.length > 0 && block[0]!.start <= statement.start && statement.end <= block.at(-1)!.end,
    );
    if (isThere) return true;
  }
  return false;
}

function isExpected({ orelse }: TryStatement): boolean {
  return [...statementsWithin(orelse)].some(
    (statement) =>
      statement.kind === 'Raise' ||
      statement.kind === 'Assert' ||
      (statement.kind === 'Expr' && calledName(statement.value) === 'fail'),
  );
}

/** What the block was to find has a value already, or the function says that it may find nothing. */
function hasFallback({ statement, at }: PlacedHandler, unit: FactUnit): boolean {
  const last = statement.body.at(-1);
  const returns = [...statementsWithin(statement.body)].some(({ kind }) => kind === 'Return');
  if (returns && isOptional(at.scope.enclosingFunction?.returns)) return true;
  if (last?.kind !== 'Assign') return false;
  const isBefore = (binding: Binding): boolean =>
    binding.source.type === 'value' && binding.effectAt <= statement.start;
  return last.targets.some((target) => {
    if (target.kind !== 'Name') return false;
    if (at.scope.bindingsOf(target.id).some(isBefore)) return true;
    if (at.scope.parent !== undefined) return false;
    return unit.facts.moduleBindings(target.id).some(({ unit: where }) => where.order < unit.order);
  });
}

/** Text to a number, and nothing else: `try: return int(x)`, with other attempts behind it. */
function isPureConversion(statement: TryStatement, caught: readonly string[], raised: () => Raised): boolean {
  const isOfText = (name: string): boolean =>
    isException('ValueError', name) || name === 'TypeError' || name === 'SyntaxError';
  const isWider = caught.some((name) => name === 'Exception' || name === 'BaseException');
  if (isWider || statement.body.length > 1 || !caught.every(isOfText)) return false;
  const domains = [...raised().known.values()].flatMap((all) => [...all]);
  return domains.every((domain) => domain === 'parse' || domain === 'plain');
}

/**
 * One of several attempts: the `try` stands in a loop that its success leaves, so that the next round tries again or
 * tries something else.
 */
function isAttempt(
  { statement, at, handler }: PlacedHandler,
  isEverything: boolean,
  unit: FactUnit,
): boolean {
  const loop = innermostLoop(at.block);
  if (!loop?.statement) return false;
  const success = [...statementsWithin([...statement.body, ...statement.orelse])];
  const leaves =
    success.some(({ kind }) => kind === 'Return' || kind === 'Break') || breaksBehind(statement, unit);
  if (!leaves) return false;
  if (!isEverything || loop.statement.kind === 'While') return true;
  // Everything is caught: then the attempts have to end in an error.
  return unit.summary.statements.some(
    ({ node, at: where }) => node.kind === 'Raise' && where.scope === at.scope && node.start > handler.end,
  );
}

/** What stands behind the `try` leaves the loop. */
function breaksBehind(statement: TryStatement, unit: FactUnit): boolean {
  const around = parentsOf(unit.unit).get(statement);
  if (around?.kind !== 'For' && around?.kind !== 'While') return false;
  const last = around.body.at(-1);
  return last !== statement && (last?.kind === 'Break' || last?.kind === 'Return');
}

function innermostLoop(block: Block): Block | undefined {
  for (let at: Block | undefined = block; at; at = at.parent) if (at.kind === 'loop') return at;
  return undefined;
}

function isInLoop(block: Block): boolean {
  return innermostLoop(block) !== undefined;
}

/** What is known about the block whose exception is dropped. */
interface Dropped {
  readonly isConversion: boolean;
  /** Everything is caught. */
  readonly isEverything: boolean;
  readonly raised: () => Raised;
}

/** Whether a handler's return looks like the result of the function. */
function isResult(
  { at }: PlacedHandler,
  value: Expression | undefined,
  { isConversion, isEverything, raised }: Dropped,
  unit: FactUnit,
  context: RuleContext,
): boolean {
  const around = at.scope.enclosingFunction;
  const kind = defaultOf(value, unit, context);
  if (!around || kind === undefined) return false;
  if (kind === 'text' && !isEverything) return false;
  // `None` for text that is no number is told from every number.
  if (kind === 'none' && isConversion) return false;
  const isNarrow = !isEverything || (kind === 'boolean' && isLook(raised()));
  return !isAnswer(kind, around, value, isNarrow);
}

/** Nothing but looking: no file, no network, and no call that nothing is known of. */
function isLook({ unknown, known }: Raised): boolean {
  return unknown.length === 0 && ![...known.values()].some((all) => [...all].some(isOutside));
}
