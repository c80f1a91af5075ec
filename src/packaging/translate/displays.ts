import type { CodeCell, FactUnit, ProgramFacts } from '../../semantics/facts';
import { parentsOf } from '../../semantics/parents';
import type { Evaluator } from '../../semantics/values';
import { sharesLine } from '../../stages/stages';
import type { Call, Expression, Statement } from '../../syntax/ast';
import { childExpressions } from '../../syntax/walk';
import { Lifetimes } from '../../refactorings/extract-pipeline/lifetime';
import { givesNothing } from '../../refactorings/extract-pipeline/notebookObstacles';
import type { TextEdit } from '../../text/edit';

import { loudClass, mayHoldObject } from './loudDisplays';

interface DisplayEdits {
  readonly edits: TextEdit[];
  readonly notes: { offset: number; message: string }[];
  readonly refusals: { offset: number; reason: string }[];
}

/**
 * Takes out what a cell merely shows: its last expression, where evaluating it does nothing, and `display(...)`, of
 * which those arguments stay that may do something.
 */
export function displayEdits(
  cell: CodeCell,
  { facts, evaluator }: { readonly facts: ProgramFacts; readonly evaluator: Evaluator },
): DisplayEdits {
  const result: DisplayEdits = { edits: [], notes: [], refusals: [] };
  if (!cell.cell.isInNotebook) return result;
  const units = facts.units.filter((unit) => unit.cell === cell && unit.unit.escapes.length === 0);
  for (const unit of units) displayCalls(unit, evaluator, result);
  const last = units.at(-1);
  if (!last || last.unit.statement.kind !== 'Expr' || facts.units[last.order + 1]?.cell === cell)
    return result;
  const { value } = last.unit.statement;
  if (isSilenced(last)) return result;
  refuseLoud(value, last, evaluator, result);
  if (droppedLook(cell, { facts, evaluator }) !== last) {
    // It may do something, so it stays; nobody sees what it gives.
    if (!givesNothing(last, evaluator) && !isDisplayCall(value)) {
      const message = `shown in the notebook, and no longer: ${short(last.unit.text)}`;
      result.notes.push({ offset: last.start, message });
    }
    return result;
  }
  result.edits.push({ span: { start: last.start, end: last.start + last.unit.text.length }, newText: '' });
  result.notes.push({
    offset: last.start,
    message: `shown in the notebook, and dropped: ${short(last.unit.text)}`,
  });
  return result;
}

/** What a cell merely shows in its last line, where it does nothing else and can be taken out. */
export function droppedLook(
  cell: CodeCell,
  { facts, evaluator }: { readonly facts: ProgramFacts; readonly evaluator: Evaluator },
): FactUnit | undefined {
  const units = facts.units.filter((unit) => unit.cell === cell && unit.unit.escapes.length === 0);
  const last = units.at(-1);
  if (!last || last.unit.statement.kind !== 'Expr' || facts.units[last.order + 1]?.cell === cell)
    return undefined;
  const before = units.at(-2);
  const isTaken =
    !isSilenced(last) &&
    isLook(last.unit.statement.value, last, evaluator) &&
    !(before && sharesLine(before, last));
  return isTaken ? last : undefined;
}

function isSilenced({ cell, start, unit }: FactUnit): boolean {
  return /^[ \t]*;/.test(cell.cell.source.slice(start + unit.text.length));
}

function isDisplayCall(node: Expression): boolean {
  return node.kind === 'Call' && node.func.kind === 'Name' && node.func.id === 'display';
}

function displayCalls(unit: FactUnit, evaluator: Evaluator, result: DisplayEdits): void {
  if (unit.facts.moduleBindings('display').length > 0) return;
  for (const { name, node } of unit.summary.freeReferences) {
    if (name !== 'display') continue;
    const call = parentsOf(unit.unit).get(node);
    const statement = call && parentsOf(unit.unit).get(call);
    const offset = unit.start + node.start;
    if (call?.kind !== 'Call' || call.func !== node || statement?.kind !== 'Expr') {
      result.refusals.push({ offset, reason: 'display is used as a value, which only a notebook has' });
      continue;
    }
    for (const shown of call.args) refuseLoud(shown, unit, evaluator, result);
    const kept = keptArguments(call, unit, evaluator);
    const text =
      kept.length > 0
        ? kept.join('\n' + indentOf(unit, statement))
        : isTopLevel(unit, statement)
          ? ''
          : 'pass';
    result.edits.push({
      span: { start: unit.start + statement.start, end: unit.start + statement.end },
      newText: text,
    });
    result.notes.push({
      offset,
      message: `shown in the notebook, and dropped: ${short(unit.unit.text.slice(call.start, call.end))}`,
    });
  }
}

/** Nothing is shown any more: what showing does is missed where it does something. */
function refuseLoud(node: Expression, unit: FactUnit, evaluator: Evaluator, result: DisplayEdits): void {
  const loud = loudClass(unit.facts);
  if (loud === undefined || !mayHoldObject(node, unit, evaluator)) return;
  result.refusals.push({
    offset: unit.start + node.start,
    reason: `showing this may run ${loud}'s own methods, which do more than give a text`,
  });
}

/** The arguments that may do something when they are evaluated. */
function keptArguments(call: Call, unit: FactUnit, evaluator: Evaluator): readonly string[] {
  const all = [...call.args, ...call.keywords.map(({ value }) => value)];
  return all
    .filter((node) => !isLook(node, unit, evaluator))
    .map((node) => {
      const text = unit.unit.text.slice(node.start, node.end);
      return node.kind === 'Starred' ? `(${text},)` : text;
    });
}

function isTopLevel(unit: FactUnit, statement: Statement): boolean {
  return unit.unit.statement === statement;
}

function indentOf(unit: FactUnit, statement: Statement): string {
  const { source } = unit.cell.cell;
  const at = unit.start + statement.start;
  return /^[ \t]*/.exec(source.slice(source.lastIndexOf('\n', at - 1) + 1))![0];
}

/** Whether evaluating an expression does nothing that anybody could notice. */
export function isLook(node: Expression, unit: FactUnit, evaluator: Evaluator): boolean {
  switch (node.kind) {
    case 'Name':
    case 'Num':
    case 'Constant':
      return true;
    case 'Str':
      return childExpressions(node).length === 0;
    case 'Tuple':
    case 'List':
      return node.elements.every((element) => element.kind !== 'Starred' && isLook(element, unit, evaluator));
    case 'Attribute':
      return (
        isLook(node.value, unit, evaluator) &&
        (evaluator.valuesOf(node.value, unit).every(({ kind }) => kind !== 'unknown' && kind !== 'object') ||
          (QUIET_ATTRIBUTES.has(node.attr) && isLibraryData(node.value, node.attr, unit, evaluator)))
      );
    case 'Call':
      return isQuietCall(node, unit, evaluator);
    default:
      return false;
  }
}

/** Of frames, series and arrays: they look, and fail for no argument that is a number. */
const QUIET_METHODS = new Set(
  (
    'head tail describe value_counts nunique isnull isna notnull notna sum mean median std var min max count corr ' +
    'unique keys items round sort_index memory_usage idxmax idxmin abs'
  ).split(' '),
);
const QUIET_ATTRIBUTES = new Set('shape dtypes dtype columns index values size ndim T'.split(' '));

/** `customers.head()`, `rows.isna().sum()`. */
function isQuietCall({ func, args, keywords }: Call, unit: FactUnit, evaluator: Evaluator): boolean {
  return (
    func.kind === 'Attribute' &&
    QUIET_METHODS.has(func.attr) &&
    keywords.length === 0 &&
    args.every(({ kind }) => kind === 'Num' || kind === 'Constant') &&
    isLook(func.value, unit, evaluator) &&
    isLibraryData(func.value, func.attr, unit, evaluator)
  );
}

/** Whether a value is one of a library's, none of the program's classes, which may have such a member as well. */
function isLibraryData(node: Expression, member: string, unit: FactUnit, evaluator: Evaluator): boolean {
  const isOwn = unit.facts.units.some((other) =>
    new RegExp(`\\b${member}\\b\\s*[(=:]`).test(membersOf(other)),
  );
  return !isOwn && new Lifetimes(evaluator).isPlain(node, unit);
}

/** The text of a class; empty for other statements. */
function membersOf({ unit }: FactUnit): string {
  return unit.statement.kind === 'ClassDef' || /\bclass\b/.test(unit.text) ? unit.text : '';
}

function short(text: string): string {
  const [line = ''] = text.split(/\r\n|\n|\r/);
  return line.length > 60 || line !== text ? `${line.slice(0, 57)}...` : line;
}
