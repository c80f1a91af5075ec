import type { Value } from '../../semantics/values';
import type { Evidence, Probe, SeenProgram } from '../probe';
import { evidenceAt, outcomeOf, searchCode } from '../search';

const METHODS = [
  ...['debug', 'info', 'warning', 'warn', 'error', 'exception', 'critical', 'fatal', 'log'],
  ...['success', 'trace'],
];
/** Where a dotted name begins that logs when one of the methods ends it. */
const LOGGERS = ['logging', 'loguru.logger', 'absl.logging', 'structlog', 'logbook', 'eliot'];
/** Calls that give a logger. */
const FACTORIES = new Set([
  ...['logging.getLogger', 'logging.Logger', 'logging.LoggerAdapter', 'structlog.get_logger'],
  ...['structlog.getLogger', 'structlog.stdlib.get_logger', 'logbook.Logger', 'prefect.get_run_logger'],
  ...['prefect.logging.get_run_logger', 'accelerate.logging.get_logger', 'multiprocessing.get_logger'],
  ...['celery.utils.log.get_task_logger', 'loguru.logger.bind', 'loguru.logger.opt'],
]);

export const logging: Probe = {
  id: 'logging',
  title: 'Logging',
  question: 'Does the code log what it does?',
  looksAt: 'code',
  cannotSee: 'Where the messages go when the programs run, and whether somebody reads them.',
  async run(input) {
    const found = await searchCode(input, {
      find: (program) => callsOf(program, 'proven'),
      doubt: (program) => callsOf(program, 'doubtful'),
      word: /\b(logging|loguru|structlog|logbook|eliot|_?log(ger)?)\b/i,
      mayBe: 'may log',
    });
    const count = found.proofs.length;
    return outcomeOf(found, {
      yes: (where) => `${count} ${count === 1 ? 'call logs' : 'calls log'}, in ${where}`,
      unknown: 'no call is proven to log, but one may',
      no: 'nothing is logged',
      against: printsOf,
    });
  },
};

function callsOf(program: SeenProgram, kind: 'proven' | 'doubtful'): readonly Evidence[] {
  const { facts, context } = program;
  return METHODS.flatMap((name) => facts.callsNamed(name)).flatMap(({ call, unit }) => {
    const values = context.evaluator.valuesOf(call.func, unit);
    const isProven = values.some(isLogCall);
    const isDoubtful = !isProven && call.func.kind === 'Attribute' && looksLikeLogger(call.func.value);
    if (kind === 'proven' ? !isProven : !isDoubtful) return [];
    return [
      evidenceAt(program, unit, call, isProven ? 'logs' : 'may log; what it is called on is not known'),
    ];
  });
}

function isLogCall(value: Value): boolean {
  if (value.kind === 'qualified') return LOGGERS.some((logger) => value.name.startsWith(`${logger}.`));
  return value.kind === 'member' && isLogger(value.receiver);
}

function isLogger(value: Value): boolean {
  switch (value.kind) {
    case 'result':
      return FACTORIES.has(value.callee);
    case 'instance':
      return value.of === 'logging.Logger';
    case 'method-result':
      return ['getChild', 'bind', 'new', 'opt'].includes(value.method) && isLogger(value.receiver);
    default:
      return false;
  }
}

function looksLikeLogger(node: { readonly kind: string }): boolean {
  const { id, attr } = node as { readonly id?: string; readonly attr?: string };
  return /^_*(\w+_)?log(ger)?$/i.test(id ?? attr ?? '');
}

function printsOf(program: SeenProgram): readonly Evidence[] {
  return program.facts
    .callsNamed('print')
    .filter(({ call, unit }) => program.context.evaluator.calleeOf(call, unit) === 'builtins.print')
    .map(({ call, unit }) => evidenceAt(program, unit, call, 'prints instead'));
}
