import type { FactUnit } from '../../semantics/facts';
import type { Evaluator, Value } from '../../semantics/values';
import type { Call, Expression } from '../../syntax/ast';

/** The methods that log a message. */
export const LOG_METHODS: ReadonlySet<string> = new Set([
  'debug',
  'info',
  'warning',
  'warn',
  'error',
  'critical',
  'fatal',
  'log',
]);

/** Calls that give a logger of the standard library, or of what has the same methods. */
const LOGGER_MAKERS: ReadonlySet<string> = new Set([
  'logging.getLogger',
  'logging.Logger',
  'logging.LoggerAdapter',
  'structlog.get_logger',
  'structlog.getLogger',
  'structlog.stdlib.get_logger',
  'multiprocessing.get_logger',
  'multiprocessing.log_to_stderr',
  'absl.logging.get_absl_logger',
  'celery.utils.log.get_task_logger',
  'transformers.utils.logging.get_logger',
  'tensorflow.get_logger',
]);
/** Modules and objects with a logger's methods. */
const LOGGING_NAMES: ReadonlySet<string> = new Set([
  'logging',
  'logging.root',
  'absl.logging',
  'loguru.logger',
  'tensorflow.compat.v1.logging',
]);

export type LoggerKind = 'standard' | 'loguru' | 'structlog' | 'unknown';

/** What kind of logger an expression stands for; undefined: it is none, as far as can be told. */
export function loggerKind(node: Expression, unit: FactUnit, evaluator: Evaluator): LoggerKind | undefined {
  const kinds = new Set(evaluator.valuesOf(node, unit).map((value) => loggerKindOf(value)));
  if (kinds.size === 1) {
    const [kind] = kinds;
    if (kind !== undefined) return kind;
  }
  const isProven = [...kinds].some((kind) => kind !== undefined);
  // An inherited `self.logger`, one that is imported or handed in: the name and a level's method are proof enough.
  return isProven || LOGGER_NAME.test(lastName(node)) ? 'unknown' : undefined;
}

const LOGGER_NAME = /^_*(?:\w+_)?log(?:ger)?_*$/i;

/** What kind of logger a value is; undefined: it is none, as far as can be told. */
export function loggerKindOf(value: Value): LoggerKind | undefined {
  switch (value.kind) {
    case 'qualified':
      if (value.name === 'loguru.logger') return 'loguru';
      return LOGGING_NAMES.has(value.name) ? 'standard' : undefined;
    case 'result':
      if (value.callee.startsWith('structlog.'))
        return LOGGER_MAKERS.has(value.callee) ? 'structlog' : undefined;
      return LOGGER_MAKERS.has(value.callee) ? 'standard' : undefined;
    case 'instance':
      return /^logging\.Logger(?:Adapter)?$/.test(value.of) ? 'standard' : undefined;
    case 'method-result': {
      const same = ['getChild', 'bind', 'opt', 'new', 'patch'].includes(value.method);
      return same ? loggerKindOf(value.receiver) : undefined;
    }
    default:
      return undefined;
  }
}

function lastName(node: Expression): string {
  return node.kind === 'Attribute' ? node.attr : node.kind === 'Name' ? node.id : '';
}

/** Whether a call is one of a logger's: `logger.error(...)`, `logging.error(...)`, `self.log.error(...)`. */
export function isLoggerCall(call: Call, unit: FactUnit, evaluator: Evaluator): boolean {
  const { func } = call;
  if (func.kind === 'Attribute') return loggerKind(func.value, unit, evaluator) !== undefined;
  // `from logging import error`.
  const name = evaluator.calleeOf(call, unit);
  return name !== undefined && /^(?:absl\.)?logging\.\w+$/.test(name);
}
