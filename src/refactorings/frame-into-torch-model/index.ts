import { tablesGiven } from '../../rules/inference/frameIntoTorchModel';
import type { Finding } from '../../rules/rule';
import type { CodeCell, FactUnit } from '../../semantics/facts';
import { framesOf } from '../../semantics/frames';
import { valueFlowOf } from '../../semantics/valueFlow';
import type { Call, Expression } from '../../syntax/ast';
import type { TextEdit } from '../../text/edit';
import { changedCells } from '../cellChange';
import { callOf, editedOrRefused } from '../findingPlace';
import { importedName } from '../importedName';
import { insertImports, leadingImports } from '../leadingImports';
import { isBoundOtherwise } from '../moduleLogger';
import type { AnalysedProgram, Outcome } from '../outcome';

/** Why the tables of a finding cannot be made tensors; undefined: they can. Cheap. */
export function whyNotTensors(_program: AnalysedProgram, finding: Finding): string | undefined {
  const { unit, call } = callOf(finding);
  const torch = torchAt(call, unit);
  return typeof torch === 'string' ? torch : undefined;
}

/** Makes each table that the call of a finding is given a tensor of 32-bit floats. */
export function passTensors(program: AnalysedProgram, finding: Finding): Outcome {
  const { unit, call } = callOf(finding);
  const torch = torchAt(call, unit);
  if (typeof torch === 'string') return editedOrRefused(program, finding, torch);
  const frames = framesOf(valueFlowOf(program.context.evaluator));
  const edits = tablesGiven(call, unit, frames).flatMap(({ node }) => asTensor(node, unit, torch));
  const { cell, imports } = torch;
  if (!cell) return editedOrRefused(program, finding, edits);
  const byCell = new Map<CodeCell, readonly TextEdit[]>([[cell, imports]]);
  byCell.set(unit.cell, [...(byCell.get(unit.cell) ?? []), ...edits]);
  return changedCells(program.path, byCell);
}

/** How `torch.tensor` and `torch.float32` are written at a place, and the import that this needs. */
interface Torch {
  readonly tensor: string;
  readonly float32: string;
  readonly cell: CodeCell | undefined;
  readonly imports: readonly TextEdit[];
}

function torchAt(call: Call, unit: FactUnit): Torch | string {
  const [tensor, float32] = ['tensor', 'float32'].map((member) => importedName(call, unit, 'torch', member));
  if (tensor !== undefined && float32 !== undefined) return { tensor, float32, cell: undefined, imports: [] };
  if (isBoundOtherwise(unit, 'torch')) return 'The name torch stands for something else here';
  const leading = leadingImports(unit.facts, (candidate) => candidate === unit);
  if (typeof leading === 'string') return `torch cannot be imported here: ${leading}`;
  if (leading.endOrder > unit.order) return 'torch cannot be imported above this line';
  const imports = insertImports(leading, [{ module: 'torch', name: undefined }]);
  return { tensor: 'torch.tensor', float32: 'torch.float32', cell: leading.cell, imports };
}

/** Puts `torch.tensor(....to_numpy(), dtype=torch.float32)` around a table, whose text stays as it is. */
function asTensor(node: Expression, unit: FactUnit, { tensor, float32 }: Torch): readonly TextEdit[] {
  const isTight = ['Name', 'Attribute', 'Subscript', 'Call'].includes(node.kind);
  const insert = (at: number, newText: string): TextEdit => {
    return { span: { start: at + unit.start, end: at + unit.start }, newText };
  };
  return [
    insert(node.start, `${tensor}(${isTight ? '' : '('}`),
    insert(node.end, `${isTight ? '' : ')'}.to_numpy(), dtype=${float32})`),
  ];
}
