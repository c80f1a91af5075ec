import type { AnalysedProgram } from '../../refactorings/outcome';
import type { CellSource, ProgramSource } from '../../program/source';
import type { Note, Refusal } from '../../text/refusal';
import { LineMap } from './lineMap';
import { translateCell } from './cell';
import { capturesOf } from './captures';
import { drawingOf } from '../../semantics/drawing';
import { Helpers } from './helpers';

/** A notebook in plain Python. */
export interface Translation {
  readonly isChanged: boolean;
  readonly notes: readonly Note[];
  readonly refusals: readonly Refusal[];
  /** Requirements that the notebook installs, as pip writes them. */
  readonly requirements: readonly string[];
  cells(source: ProgramSource): readonly CellSource[];
  /** A refusal at a place of the translation, at the original's. */
  original(refusal: Refusal): Refusal;
}

/**
 * Puts plain Python in the place of everything in a notebook that only IPython understands, and takes out what it
 * merely shows. Each cell stays the cell that it was.
 *
 * @param name Of the package.
 */
export function translate({ facts, path, context }: AnalysedProgram, name: string): Translation {
  const notes: Note[] = [];
  const refusals: Refusal[] = [];
  const requirements: string[] = [];
  const texts = new Map<number | null, { readonly text: string; readonly lines: LineMap }>();
  const helpers = new Helpers(facts);
  const drawing = drawingOf(facts);
  const figureFolder = `${name.toUpperCase()}_FIGURES`;
  const captures = capturesOf(facts);
  for (const cell of facts.cells) {
    const result = translateCell(cell, {
      facts,
      evaluator: context.evaluator,
      helpers,
      drawing,
      figureFolder,
      captures,
    });
    for (const { offset, message } of result.notes) {
      const { line } = cell.lines.positionAt(offset);
      notes.push({ path, cell: cell.cell.index, line, message });
    }
    for (const { offset, reason } of result.refusals) {
      const { line } = cell.lines.positionAt(offset);
      refusals.push({ path, cell: cell.cell.index, line, reason });
    }
    requirements.push(...result.requirements);
    if (result.edits.isEmpty) continue;
    const text = result.edits.apply(cell.cell.source);
    texts.set(cell.cell.index, { text, lines: new LineMap(cell.cell.source, result.edits) });
  }
  refusals.push(...helpers.refusals());
  const head = helpers.head();
  const first = facts.cells[0];
  if (first && head !== '') {
    const known = texts.get(first.cell.index);
    const lines = known?.lines ?? new LineMap(first.cell.source, undefined);
    texts.set(first.cell.index, {
      text: `${head}\n${known?.text ?? first.cell.source}`,
      lines: lines.movedDown(head.split('\n').length),
    });
  }
  return {
    isChanged: texts.size > 0,
    notes,
    refusals,
    requirements,
    cells: (source) =>
      source.cells.map((cell) => {
        const known = cell.kind === 'code' ? texts.get(cell.index) : undefined;
        return known ? { ...cell, source: known.text } : cell;
      }),
    original: (refusal) => {
      const known = texts.get(refusal.cell);
      return known ? { ...refusal, line: known.lines.original(refusal.line) } : refusal;
    },
  };
}
