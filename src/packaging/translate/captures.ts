import type { CodeCell, ProgramFacts } from '../../semantics/facts';
import { parentsOf } from '../../semantics/parents';
import type { TextEdit } from '../../text/edit';

/** Names that `%%capture` binds to what a cell has printed. */
export type Captures = ReadonlySet<string>;

export function capturesOf(facts: ProgramFacts): Captures {
  return new Set(
    facts.cells.flatMap(({ cell }) =>
      cell.escapes.flatMap(({ kind, name, binds }) =>
        kind === 'cell-magic' && name === 'capture' ? binds : [],
      ),
    ),
  );
}

/** `captured.stdout` is the text of a buffer now; whatever else is done with it has no such form. */
export function captureEdits(
  cell: CodeCell,
  { facts, captures }: { readonly facts: ProgramFacts; readonly captures: Captures },
): { edits: TextEdit[]; refusals: { offset: number; reason: string }[] } {
  const edits: TextEdit[] = [];
  const refusals: { offset: number; reason: string }[] = [];
  for (const unit of facts.units) {
    if (unit.cell !== cell) continue;
    for (const { name, node } of unit.summary.freeReferences) {
      if (!captures.has(name)) continue;
      const around = parentsOf(unit.unit).get(node);
      const offset = unit.start + node.start;
      if (around?.kind !== 'Attribute' || around.attr !== 'stdout') {
        refusals.push({ offset, reason: `of ${name}, which %%capture made, only the stdout is known` });
        continue;
      }
      edits.push({
        span: { start: unit.start + around.start, end: unit.start + around.end },
        newText: `${name}.getvalue()`,
      });
    }
  }
  return { edits, refusals };
}
