import { TABLE_PACKAGES, type TableKind } from '../../knowledge/pandas';
import { TORCH_PACKAGES } from '../../knowledge/torch';
import { type Frames, framesOf } from '../../semantics/frames';
import { valueFlowOf } from '../../semantics/valueFlow';
import type { Call, Expression } from '../../syntax/ast';
import type { FactUnit } from '../../semantics/facts';
import { type FixReference, type Rule, findingAt } from '../rule';
import { mayTakeTables } from './frameForward';
import { importsAny } from './imports';
import { moduleCallsOf, torchModulesOf } from './moduleCalls';

export const FRAME_FIX = 'frame-into-torch-model';

export const frameIntoTorchModel: Rule = {
  name: FRAME_FIX,
  family: 'inference',
  severity: 'error',
  summary: 'a DataFrame or Series passed to a torch module',
  fixes: ['changes'],
  page: {
    what: 'A call of a torch module with an argument that is a pandas DataFrame or Series on every path. A model that `torch.load` gives counts as a module where it is called.',
    why: "Modules compute with tensors. Given a table, the first layer raises: `linear(): argument 'input' must be Tensor, not DataFrame`.",
    example: `import pandas as pd
import torch
from torch import nn

net = nn.Sequential(nn.Linear(3, 16), nn.ReLU(), nn.Linear(16, 1)).eval()
houses = pd.read_parquet("houses.parquet")
with torch.no_grad():
    price = net(houses[["rooms", "area", "age"]])
`,
    instead: `import pandas as pd
import torch
from torch import nn

net = nn.Sequential(nn.Linear(3, 16), nn.ReLU(), nn.Linear(16, 1)).eval()
houses = pd.read_parquet("houses.parquet")
with torch.no_grad():
    price = net(torch.tensor(houses[["rooms", "area", "age"]].to_numpy(), dtype=torch.float32))
`,
    fixSafety:
      'The fix changes behaviour on purpose: a call that raised computes. It passes all columns of the table, in their order, as a tensor of 32-bit floats on the CPU, and raises where a column is not numeric. Which columns the module was trained on, the program does not say: select them.',
    whenNot:
      'Not reported: modules whose own `forward` converts the table, modules of classes that are not known, and arguments that are a table on some paths only.',
  },
  *check({ facts, evaluator }) {
    if (!importsAny(facts, TABLE_PACKAGES) || !importsAny(facts, TORCH_PACKAGES)) return;
    const flow = valueFlowOf(evaluator);
    const [modules, frames] = [torchModulesOf(flow), framesOf(flow)];
    for (const { call, unit, module } of moduleCallsOf(flow)) {
      const [table] = tablesGiven(call, unit, frames);
      if (!table || mayTakeTables(module, flow, modules)) continue;
      if (facts.callsNamed('register_forward_pre_hook').length > 0) continue;
      yield findingAt(
        frameIntoTorchModel,
        unit,
        call,
        `The module is given ${SPOKEN[table.kind]}, not a tensor`,
        {
          fixes: [FIX],
        },
      );
    }
  },
};

const SPOKEN: Record<TableKind, string> = {
  frame: 'a pandas DataFrame',
  series: 'a pandas Series',
  table: 'a pandas DataFrame or Series',
};

const FIX: FixReference = {
  id: FRAME_FIX,
  kind: 'changes',
  title: 'Convert the features to a float32 tensor (all columns; raises where one is not numeric)',
};

export interface GivenTable {
  readonly node: Expression;
  readonly kind: TableKind;
}

/** The arguments of a call that are tables, in order. */
export function tablesGiven(call: Call, unit: FactUnit, frames: Frames): readonly GivenTable[] {
  const found: GivenTable[] = [];
  for (const node of [...call.args, ...call.keywords.map(({ value }) => value)]) {
    const kind = node.kind === 'Starred' ? undefined : frames.tableOf(node, unit);
    if (kind) found.push({ node, kind });
  }
  return found;
}
