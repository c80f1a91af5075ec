import { type PlacedHandler, handlersOf } from '../../rules/errors/handlers';
import type { Finding } from '../../rules/rule';
import type { CodeCell, FactUnit } from '../../semantics/facts';
import type { Located } from '../../semantics/summary';
import type { Statement } from '../../syntax/ast';
import type { TextEdit } from '../../text/edit';
import { changedCells } from '../cellChange';
import { moduleLogger } from '../moduleLogger';
import type { AnalysedProgram, Outcome } from '../outcome';
import { lineBreakOf, refusalAt } from '../places';

/** Why the handler at a finding cannot log and raise; undefined: it can. Cheap. */
export function whyNotRaised(program: AnalysedProgram, finding: Finding): string | undefined {
  const plan = planOf(program, finding);
  return typeof plan === 'string' ? plan : undefined;
}

/** Makes the handler at a finding log its exception and raise it again, instead of dropping it. */
export function logAndRaise(program: AnalysedProgram, finding: Finding): Outcome {
  const plan = planOf(program, finding);
  if (typeof plan !== 'string') return changedCells(program.path, plan);
  const refusals = [refusalAt(program.path, finding.unit!, finding.node!, plan)];
  return { status: 'refused', notes: [], refusals };
}

type Plan = ReadonlyMap<CodeCell, readonly TextEdit[]>;

function planOf({ context }: AnalysedProgram, { unit, node }: Finding): Plan | string {
  const placed = unit && handlersOf(unit).find(({ handler }) => handler === node);
  if (!unit || !placed) throw new Error('a finding of swallowed-exception has its handler');
  const inside = insideOf(placed, unit);
  const logger = moduleLogger(placed.handler, inside, unit, context.evaluator);
  if (typeof logger === 'string') return logger;
  const name = placed.at.scope.enclosingFunction?.name;
  const message = name === undefined ? 'unexpected error' : `${name} failed`;
  const edit = handlerEdit(placed, unit, `${logger.name}.exception("${message}")`);
  if (typeof edit === 'string') return edit;
  const all = new Map<CodeCell, readonly TextEdit[]>([[unit.cell, [edit]]]);
  if (logger.cell) all.set(logger.cell, [...(all.get(logger.cell) ?? []), ...logger.edits]);
  return all;
}

/** Where the handler's own statements stand. */
function insideOf({ handler, at }: PlacedHandler, unit: FactUnit): Located {
  const [first] = handler.body;
  return unit.summary.statements.find(({ node }) => node === first)?.at ?? at;
}

/** Puts the log and the raise in the place of the statement that drops the exception. */
function handlerEdit({ handler }: PlacedHandler, unit: FactUnit, log: string): TextEdit | string {
  const { source } = unit.cell.cell;
  const { lines } = unit.cell;
  const last = handler.body.at(-1)!;
  const start = unit.start + last.start;
  const end = unit.start + last.end;
  const comments = unit.unit.comments.some((one) => last.start < one.start && one.end <= last.end);
  if (comments) return 'A comment stands within the statement that drops the exception';
  const lineStart = lines.lineStart(lines.positionAt(start).line);
  const before = source.slice(lineStart, start);
  const lineBreak = lineBreakOf(source.slice(lineStart)) || lineBreakOf(source);
  const isKept = !drops(last);
  if (before.trim() !== '') {
    // Behind a colon or a semicolon.
    const text = isKept ? `; ${log}; raise` : `${log}; raise`;
    return { span: { start: isKept ? end : start, end }, newText: text };
  }
  const both = `${log}${lineBreak}${before}raise`;
  if (!isKept) return { span: { start, end }, newText: both };
  // Behind the comment of the print, too.
  const rest = /^[^\r\n]*/.exec(source.slice(end))?.[0] ?? '';
  if (/^\s*;?\s*[^#;\s]/.test(rest)) return 'Another statement stands on the same line';
  const at = end + rest.length;
  return { span: { start: at, end: at }, newText: `${lineBreak}${before}${both}` };
}

/** Whether nothing is lost with a statement: what is left, prints and texts, stays. */
function drops(statement: Statement): boolean {
  if (['Pass', 'Continue', 'Return'].includes(statement.kind)) return true;
  return statement.kind === 'Expr' && statement.value.kind === 'Constant';
}
