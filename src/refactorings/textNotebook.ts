import { editObstacle, isDatabricksNotebook } from '../program/databricks';
import type { FileChange } from '../text/change';
import { LineIndex } from '../text/position';
import type { Refusal } from '../text/refusal';
import type { Outcome } from './outcome';

/**
 * Refuses a change of a notebook that is one text file where it would not stay within the code of one cell: who computes
 * edits of a cell need not know what stands around it.
 */
export function withoutForeignEdits(outcome: Outcome): Outcome {
  if (outcome.status !== 'done') return outcome;
  const refusals = outcome.change.files.flatMap((file) => refusalOf(file) ?? []);
  if (refusals.length === 0) return outcome;
  return { status: 'refused', notes: [], refusals: [...outcome.refusals, ...refusals] };
}

function refusalOf(file: FileChange): Refusal | undefined {
  if (file.kind !== 'text' || !file.path.endsWith('.py') || !isDatabricksNotebook(file.before))
    return undefined;
  for (const { span, newText } of file.edits.edits) {
    const reason = editObstacle(file.before, span, newText);
    if (reason === undefined) continue;
    const { line } = new LineIndex(file.before).positionAt(span.start);
    return { path: file.path, cell: null, line, reason };
  }
  return undefined;
}
