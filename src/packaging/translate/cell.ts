import { indentEdits, stringSpans } from '../../refactorings/extract-pipeline/edits';
import { asksTable, handedLocals } from '../../refactorings/frameQueries';
import type { CodeCell, ProgramFacts } from '../../semantics/facts';
import { parentsOf } from '../../semantics/parents';
import type { Drawing } from '../../semantics/drawing';
import type { Evaluator } from '../../semantics/values';
import type { Escape } from '../../program/program';
import { EditSet, type TextEdit } from '../../text/edit';
import type { Span } from '../../text/position';
import { type Captures, captureEdits } from './captures';
import { displayEdits } from './displays';
import { translateEscape } from './escape';
import { CLOSING, closingFunction } from './figures';
import type { Helpers } from './helpers';

/** What the translation of a cell may look at. */
export interface CellContext {
  readonly facts: ProgramFacts;
  readonly evaluator: Evaluator;
  readonly helpers: Helpers;
  readonly drawing: Drawing;
  /** The environment variable that names a folder for figures. */
  readonly figureFolder: string;
  readonly captures: Captures;
}

/** Edits of one cell, and what is to be said about it; offsets count in its source. */
export interface CellTranslation {
  readonly edits: EditSet;
  readonly notes: readonly { readonly offset: number; readonly message: string }[];
  readonly refusals: readonly { readonly offset: number; readonly reason: string }[];
  readonly requirements: readonly string[];
}

/** What an escape becomes. */
export type Replacement =
  | {
      /** Python in the place of `span`; an empty text takes it out. */
      readonly text: string;
      readonly span: Span;
      /** All that follows in the cell is replaced as well. */
      readonly takesCell?: boolean;
      readonly note?: string;
      readonly requirements?: readonly string[];
    }
  | { readonly reason: string };

export function translateCell(cell: CodeCell, context: CellContext): CellTranslation {
  const { source, escapes } = cell.cell;
  const edits: TextEdit[] = [];
  const notes: { offset: number; message: string }[] = [];
  const refusals: { offset: number; reason: string }[] = [];
  const requirements: string[] = [];
  let capture: Escape | undefined;
  let isGone = false;
  for (const escape of escapes) {
    if (escape.kind === 'cell-magic' && escape.name === 'capture') capture = escape;
    const place = placeOf(escape, source);
    const replacement = translateEscape(escape, cell, { ...context, place });
    const offset = escape.span.start;
    if ('reason' in replacement) {
      refusals.push({ offset, reason: replacement.reason });
      continue;
    }
    if (replacement.note !== undefined) notes.push({ offset, message: replacement.note });
    requirements.push(...(replacement.requirements ?? []));
    if (replacement.takesCell) {
      // Whatever stands below it goes with it.
      edits.push({ span: { start: offset, end: source.length }, newText: replacement.text });
      isGone = true;
      break;
    }
    const isBlock = place.indent !== '' && replacement.text === '' && !place.isValue && !escape.isTransparent;
    edits.push({ span: replacement.span, newText: isBlock ? 'pass' : replacement.text });
  }
  if (!isGone) {
    const shown = displayEdits(cell, context);
    edits.push(...shown.edits);
    notes.push(...shown.notes);
    refusals.push(...shown.refusals);
    const captured = captureEdits(cell, context);
    edits.push(...captured.edits);
    refusals.push(...captured.refusals);
    if (capture) edits.push(...wrapped(cell, capture, context.facts));
    edits.push(...closedFigures(cell, context));
  }
  const handed = handedToQueries(cell, context);
  edits.push(...handed.edits.edits);
  notes.push(...handed.notes);
  if (refusals.length > 0) return { edits: new EditSet([]), notes, refusals, requirements };
  return { edits: new EditSet(edits), notes, refusals, requirements };
}

/** Where an escape stands. */
export interface Place {
  /** Its value is bound: `x = !ls`. */
  readonly isValue: boolean;
  /** What its line is indented by. */
  readonly indent: string;
}

function placeOf({ span }: Escape, source: string): Place {
  const lineStart =
    Math.max(source.lastIndexOf('\n', span.start - 1), source.lastIndexOf('\r', span.start - 1)) + 1;
  const before = source.slice(lineStart, span.start);
  return { isValue: /=\s*$/.test(before), indent: /^[ \t\f]*/.exec(before)![0] };
}

/** The body of a captured cell stands under a `with`; lines within strings stay where they are. */
function wrapped(cell: CodeCell, { span }: Escape, facts: ProgramFacts): readonly TextEdit[] {
  const { source } = cell.cell;
  const line = /^[^\r\n]*(?:\r\n|\n|\r)?/.exec(source.slice(span.start))![0];
  const start = span.start + line.length;
  const strings = facts.units.filter((unit) => unit.cell === cell).flatMap((unit) => stringSpans(unit));
  return indentEdits(source, { start, end: source.length }, strings, '    ');
}

/** `%matplotlib inline` shows and closes all figures at the end of every cell, and wherever they are shown. */
function closedFigures(cell: CodeCell, context: CellContext): readonly TextEdit[] {
  const { drawing, facts, helpers, figureFolder } = context;
  const { pyplot } = drawing;
  if (pyplot === undefined) return [];
  const isInline = facts.cells.some(
    ({ cell: other, position }) =>
      position <= cell.position &&
      other.escapes.some(({ name, argument }) => name === 'matplotlib' && /^inline\b/.test(argument)),
  );
  const shown = isInline ? showCalls(cell, context) : [];
  const isClosedAtEnd = isInline && drawing.mayDraw(cell);
  if (!isClosedAtEnd && shown.length === 0) return [];
  if (facts.moduleBindings(pyplot).length === 0) helpers.use('plt');
  const isDefined = helpers.define(CLOSING, closingFunction(pyplot, figureFolder), ['os', 'Path']);
  const call = isDefined ? `${CLOSING}(${(cell.cell.index ?? 0) + 1})` : `${pyplot}.close("all")`;
  const edits = shown.map((span) => ({ span, newText: call }));
  if (!isClosedAtEnd) return edits;
  const { source } = cell.cell;
  const lineBreak = /[\r\n]$/.test(source) ? '' : '\n';
  return [...edits, { span: { start: source.length, end: source.length }, newText: `${lineBreak}${call}` }];
}

/**
 * What the texts of queries name (`df.query("a > @low")`) is found where the package has it only if the query is handed it.
 * Escapes that take the whole cell have no such calls.
 */
function handedToQueries(
  cell: CodeCell,
  { facts, evaluator }: CellContext,
): Pick<CellTranslation, 'edits' | 'notes'> {
  const edits: TextEdit[] = [];
  const notes: { offset: number; message: string }[] = [];
  for (const unit of facts.units) {
    if (unit.cell !== cell) continue;
    for (const { node } of unit.summary.calls) {
      const handed = handedLocals(node, unit, evaluator);
      if (!handed || !asksTable(node, unit, evaluator)) continue;
      const start = unit.start + handed.edit.span.start;
      edits.push({ span: { start, end: start }, newText: handed.edit.newText });
      notes.push({
        offset: start,
        message: `the query is handed ${handed.names.join(', ')}, which its text names`,
      });
    }
  }
  return { edits: new EditSet(edits), notes };
}

/** The statements of a cell that show all figures. */
function showCalls(cell: CodeCell, { facts, evaluator }: CellContext): readonly Span[] {
  return facts.units.flatMap((unit) => {
    if (unit.cell !== cell) return [];
    return unit.summary.calls.flatMap(({ node }) => {
      const statement = parentsOf(unit.unit).get(node);
      const isPlain = node.args.length === 0 && node.keywords.every(({ name }) => name === 'block');
      if (statement?.kind !== 'Expr' || !isPlain) return [];
      if (evaluator.calleeOf(node, unit) !== 'matplotlib.pyplot.show') return [];
      return [{ start: unit.start + statement.start, end: unit.start + statement.end }];
    });
  });
}
