import { type LoggerKind, loggerKind } from '../../rules/logging/loggers';
import type { Finding } from '../../rules/rule';
import type { CodeCell, FactUnit } from '../../semantics/facts';
import type { Evaluator } from '../../semantics/values';
import type { Call, Expression } from '../../syntax/ast';
import type { TextEdit } from '../../text/edit';
import { changedCells } from '../cellChange';
import type { AnalysedProgram, Outcome } from '../outcome';
import { refusalAt } from '../places';
import { printToLog } from '../print-as-log';
import { addArgument, replaceNode } from '../unsafe-model-load/argumentEdits';

/** Why the traceback cannot be logged at a finding; undefined: it can. Cheap. */
export function whyNotWithTraceback(program: AnalysedProgram, finding: Finding): string | undefined {
  const plan = planOf(program, finding);
  return typeof plan === 'string' ? plan : undefined;
}

/** Makes the call at a finding log the traceback, too. */
export function logTraceback(program: AnalysedProgram, finding: Finding): Outcome {
  const plan = planOf(program, finding);
  if (typeof plan !== 'string') return changedCells(program.path, plan);
  const refusals = [refusalAt(program.path, finding.unit!, finding.node!, plan)];
  return { status: 'refused', notes: [], refusals };
}

type Plan = ReadonlyMap<CodeCell, readonly TextEdit[]>;

function planOf({ context }: AnalysedProgram, { unit, node }: Finding): Plan | string {
  if (!unit || !node) throw new Error('a finding of lost-traceback has its call');
  const call = node as Call;
  const { func } = call;
  if (func.kind === 'Name' && func.id === 'print')
    return printToLog(call, unit, context.evaluator, 'exception');
  const edits = withTraceback(call, unit, context.evaluator);
  return typeof edits === 'string' ? edits : new Map([[unit.cell, edits]]);
}

function withTraceback(call: Call, unit: FactUnit, evaluator: Evaluator): readonly TextEdit[] | string {
  const { func } = call;
  const given = call.keywords.find(({ name }) => name === 'exc_info');
  if (given) return [replaceNode(given.value, unit, 'True')];
  if (call.keywords.some(({ name }) => name === undefined))
    return 'The call takes options that are not known';
  const kind = func.kind === 'Attribute' ? loggerKind(func.value, unit, evaluator) : 'standard';
  if (func.kind === 'Attribute' && func.attr === 'error') {
    return [rename(func, 'exception', unit)];
  }
  if (kind === 'loguru' && func.kind === 'Attribute') return [throughOptions(func, unit)];
  return takesExceptionInfo(kind)
    ? [...addArgument(call, unit, 'exc_info=True')]
    : 'Which library this logger is of is not known, and so how it is told to log the traceback';
}

function takesExceptionInfo(kind: LoggerKind | undefined): boolean {
  return kind === 'standard' || kind === 'structlog';
}

function rename(func: Expression & { kind: 'Attribute' }, name: string, unit: FactUnit): TextEdit {
  const start = unit.start + func.attrStart;
  return { span: { start, end: start + func.attr.length }, newText: name };
}

/** loguru: `logger.opt(exception=True).warning(...)`. */
function throughOptions(func: Expression & { kind: 'Attribute' }, unit: FactUnit): TextEdit {
  const at = unit.start + func.attrStart;
  return { span: { start: at, end: at }, newText: 'opt(exception=True).' };
}
