import { secretOutputs } from '../rules/configuration/credentialInOutput';
import type { Finding } from '../rules/rule';
import { textOfOutput } from '../program/outputs';
import type { AnalysedProgram, Outcome } from './outcome';

/** Takes the saved outputs of a cell out that hold a secret; all else of the notebook stays. */
export function clearSecretOutputs({ path }: AnalysedProgram, { cell: { cell } }: Finding): Outcome {
  const outputs = cell.outputs ?? [];
  const removed = secretOutputs(outputs).map(({ index }) => ({ index, text: textOfOutput(outputs[index]!) }));
  if (cell.index === null || removed.length === 0) return { status: 'nothing', notes: [], refusals: [] };
  const removal = { cell: cell.index, count: outputs.length, removed };
  return {
    status: 'done',
    change: { files: [{ kind: 'notebook', path, cells: [], outputs: [removal] }] },
    notes: [],
    refusals: [],
  };
}
