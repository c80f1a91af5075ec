import { handlersOf, isInside } from '../../rules/errors/handlers';
import { exceptionNames, showsException } from '../../rules/errors/handling';
import type { Finding } from '../../rules/rule';
import type { FactUnit } from '../../semantics/facts';
import type { Located } from '../../semantics/summary';
import type { Call } from '../../syntax/ast';
import type { CodeCell } from '../../semantics/facts';
import type { TextEdit } from '../../text/edit';
import { changedCells } from '../cellChange';
import { moduleLogger } from '../moduleLogger';
import type { AnalysedProgram, Outcome } from '../outcome';
import { refusalAt } from '../places';
import { logCallEdits } from './logCall';

/** Why the text of a print cannot be logged; undefined: it can. Cheap. */
export function whyNotLoggedPrint(program: AnalysedProgram, finding: Finding): string | undefined {
  const plan = planOf(program, finding);
  return typeof plan === 'string' ? plan : undefined;
}

/** Logs the text that a print at a finding writes, and makes a logger if the module has none. */
export function logPrint(program: AnalysedProgram, finding: Finding): Outcome {
  const plan = planOf(program, finding);
  if (typeof plan !== 'string') return changedCells(program.path, plan);
  const refusals = [refusalAt(program.path, finding.unit!, finding.node!, plan)];
  return { status: 'refused', notes: [], refusals };
}

function planOf(program: AnalysedProgram, { unit, node }: Finding): Edits | string {
  if (!unit || !node) throw new Error('a finding of print-as-log has its call');
  const call = node as Call;
  return printToLog(call, unit, program.context.evaluator, levelFor(call, unit));
}

type Edits = ReadonlyMap<CodeCell, readonly TextEdit[]>;

/**
 * The edits that make a print a log message, or why they cannot be made.
 *
 * @param level The logger's method.
 */
export function printToLog(
  call: Call,
  unit: FactUnit,
  evaluator: AnalysedProgram['context']['evaluator'],
  level: string,
): Edits | string {
  const at = unit.summary.locate.get(call);
  if (!at) return 'The print was not found';
  const logger = moduleLogger(call, at, unit, evaluator);
  if (typeof logger === 'string') return logger;
  if (logger.kind !== 'standard')
    return `The module logs with ${logger.kind}, which fills in values in another way`;
  const edits = logCallEdits(call, unit, `${logger.name}.${level}`, evaluator);
  if (typeof edits === 'string') return edits;
  const all = new Map<CodeCell, readonly TextEdit[]>([[unit.cell, edits]]);
  if (logger.cell) all.set(logger.cell, [...(all.get(logger.cell) ?? []), ...logger.edits]);
  return all;
}

/** `info`; in a handler `error`, or `exception` where the print shows the exception. */
function levelFor(call: Call, unit: FactUnit): string {
  const at = unit.summary.locate.get(call);
  if (!at || !isInHandler(at)) return 'info';
  const around = handlersOf(unit).filter(({ handler }) =>
    handler.body.some((inner) => isInside(call, inner)),
  );
  const showing = around.some(({ handler }) => {
    const names = exceptionNames(handler);
    return call.args.some((argument) => showsException(argument, names));
  });
  return showing ? 'exception' : 'error';
}

function isInHandler({ block }: Located): boolean {
  for (let at: Located['block'] | undefined = block; at; at = at.parent)
    if (at.kind === 'handler') return true;
  return false;
}
